"""Telephone numbers, accounts and payment codes."""

import pytest

from lachan.engine.scams import phones, vietqr
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
    ],
)
def test_numbers_are_found_as_they_are_written(text: str, numbers: list[str]) -> None:
    assert [phone.number for phone in phones.find(text)] == numbers


def test_an_account_is_named_with_its_bank() -> None:
    (account,) = read("chuyển vào STK 0123456789012 ngân hàng MSB").accounts
    assert account.number == "0123456789012"
    assert account.bank is not None
    assert account.bank.code == "MSB"


def test_a_telephone_number_beside_a_bank_is_no_account() -> None:
    assert read("Vietcombank, gọi 0912345678").accounts == ()


def field(name: str, value: str) -> str:
    return f"{name}{len(value):02d}{value}"


def payload(*, amount: str = "500000") -> str:
    to = field("00", "970436") + field("01", "0123456789")
    body = "000201010212" + field("38", field("00", "A000000727") + field("01", to) + field("02", "QRIBFTTA"))
    body += field("53", "704") + field("54", amount) + field("58", "VN") + field("62", field("08", "dat coc"))
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


@pytest.mark.parametrize("text", ["", "https://vidu.com", "000201", "00020138xx"])
def test_what_is_no_payment_code_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(vietqr.NotPayment, match=r"\."):
        vietqr.read(text)


def test_a_payment_code_is_found_in_a_text() -> None:
    assert vietqr.find(f"quét mã: {payload()}") is not None
    assert vietqr.find("000201 không phải mã") is None
