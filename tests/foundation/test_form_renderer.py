"""Controls drawn the short way are those that Django's templates draw."""

import re
from datetime import date
from typing import Any

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from hypothesis import given
from hypothesis import strategies as st

from lachan.foundation.form_renderer import DRAWN, WidgetRenderer

GROUPED = [("", "Chưa chọn"), ("Xã & phường", [("x", "Xã <A>"), (7, "Phường 'B'")]), ("z", 'Đặc khu "C"')]
WIDGETS: list[forms.Widget] = [
    forms.TextInput(),
    forms.NumberInput(),
    forms.EmailInput(),
    forms.URLInput(),
    forms.PasswordInput(render_value=True),
    forms.HiddenInput(),
    forms.DateInput(),
    forms.TimeInput(),
    forms.DateTimeInput(),
    forms.CheckboxInput(),
    forms.Textarea(),
    forms.Select(choices=GROUPED),
    forms.SelectMultiple(choices=GROUPED),
    forms.NullBooleanSelect(),
]
VALUES = st.one_of(st.none(), st.text(max_size=30), st.integers(), st.booleans(), st.dates(date(1990, 1, 1)))
ATTRS = st.dictionaries(
    st.sampled_from(["class", "id", "required", "disabled", "maxlength", "aria-label", "data-x"]),
    st.one_of(st.booleans(), st.integers(0, 999), st.text(max_size=20)),
)


def pieces(drawn: str) -> str:
    """Without the spaces between tags and after them."""
    return re.sub(r"(?<=>)\s+|\s+(?=<)", "", drawn)


@pytest.mark.parametrize("widget", WIDGETS, ids=lambda widget: type(widget).__name__)
@given(value=VALUES, attrs=ATTRS)
def test_a_control_is_drawn_as_by_django(widget: forms.Widget, value: Any, attrs: dict[str, Any]) -> None:
    assert widget.template_name in DRAWN
    ours, django = (widget.render("tên", value, attrs, renderer=one()) for one in (WidgetRenderer, DjangoTemplates))
    assert pieces(ours) == pieces(django)


def test_a_control_of_several_parts_is_left_to_its_template() -> None:
    drawn = forms.RadioSelect(choices=[("a", "<b>")]).render("x", "a", {"id": "x"}, renderer=WidgetRenderer())
    assert "&lt;b&gt;" in drawn
    assert 'type="radio"' in drawn
