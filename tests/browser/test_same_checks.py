"""The same checks without a network as with one: the scripts and the server judge the same cases, and must agree to the letter."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from cast import DAY
from django.contrib.staticfiles import finders
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page, Route

from lachan.activities.actions import check as check_facts
from lachan.activities.forms import ActivityForm
from lachan.activities.views.carried import rules as rules_of_activities
from lachan.engine.activities import CHANNELS
from lachan.engine.answers import Checked, check
from lachan.engine.checks import Check, Relation, Severity
from lachan.engine.rules import rules_of
from lachan.foundation.refused import Refused
from lachan.foundation.templatetags.design_fields import messages_of
from lachan.reporting.faults import sentence, sentences
from lachan.reporting.models import Question, Table

pytestmark = pytest.mark.browser
SITE = "http://lachan.test"


@pytest.fixture(scope="module")
def scripts(browser: Browser) -> Iterator[Page]:
    """A page with our scripts and nothing else."""

    def served(route: Route) -> None:
        name = route.request.url.partition("/static/")[2]
        if name:
            route.fulfill(body=Path(str(finders.find(name))).read_text(), content_type="text/javascript")
        else:
            route.fulfill(body="<!doctype html>", content_type="text/html")

    context = browser.new_context(base_url=SITE)
    context.route("**/*", served)
    page = context.new_page()
    page.goto("/")
    page.evaluate(
        """async () => {
             window.answers = await import("/static/reporting/answers.js");
             window.facts = await import("/static/activities/facts.js");
           }"""
    )
    yield page
    context.close()


ON_THE_DEVICE = """({rules, typed, sentences, texts}) => {
  const found = answers.check(rules, typed);
  return {
    values: found.values, isEmpty: found.isEmpty, broken: found.broken.map((one) => one.name),
    faults: found.faults.map((one) => [one.key, one.reason, one.typed, one.row ?? null, one.column ?? "",
                                       answers.sentence(one, {rules, sentences, texts})]),
  };
}"""


def plain(answer: Any) -> Any:
    if isinstance(answer, list):
        return [{key: str(cell) for key, cell in row.items()} for row in answer]
    return str(answer)


def on_the_server(found: Checked, by_key: dict[str, Question]) -> dict[str, Any]:
    return {
        "values": {key: plain(answer) for key, answer in found.values.items()},
        "isEmpty": found.is_empty,
        "broken": [one.name for one in found.broken],
        "faults": [
            [one.key, str(one.reason), one.typed, one.row, one.column, sentence(one, by_key[one.key])]
            for one in found.faults
        ],
    }


def agree(scripts: Page, questions: list[Question], checks: list[Check], typed: dict[str, str]) -> None:
    asked = [question.asked for question in questions]
    sent = {
        "rules": rules_of(asked, checks),
        "typed": typed,
        "sentences": sentences(),
        "texts": {question.key: question.text for question in questions},
    }
    by_key = {question.key: question for question in questions}
    assert scripts.evaluate(ON_THE_DEVICE, sent) == on_the_server(check(asked, typed, checks), by_key)


def asks(key: int, kind: str, *, required: bool = True, choices: tuple[str, ...] = ()) -> Question:
    table = Table(columns=[{"key": "c", "choices": list(choices)}]) if choices else None
    columns = [
        {"key": "n", "label": "Số người", "kind": "whole", "required": True},
        {"key": "t", "label": "Tỷ lệ", "kind": "decimal"},
        {"key": "w", "label": "Ghi chú", "choices": ["Đạt", "Chưa đạt"]},
    ]
    return Question(
        pk=key,
        text=f"Câu hỏi {key}",
        kind=kind,
        required=required,
        table=table,
        column="c",
        columns=columns if kind == "rows" else [],
    )


QUESTIONS = [
    asks(1, "whole"),
    asks(2, "whole", required=False),
    asks(3, "decimal"),
    asks(4, "decimal", required=False),
    asks(5, "text", required=False),
    asks(6, "rows", required=False),
    asks(7, "text", choices=("Đã làm", "Chưa làm", "Không phải làm")),
]
CHECKS = [
    Check(Relation.AT_MOST, ("2", "1")),
    Check(Relation.AT_MOST, ("4", "3"), Severity.ASK),
    Check(Relation.SUM, ("1", "2", "4")),
    Check(Relation.SUM, ("3", "4", "2")),
    Check(Relation.DESCRIBE, ("2", "5")),
    Check(Relation.DESCRIBE, ("6", "5")),
    Check(Relation.WITHIN, ("3",), minimum=None, maximum=100),  # type: ignore[arg-type]  # as a decimal it is the same
    Check(Relation.WITHIN, ("6",), minimum=2),  # type: ignore[arg-type]
    Check(Relation.AT_MOST, ("1", "99")),
]
HARD = [
    "",
    " ",
    "0",
    "-0",
    "00",
    "007",
    "1250",
    "1.250",
    "1,250",
    "1 250",
    "1\u00a0250",
    "1.250.000",
    "1,250,000",
    "1.25",
    "12,5",
    "12.50",
    "0,0000001",
    "0.0000000",
    "1.250,5",
    "1,250.5",
    "1 250,5",
    "1.250.5",
    "-1",
    "\u22125",
    "+5",
    "+ 5",
    "- 1.250",
    "--5",
    "５",
    "١٢",
    "②",
    "½",
    "999999999999999",
    "9999999999999999",
    "100000000000000,01",
    "0,00000000000001",
    "12,",
    ",5",
    "1e5",
    "0x1F",
    "NaN",
    "Infinity",
    "một nghìn",
    "12 người",
    "1\u200b250",
    "\ufeff7",
    "12\x00",
    "a\u0301",
    "Loa hỏng\r\nCần thay",
    "x" * 70,
    "😀" * 61,
    "Đạt",
    "đat",
    "ĐÃ LÀM",
    "da lam",
    "đã  làm",
    "ß",
    "5 | 12,5 | đạt",
    "5\t1,250\tchua dat\n\n | |",
    "|5",
    "a|b|c\n1|2|d",
    "\n".join(["1"] * 501),
    "1|0,5\r\n2|0,25",
]


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda one: f"{one.kind}-{one.pk}")
def test_hard_cases_are_judged_alike(scripts: Page, question: Question) -> None:
    for typed in HARD:
        agree(scripts, [question], [], {question.key: typed})


def test_words_as_long_as_can_be_are_judged_alike(scripts: Page) -> None:
    for typed in ("😀" * 20_000, "a" * 20_001):
        agree(scripts, [QUESTIONS[4]], [], {"5": typed})


numbers = st.one_of(
    st.integers(-5, 2000).map(str),
    st.decimals(0, 2000, places=3).map(lambda one: str(one).replace(".", ",")),
    st.text("0123456789., -+\u2212\u00a0", max_size=20),
)
rows = st.lists(
    st.tuples(numbers, numbers, st.sampled_from(["Đạt", "chưa đạt", "khác", ""])).map(" | ".join), max_size=4
)
anything = st.text(max_size=40)
latin = st.text(
    st.characters(max_codepoint=0x1EFF, categories=["L", "N", "P", "Zs"], exclude_characters="ŉ"), max_size=12
)
filled_in = st.fixed_dictionaries(
    {},
    optional={
        **{str(key): numbers | anything for key in (1, 2, 3, 4)},
        "5": anything,
        "6": rows.map("\n".join) | anything,
        "7": latin | st.sampled_from(["Đã làm", "CHƯA LÀM"]),
    },
)


@given(filled_in)
@settings(max_examples=250)
def test_whatever_is_typed_is_judged_alike(scripts: Page, typed: dict[str, str]) -> None:
    agree(scripts, QUESTIONS, CHECKS, typed)


FACTS = {
    "channel": "talk",
    "campaign": "",
    "what": "",
    "done_on": DAY.isoformat(),
    "times": "",
    "audience": "",
    "copies": "",
    "minutes": "",
    "link": "",
}
HARD_FACTS: list[dict[str, str]] = [
    {},
    {"channel": ""},
    {"times": "0"},
    {"times": "1,250"},
    {"audience": "nhiều"},
    {"audience": "10000001"},
    {"copies": "10.000.000"},
    {"minutes": "-5"},
    {"minutes": "1.5"},
    {"what": "x" * 300},
    {"what": "😀" * 301},
    {"done_on": ""},
    {"done_on": "2025-03-11"},
    {"done_on": "2024-02-04"},
    {"done_on": "2024-02-03"},
    {"link": "facebook.com/a"},
    {"link": "không phải"},
    {"link": "ftp://a.vn"},
    {"link": "http://a"},
    {"link": "http://localhost:80/x"},
    {"link": "//a.vn"},
    {"link": "a.vn:99999999"},
    {"link": "https://-a.vn"},
    {"link": "javascript:alert(1)"},
    {"link": "mailto:a@b.vn"},
    {"link": f"a.vn/{'x' * 1000}"},
    {"times": "0", "audience": "1,250", "link": "x y"},
]


def said_by_the_site(facts: dict[str, str]) -> list[list[str]]:
    sent = facts | {"day": "other", "request_key": "a-key-of-the-page"}
    form = ActivityForm(sent, campaigns=[], channels=list(CHANNELS), today=DAY)
    if not form.is_valid():
        return sorted([name, text] for name in form.errors for text in messages_of(form[name]))
    try:
        check_facts(form.facts(), DAY)
    except Refused as no:
        return [["done_on" if "Ngày" in str(no) else "", str(no)]]
    return []


@pytest.mark.parametrize("wrong", HARD_FACTS, ids=lambda one: ",".join(one) or "none")
def test_activities_are_judged_alike(scripts: Page, wrong: dict[str, str]) -> None:
    facts = FACTS | wrong
    found = scripts.evaluate(
        "({facts: one, rules, today}) => facts.faultsOf(one, rules, today).map(({name, text}) => [name, text]).sort()",
        {"facts": facts, "rules": rules_of_activities(), "today": DAY.isoformat()},
    )
    assert found == said_by_the_site(facts)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("18/11/2024", date(2024, 11, 18)),
        ("8-1-2024", date(2024, 1, 8)),
        ("18.11.24", None),
        ("31/02/2024", None),
        ("18/11/24", date(2024, 11, 18)),
        ("2024-11-18", date(2024, 11, 18)),
        ("hôm qua", None),
    ],
)
def test_days_are_read_alike(scripts: Page, typed: str, day: date | None) -> None:
    assert scripts.evaluate("(typed) => facts.readDay(typed)", typed) == (day.isoformat() if day else None)
    form = ActivityForm({"day": "other", "done_on": typed}, campaigns=[], channels=[], today=DAY)
    form.is_valid()
    assert form.cleaned_data.get("done_on") == day
