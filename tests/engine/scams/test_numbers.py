"""Telephone numbers, accounts and payment codes."""

import pytest

from lachan.engine.scams import Level, check, phones, vietqr
from lachan.engine.scams.phones import PhoneKind, judge
from lachan.engine.scams.signs import read


@pytest.mark.parametrize(
    ("number", "kind", "network"),
    [
        ("0912345678", PhoneKind.MOBILE, "VinaPhone"),
        ("0987654321", PhoneKind.MOBILE, "Viettel"),
        ("02438123456", PhoneKind.FIXED, "Hà Nội"),
        ("18001091", PhoneKind.FREE, ""),
        ("19001234", PhoneKind.PAID, ""),
        ("+22512345678", PhoneKind.FOREIGN, ""),
        ("191", PhoneKind.SHORT, ""),
        ("0123456789", PhoneKind.UNKNOWN, ""),
        ("02963123456", PhoneKind.FIXED, "An Giang"),
        ("02999950060", PhoneKind.FIXED, "Sóc Trăng"),
        ("0692345678", PhoneKind.FIXED, "Bộ Công an, Bộ Quốc phòng"),
        ("02173123456", PhoneKind.UNKNOWN, ""),  # no such area
        ("0438123456", PhoneKind.UNKNOWN, ""),  # the Hà Nội of before 2017
        ("01681234567", PhoneKind.UNKNOWN, ""),  # eleven digits, before 2018
        ("+22462123456", PhoneKind.FOREIGN, "Guinea"),
        ("+8821612345678", PhoneKind.FOREIGN, "mạng vệ tinh"),
        ("+8613812345678", PhoneKind.FOREIGN, ""),
        ("8049", PhoneKind.SHORT, ""),
        ("8730", PhoneKind.SHORT, ""),
        ("18001234567", PhoneKind.UNKNOWN, ""),  # too long for a free number
        ("1900545413", PhoneKind.PAID, ""),
        ("+56321234567", PhoneKind.FOREIGN, "Chile"),
        ("+37529123456", PhoneKind.FOREIGN, "Belarus"),
        ("Vietcombank", PhoneKind.NAME, ""),
        ("BO CONG AN", PhoneKind.NAME, ""),
    ],
)
def test_numbers_are_told_by_the_numbering_plan(number: str, kind: PhoneKind, network: str) -> None:
    assert judge(number) == (kind, network)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("gọi 0912.345.678 nhé", ["0912345678"]),
        ("gọi +84 912 345 678", ["0912345678"]),
        ("zalo 84912345678", ["0912345678"]),
        ("gọi O912 345 678", ["0912345678"]),
        ("LH (024) 3812 3456", ["02438123456"]),
        ("gọi 1900 1234", ["19001234"]),
        ("từ +225 12 345 678", ["+22512345678"]),
        ("mã giao dịch 2222965803", []),
        ("số tiền 19.137.909 đồng", []),
        ("gọi 0912345678.", ["0912345678"]),
        ("SĐT: 0912-345-678, gặp Lan", ["0912345678"]),
        ("0912 345 678/0987 654 321", ["0912345678", "0987654321"]),
        ("từ (+84) 912.345.678", ["0912345678"]),
        ("+840912345678 gọi", ["0912345678"]),
        ("từ +8419001234", ["19001234"]),
        ("từ 00 224 62 123 456", ["+22462123456"]),
        ("TK 0071000123456", []),  # accounts of a large bank begin so
        ("TK 001 1004 123456", []),
        ("TK 00381641234567", []),
        ("hóa đơn 0123456789/HD", []),
        ("lúc 12/08/2026 10:32", []),
        ("giá 0,912345678", []),
    ],
)
def test_numbers_are_found_as_they_are_written(text: str, numbers: list[str]) -> None:
    assert [phone.number for phone in phones.find(text)] == numbers


@pytest.mark.parametrize("number", ["8785", "8577", "6754", "6677", "7765", "8688"])
def test_a_message_to_a_service_number_of_a_high_second_digit_is_dear(number: str) -> None:
    assert phones.is_dear(number)


@pytest.mark.parametrize("number", ["8049", "6167", "8136", "5656", "9191", "1900", "156", "87850", "1407"])
def test_other_service_numbers_are_not_dear(number: str) -> None:
    assert not phones.is_dear(number)


def test_a_lure_to_a_dear_number_is_not_taken_for_a_service_of_the_network() -> None:
    lure = check("Bạn có một bài hát từ người bí mật. Soạn SA gửi 6754 để nghe ngay")
    service = check("Soạn DK D10 gửi 191 để đăng ký gói cước 10.000đ/ngày")
    assert lure.level is Level.CAUTION
    assert "g_text_syntax" not in {one.code for one in lure.signs}
    assert "g_text_syntax" in {one.code for one in service.signs}
    assert service.level is Level.NONE


def test_an_account_is_named_with_its_bank() -> None:
    (account,) = read("chuyển vào STK 0123456789012 ngân hàng MSB").accounts
    assert account.number == "0123456789012"
    assert account.bank is not None
    assert account.bank.code == "MSB"


