from hypothesis import given
from hypothesis import strategies as st

from lachan.engine.patterns import fill, unfilled


def test_places_are_filled_and_those_unknown_stay_for_a_person() -> None:
    text = "Báo cáo về [đơn vị] trước [Hạn báo cáo], tại [địa điểm]."
    filled = fill(text, {"đơn vị": "UBND xã Gò Cao", "hạn báo cáo": "20/4", "địa điểm": ""})
    assert filled == "Báo cáo về UBND xã Gò Cao trước 20/4, tại [địa điểm]."
    assert unfilled(filled + " [địa điểm]") == ["[địa điểm]"]


@given(st.text())
def test_without_values_nothing_is_changed(text: str) -> None:
    assert fill(text, {}) == text


@given(st.text(), st.text(alphabet="ab [", max_size=9))
def test_what_is_put_in_is_not_filled_again(text: str, value: str) -> None:
    assert fill("[x y]" + text, {"x y": "[" + value}).startswith("[" + value or "[x y]")
