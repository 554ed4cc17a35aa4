"""The design system without a browser: words, escaping, labels, and the contrast of its colours."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django import forms
from django.template import engines
from django.template.exceptions import TemplateSyntaxError
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from lachan.foundation import formats, living_page
from lachan.foundation.design import STATES, Part, Span, mark_up

MOMENT = datetime(2024, 11, 18, 2, 30, tzinfo=UTC)  # 9:30 in Việt Nam


def drawn(source: str, **context: Any) -> str:
    return engines["django"].from_string("{% load design %}" + source).render(context)


class Return(forms.Form):
    name = forms.CharField(label="Họ tên")
    born = forms.DateField(label="Ngày sinh")
    pupils = forms.IntegerField(label="Tổng số học sinh", min_value=0)
    level = forms.ChoiceField(label="Cấp", choices=[("p", "Tỉnh"), ("c", "Xã")], widget=forms.RadioSelect)


# Numbers and days


@pytest.mark.parametrize(
    ("value", "vietnamese", "english"),
    [
        (0, "0", "0"),
        (1250, "1.250", "1,250"),
        (-1250000, "-1.250.000", "-1,250,000"),
        (12.5, "12,5", "12.5"),
        (Decimal("1250.50"), "1.250,5", "1,250.5"),
        (Decimal("100"), "100", "100"),
    ],
)
def test_a_number_is_written_as_its_language_writes_it(value: Any, vietnamese: str, english: str) -> None:
    with translation.override("vi"):
        assert formats.number(value) == vietnamese
    with translation.override("en"):
        assert formats.number(value) == english


@given(st.integers(-(10**15), 10**15))
def test_a_written_number_reads_back(value: int) -> None:
    with translation.override("vi"):
        assert int(formats.number(value).replace(".", "")) == value


def test_days_and_hours_are_those_of_viet_nam() -> None:
    with translation.override("vi"):
        assert formats.moment(MOMENT) == "9\u00a0giờ\u00a030 ngày 18/11/2024"
        assert formats.day(datetime(2024, 11, 18, 18, 0, tzinfo=UTC)) == "19/11/2024"
        assert formats.clock(datetime(2024, 11, 18, 2, 0, tzinfo=UTC)) == "9\u00a0giờ"
        assert formats.percent(0.125) == "12,5\u00a0%"
        assert formats.percent(1) == "100\u00a0%"
        assert formats.size(1_250_000) == "1,2\u00a0MB"
    with translation.override("en"):
        assert formats.moment(MOMENT) == "09:30, 18 November 2024"


def test_a_key_in_an_address_is_not_grouped() -> None:
    with translation.override("vi"):
        assert drawn("/don-vi/{{ pk }}/", pk=12500) == "/don-vi/12500/"


@pytest.mark.parametrize("typed", ["18/11/2024", "18-11-2024", "18.11.2024", "2024-11-18"])
def test_a_date_is_read_day_first(typed: str) -> None:
    with translation.override("vi"):
        assert forms.DateField().clean(typed) == date(2024, 11, 18)


# Tables


TABLE = """{% table "Kết quả" %}{% columns %}{% column "Xã" %}{% column "Học sinh" number=True unit="người" %}{% endcolumns %}
{% for name, count in rows %}{% row %}{% value name %}{% value count %}{% endrow %}{% endfor %}{% endtable %}"""


def test_missing_is_not_zero() -> None:
    with translation.override("vi"):
        page = drawn(TABLE, rows=[("Xã A", None), ("Xã B", 0)])
    assert page.count("chưa có") == 1
    assert ">0</td>" in page


def test_every_cell_but_the_first_carries_its_label() -> None:
    page = drawn(TABLE, rows=[("Xã A", 1), ("Xã B", 2)])
    assert page.count('data-label="Học sinh (người)"') == 2
    assert page.count('scope="row"') == 2


def test_a_row_with_more_cells_than_columns_is_refused() -> None:
    with pytest.raises(TemplateSyntaxError, match="2 columns"):
        drawn(TABLE.replace("{% endrow %}", "{% value 3 %}{% endrow %}"), rows=[("Xã A", 1)])


def test_two_tables_on_a_page_keep_their_own_columns() -> None:
    other = TABLE.replace("Học sinh", "Giáo viên")
    page = drawn(TABLE + other, rows=[("Xã A", 1)])
    assert page.count('data-label="Học sinh (người)"') == page.count('data-label="Giáo viên (người)"') == 1


def test_a_row_folded_on_a_phone_says_its_headline_and_whose_columns_a_press_shows() -> None:
    with translation.override("vi"):
        page = drawn(TABLE.replace("{% value name %}", '{% folded name "97 %" "/x" "đã chia" %}'), rows=[("Xã A", 1)])
    assert 'aria-label="Đủ các cột của Xã A"' in page
    assert '<a href="/x">Xã A</a><br><span class="share">đã chia</span>' in page
    assert 'data-headline="97 %"' in page


def test_what_people_typed_is_escaped_everywhere() -> None:
    evil = "<script>alert(1)</script>"
    page = drawn(
        TABLE + "{% state 'late' evil %}{% progress 1 2 evil %}{% figure evil evil %}{% file_link evil evil evil %}"
        "{% stacked_bar parts evil %}{% document evil spans %}{% item evil %}{{ evil }}{% enditem %}{% button evil %}"
        "{% link_button evil evil %}{% post_button evil evil %}{% panel 'info' evil %}{% endpanel %}{% tab evil evil %}"
        "{% crumb evil evil %}{% step evil note=evil %}{% nothing_yet evil %}{% endnothing_yet %}"
        "{% fieldset evil %}{% endfieldset %}",
        rows=[(evil, evil)],
        evil=evil,
        parts=[Part(evil, 3, "good")],
        spans=[Span(0, 8, evil, "sure", "k", "t")],
    )
    assert "<script" not in page


# Forms


def test_an_error_says_what_where_and_what_to_do() -> None:
    form = Return({"name": "", "born": "hôm qua", "pupils": "một nghìn"})
    with translation.override("vi"):
        page = drawn("{% error_summary form %}{% form_fields form %}", form=form)
    assert '<a href="#id_name">Hãy điền “Họ tên”.</a>' in page
    assert '<a href="#id_born">Ô “Ngày sinh” cần là một ngày, ví dụ 18/11/2024.</a>' in page
    assert '<a href="#id_level_0">Hãy chọn “Cấp”.</a>' in page
    assert 'value="một nghìn"' in page  # what was typed stays


def test_a_wrong_field_names_its_hint_and_its_error_to_a_screen_reader() -> None:
    with translation.override("vi"):
        page = drawn("{% field form.born %}", form=Return({}))
    assert 'aria-describedby="id_born_helptext id_born_error"' in page
    assert 'id="id_born_helptext"' in page
    assert 'id="id_born_error"' in page
    assert 'aria-invalid="true"' in page


def test_a_number_is_typed_as_text() -> None:
    page = drawn("{% field form.pupils %}", form=Return())
    assert 'type="text"' in page
    assert 'inputmode="numeric"' in page
    assert "min=" not in page


def test_nothing_wrong_draws_no_summary() -> None:
    assert drawn("{% error_summary form %}", form=Return()) == ""


def test_hidden_values_travel_with_their_button() -> None:
    page = drawn('{% post_button "Nhận" "/nhan/" version=3 %}', csrf_token="t")
    assert '<input type="hidden" name="version" value="3">' in page
    assert 'name="csrfmiddlewaretoken" value="t"' in page


# States, bars, marks


def test_every_state_has_its_own_word_and_look() -> None:
    assert len({str(state.word) for state in STATES.values()}) == len(STATES)
    assert all(drawn(f"{{% state '{code}' %}}") for code in STATES)


def test_a_bar_fills_its_whole_width_in_the_order_given() -> None:
    with translation.override("vi"):
        page = drawn(
            "{% stacked_bar parts 'Báo cáo' %}", parts=[Part("A", 3, "good"), Part("B", 1, "bad"), Part("C", 0, "off")]
        )
    assert 'x="0.00" y="0" width="747.00"' in page
    assert 'x="750.00" y="0" width="247.00"' in page
    assert "75\u00a0%" in page
    assert ">C " not in page


def test_a_bar_of_nothing_says_so() -> None:
    with translation.override("vi"):
        assert "chưa có" in drawn("{% stacked_bar parts 'Báo cáo' %}", parts=[])


spans = st.builds(
    Span, st.integers(-3, 30), st.integers(-3, 30), st.just("Số"), st.sampled_from(["sure", "doubtful"]), st.just("k")
)


@given(st.text("ab<&\n", max_size=25), st.lists(spans, max_size=6))
def test_marking_changes_no_letter_of_the_document(text: str, found: list[Span]) -> None:
    import html
    import re

    page = re.sub(r'<span class="mark-label">.*?</span>', "", mark_up(text, found))
    assert html.unescape(re.sub(r"</?mark[^>]*>", "", page)) == text


def test_where_spans_overlap_the_shortest_shows() -> None:
    page = mark_up("Số 12 ngày 4", [Span(0, 12, "cả dòng", "likely"), Span(3, 5, "số", "sure")])
    assert '<mark class="mark-sure"><span class="mark-label">số</span>12</mark>' in page
    assert page.count("cả dòng") == 1


# Colours


def luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


ON_PAPER = ["ink", "ink-soft", "accent", "accent-dark", "good", "warn", "bad", "off"]
PAIRS = [(ink, ground) for ink in ON_PAPER for ground in ("paper", "paper-2")]
PAIRS += [(tone, f"{tone}-pale") for tone in ("accent", "good", "warn", "bad", "off")]
PAIRS += [("ink", pale) for pale in ("accent-pale", "good-pale", "warn-pale", "bad-pale", "off-pale")]
PAIRS += [("accent", pale) for pale in ("warn-pale", "good-pale", "bad-pale")] + [("ink-soft", "off-pale")]


@pytest.mark.parametrize(("ink", "ground"), PAIRS)
def test_words_stand_out_from_their_ground(ink: str, ground: str) -> None:
    tokens = living_page.tokens()
    assert contrast(tokens[ink], tokens[ground]) >= 4.5


def test_the_accent_reads_at_seven_to_one_and_borders_at_three() -> None:
    tokens = living_page.tokens()
    assert contrast(tokens["accent"], tokens["paper"]) >= 7
    assert contrast(tokens["line-strong"], tokens["paper"]) >= 3


def test_the_style_sheet_is_light_and_asks_nobody_else() -> None:
    css = living_page.CSS.read_text(encoding="utf-8")
    assert len(css.encode()) <= 30_000
    assert "http" not in css
    assert "@import" not in css
