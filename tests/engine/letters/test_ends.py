"""Signatures, addressees, contacts and citations as they are really printed: made-up cases, each with what must be read."""

import pytest

from lachan.engine.letters import read

HEAD = "UBND HUYỆN SUỐI MƠ\nSố: 12/UBND-VX\nV/v gửi số liệu\nSuối Mơ, ngày 02 tháng 12 năm 2024\nKính gửi: Các xã.\n"


@pytest.mark.parametrize(
    "name", ["H’Lan Niê Buôn", "K’Tiêm", "Trần-Văn Bình", "Rơ Lan H'Mai", "Y Kha Mlô", "H’LAN NIÊ"]
)
def test_names_with_an_apostrophe_or_a_hyphen_sign_too(name: str) -> None:
    letter = read(
        f"{HEAD}Đề nghị thực hiện./.\nNơi nhận:\n- Lưu: VT.\n\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n\n{name}\n"
    ).as_dict()
    assert (letter["signer_title"], letter["signer_name"]) == ("KT. CHỦ TỊCH / PHÓ CHỦ TỊCH", name)


@pytest.mark.parametrize(
    ("first", "second"),
    [("PHỤ TRÁCH SỞ", "PHÓ GIÁM ĐỐC"), ("PHỤ TRÁCH CHI CỤC THỦY LỢI", "PHÓ CHI CỤC TRƯỞNG"), ("QUYỀN HIỆU TRƯỞNG", "")],
)
def test_a_post_held_for_the_time_being_begins_the_title(first: str, second: str) -> None:
    letter = read(f"{HEAD}Đề nghị thực hiện./.\nNơi nhận:\n- Lưu: VT.\n\n{first}\n{second}\n\nLê Thị Hoa\n").as_dict()
    assert letter["signer_title"] == " / ".join(filter(None, (first, second)))


@pytest.mark.parametrize("filed", ["- Lưu: VT.", "- Lưu: VT, VX;", "- Lưu: VT, KTTH"])
def test_a_name_run_into_the_last_line_of_the_copies_is_found(filed: str) -> None:
    letter = read(f"{HEAD}Đề nghị thực hiện./.\nNơi nhận: CHỦ TỊCH\n- Như trên;\n{filed} Lê Thị Hoa\n").as_dict()
    assert (letter["signer_title"], letter["signer_name"]) == ("CHỦ TỊCH", "Lê Thị Hoa")


def test_a_page_number_does_not_end_the_addressees() -> None:
    text = (
        "UBND TỈNH A\nSố: 1/UBND-VX\nV/v họp\n\nKính gửi:\n\n- Sở Y tế;\n\n{page}\n\n- Sở Tư pháp.\n\nĐề nghị dự họp.\n"
    )
    for page in ("2", "- 2 -", "Trang 2/3"):
        assert read(text.format(page=page)).as_dict()["recipients"] == ["Sở Y tế", "Sở Tư pháp"]


def test_a_numbered_point_after_the_dashed_addressees_is_none_of_them() -> None:
    text = "UBND TỈNH A\nSố: 1/UBND-VX\nV/v họp\nKính gửi:\n- Sở Y tế;\n- Sở Tư pháp.\n1. Đề nghị dự họp.\n2. Mang tài liệu."
    assert read(text).as_dict()["recipients"] == ["Sở Y tế", "Sở Tư pháp"]


@pytest.mark.parametrize("printed", ["phongvx@\nsuoimo.gov.vn", "phongvx\n@suoimo.gov.vn", "phongvx@ \n suoimo.gov.vn"])
def test_an_address_broken_at_its_sign_is_joined(printed: str) -> None:
    assert read(f"{HEAD}Gửi về hộp thư: {printed} trước 20/12.").as_dict()["contacts"] == {
        "phones": [],
        "emails": ["phongvx@suoimo.gov.vn"],
        "urls": [],
    }


def test_masked_numbers_and_numbers_of_persons_or_accounts_are_no_phones() -> None:
    text = (
        "Kẻ xấu gọi từ số 0912.xxx.xxx và số 0987xxxxxx. Mã số thuế: 0101234567, tài khoản số 0123456789. "
        "Điện thoại: 0203.3825123."
    )
    assert read(HEAD + text).as_dict()["contacts"]["phones"] == ["0203.3825123"]


def test_a_symbol_after_a_space_is_cited_as_printed() -> None:
    letter = read(f"{HEAD}Căn cứ Quyết định số 31 QĐ/TWĐTN ngày 23/02/2013 của Trung ương Đoàn;")
    assert [(one.value.symbol, one.value.date) for one in letter.references] == [("31 QĐ/TWĐTN", "2013-02-23")]


def test_a_symbol_that_lost_its_mark_takes_it_back_from_its_like() -> None:
    letter = read(f"{HEAD}Theo Quyết định số 1/QĐ-SGTDB; Quyết định số 2/QĐ-SGTĐB; Quyết định số 3/QĐ-SGTĐB.")
    assert [one.value.symbol for one in letter.references] == ["1/QĐ-SGTĐB", "2/QĐ-SGTĐB", "3/QĐ-SGTĐB"]
