"""Which numbers of a letter's form activities answer, settled as the campaign is set up."""

import pytest

from lachan.portal.setup_draft import by_activities


def test_a_number_whose_words_name_a_channel_is_filled_from_it() -> None:
    assert by_activities("Số buổi phát thanh") == {"sum": "times", "channels": ["loudspeaker"], "audiences": []}


@pytest.mark.parametrize("words", ["Số vụ lừa đảo", "Số lần", "Kinh phí thực hiện"])
def test_a_number_that_activities_do_not_tell_is_left_alone(words: str) -> None:
    assert by_activities(words) == {}