@pytest.mark.parametrize(
    ("text", "accounts"),
    [
        ("STK: 1903.6789.0123.45 Techcombank", [("19036789012345", "TCB")]),
        ("stk 0123 456 789 MB", [("0123456789", "MB")]),
        ("số tk: 8880 1234 5678 (BIDV)", [("888012345678", "BIDV")]),
        ("chuyển vào 0071 000 123 456 Vietcombank", [("0071000123456", "VCB")]),
        ("tk ngân hàng quân đội 8888 6666 99", [("8888666699", "MB")]),
        ("tài khoản 102 8765 4321 ngân hàng Vietin", [("10287654321", "ICB")]),
        ("thẻ 9704 3612 3456 7890", [("9704361234567890", "VCB")]),  # by its first six digits
        ("MB bank stk 0987654321", [("0987654321", "MB")]),
        ("TK 0912345678 (ví MoMo)", [("0912345678", None)]),
        ("STK 1234567890 tpbank, nội dung 4455667788", [("1234567890", "TPB")]),
        ("mã đơn 12345678 giao tới VIB", []),
        ("vào tài khoản đăng ký ngày 12/08/2026", []),
        ("gói 2048 MB, 30 ngày", []),
    ],
)
def test_accounts_are_found_as_they_are_written(text: str, accounts: list[tuple[str, str | None]]) -> None:
    found = read(text).accounts
    assert [(one.number, one.bank.code if one.bank else None) for one in found] == accounts


@pytest.mark.parametrize(
    ("number", "like", "rings_back"),
    [
        ("+2439123456", "Hà Nội", False),
        ("+2523812345", "Bình Thuận", True),
        ("+2523812345678", "", True),
        ("+987654321", "Viettel", False),  # Iran, and read with a 0 a mobile number
        ("+8613812345678", "", False),
        ("+1 900 123 4567", "1900", False),
        ("+18005551234", "1800", False),
        ("+375 29 1234567", "", True),
        ("00381 64 1234567", "", True),
    ],
)
def test_a_foreign_number_tells_whose_number_it_looks_like(number: str, like: str, rings_back: bool) -> None:
    (phone,) = phones.find(f"nhỡ {number}, gọi lại")
    assert (phone.looks_like, phone.rings_back) == (like, rings_back)


def test_a_telephone_number_beside_a_bank_is_no_account() -> None:
    assert read("Vietcombank, gọi 0912345678").accounts == ()


def field(name: str, value: str) -> str:
    return f"{name}{len(value):02d}{value}"


def payload(*, amount: str = "500000", to: str = "970436", name: str = "") -> str:
    to = field("00", to) + field("01", "0123456789")
    body = "000201010212" + field("38", field("00", "A000000727") + field("01", to) + field("02", "QRIBFTTA"))
    body += (
        field("53", "704")
        + (field("54", amount) if amount else "")
        + field("58", "VN")
        + (field("59", name) if name else "")
    )
    body += field("62", field("08", "dat coc"))
    return body + "6304" + vietqr.checksum(body + "6304")


def test_a_payment_code_is_taken_apart() -> None:
    paid = vietqr.read(payload())
    assert (paid.bin, paid.account, paid.amount, paid.purpose, paid.intact) == (
        "970436",
        "0123456789",
        "500000",
        "dat coc",
        True,
    )
    assert paid.bank is not None
    assert paid.bank.code == "VCB"


def test_the_checksum_is_that_of_the_standard() -> None:
    assert vietqr.checksum("123456789") == "29B1"


def test_a_changed_payment_code_is_not_intact() -> None:
    assert not vietqr.read(payload().replace("500000", "900000")).intact


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({}, "Quét mã này là chuyển 500.000 đồng tới tài khoản 0123456789, Vietcombank, nội dung “dat coc”."),
        ({"amount": ""}, "chuyển số tiền tự nhập tới"),
        ({"amount": "1250000.50"}, "chuyển 1.250.000,50 đồng tới"),
        ({"amount": "x"}, "chuyển x tới"),
        ({"to": "999999"}, "ngân hàng không có trong danh sách (mã 999999)"),
        ({"name": "NGUYEN VAN A"}, "0123456789 (NGUYEN VAN A), Vietcombank"),
    ],
)
def test_a_payment_tells_what_is_paid_to_whom(changes: dict[str, str], told: str) -> None:
    assert told in vietqr.read(payload(**changes)).sentence()


def test_a_payment_is_told_in_english_too() -> None:
    assert vietqr.read(payload()).sentence("en") == (
        "Scanning this code pays 500,000 VND to account 0123456789, Vietcombank, with the note “dat coc”."
    )


def test_a_changed_payment_code_says_not_to_pay() -> None:
    assert "đừng chuyển" in vietqr.read(payload().replace("500000", "900000")).sentence()


@pytest.mark.parametrize("text", ["", "https://vidu.com", "000201", "00020138xx"])
def test_what_is_no_payment_code_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(vietqr.NotPayment, match=r"\."):
        vietqr.read(text)


def test_a_payment_code_is_found_in_a_text() -> None:
    assert vietqr.find(f"quét mã: {payload()}") is not None
    assert vietqr.find("000201 không phải mã") is None
