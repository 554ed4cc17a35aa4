"""What the lines of a list of activities tell."""

from datetime import date

import pytest

from lachan.engine.activities.listing import Column, Problem, Told, find_channel, read_list
from lachan.engine.tables import read_sheets

HEAD = "Ngày,Kênh,Nội dung,Số lần,Số người,Đối tượng,Liên kết\n"


def read(*lines: str, head: str = HEAD) -> list[Told]:
    told = read_list(read_sheets((head + "\n".join(lines)).encode()))
    assert told is not None
    return told


def problems(line: str) -> list[tuple[Column, Problem]]:
    return [(fault.column, fault.problem) for fault in read(line)[0].faults]


def test_a_line_is_read() -> None:
    told = read('18/11/2024,Loa truyền thanh xã,Phát tin,"1.250",60,"Người cao tuổi; Học sinh",xa.example/tin')[0]
    assert (told.day, told.channel, told.numbers[Column.TIMES]) == (date(2024, 11, 18), "loudspeaker", 1250)
    assert told.audiences == ("elderly", "pupils") and told.link == "https://xa.example/tin"
    assert told.faults == ()


def test_headings_may_stand_under_a_title_and_in_other_words() -> None:
    head = "BÁO CÁO HOẠT ĐỘNG\n,\nSTT,Hình thức tuyên truyền,Ngày thực hiện (ngày/tháng/năm)\n"
    told = read("1,Nhóm Zalo,2024-11-18", head=head)[0]
    assert (told.number, told.channel, told.day) == (4, "chat-group", date(2024, 11, 18))


def test_a_table_without_day_and_channel_is_no_list() -> None:
    assert read_list(read_sheets(b"Ten,Ma\nA,1\n")) is None


def test_an_audience_whose_name_has_commas_is_one() -> None:
    assert read('18/11/2024,sms,,,,"Cán bộ, công chức, viên chức",')[0].audiences == ("staff",)


@pytest.mark.parametrize(
    ("text", "channel"),
    [
        ("Loa truyền thanh xã", "loudspeaker"),
        ("LOA TRUYEN THANH XA", "loudspeaker"),
        ("zalo", "chat-group"),
        ("Phát tờ rơi", "leaflet"),
        ("sms", "sms"),
        ("Báo và zalo, facebook", ""),
        ("thả diều", ""),
        ("", ""),
    ],
)
def test_a_channel_is_known_by_its_names(text: str, channel: str) -> None:
    assert find_channel(text) == channel


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        (",sms", (Column.DAY, Problem.NO_DAY)),
        ("31/02/2024,sms", (Column.DAY, Problem.NOT_A_DAY)),
        ("18/11/2024,", (Column.CHANNEL, Problem.NO_CHANNEL)),
        ("18/11/2024,thả diều", (Column.CHANNEL, Problem.UNKNOWN_CHANNEL)),
        ("18/11/2024,sms,,nhiều", (Column.TIMES, Problem.NOT_A_NUMBER)),
        ("18/11/2024,sms,,,-3", (Column.AUDIENCE, Problem.NOT_A_NUMBER)),
        ("18/11/2024,sms,,,,người ngoài hành tinh", (Column.AUDIENCES, Problem.UNKNOWN_AUDIENCE)),
        ("18/11/2024,sms,,,,,javascript:alert(1)", (Column.LINK, Problem.NOT_A_LINK)),
    ],
)
def test_what_is_wrong_with_a_line_is_told(line: str, wrong: tuple[Column, Problem]) -> None:
    assert problems(line) == [wrong]
