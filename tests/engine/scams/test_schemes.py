"""Schemes find a plan in any words: ideas that meet, near one another, outside warnings."""

import pytest

from lachan.engine.scams import check, knowledge
from lachan.engine.scams.knowledge import Meeting, meeting
from lachan.engine.scams.schemes import NEAR

TOLD = "Họ xưng bên điều tra, nói tên tôi dính vụ rửa tiền rồi nối máy cho trưởng phòng nghe tôi khai."


def test_a_meeting_is_read_as_choices_and_bars() -> None:
    assert meeting("police & pay|app & !in_person|store") == Meeting(
        (frozenset({"police"}), frozenset({"pay", "app"})), frozenset({"in_person", "store"})
    )


def test_ideas_that_meet_make_the_scheme_with_a_reason_and_a_span() -> None:
    found = [one for one in check(TOLD, kind="story").signs if one.sign.role == "scheme"]
    assert [one.sign.types for one in found][:1] == [("fake_authority_call",)]
    assert TOLD[slice(*found[0].span)] != ""


@pytest.mark.parametrize(
    "text",
    [
        TOLD.replace(" rồi nối máy", ". " + "Hôm ấy trời mưa và chợ vắng. " * (NEAR // 6) + "Tối về tôi nối máy"),
        f"Cảnh báo người dân thủ đoạn lừa đảo: đối tượng giả danh, {TOLD.lower()}",
    ],
)
def test_ideas_far_apart_or_in_a_warning_make_none(text: str) -> None:
    assert "scheme_police" not in {one.code for one in check(text, kind="story").signs}


def test_no_scheme_alone_makes_a_message_red() -> None:
    assert all(0 < sign.weight < 4 for sign in knowledge.signs().values() if sign.role == "scheme")
