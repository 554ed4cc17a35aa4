import pytest

from lachan.engine.letters.marks import circulation, urgency

HEAD = "UBND TỈNH SÔNG LAM\nSố: 12/UBND-VX\n{mark}\nKính gửi: Các sở\nĐề nghị khẩn trương thực hiện."


@pytest.mark.parametrize(
    ("mark", "meant"),
    [
        ("HỎA TỐC", "HOẢ TỐC"),
        ("HOẢ TỐC", "HOẢ TỐC"),
        ("HỎA TỐC HẸN GIỜ", "HOẢ TỐC"),
        ("  THƯỢNG KHẨN ", "THƯỢNG KHẨN"),
        ("| KHẨN |", "KHẨN"),
        ("khẩn", ""),
        ("CÔNG ĐIỆN KHẨN CẤP", ""),
        ("", ""),
    ],
)
def test_a_mark_of_urgency_is_a_line_of_capitals_of_its_own(mark: str, meant: str) -> None:
    assert urgency(HEAD.format(mark=mark)) == meant


def test_how_far_a_letter_may_go() -> None:
    assert circulation(HEAD.format(mark="LƯU HÀNH NỘI BỘ")) == "LƯU HÀNH NỘI BỘ"
    assert circulation(HEAD.format(mark="Tài liệu lưu hành nội bộ")) == ""


def test_marks_far_down_are_none_of_the_head() -> None:
    assert urgency("dòng\n" * 50 + "KHẨN") == ""
