"""A form with tables, lists and checks; and what becomes of answers when it changes after it was given out."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from cascades import DUE
from cast import NOW
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lachan.engine.answers import Column
from lachan.engine.checks import Check, Relation, Severity
from lachan.engine.drafts import Page
from lachan.engine.report_form import FormDraft, Item, QuestionDraft, RowDraft, SectionDraft, TableColumn, TableDraft
from lachan.foundation.refused import Refused
from lachan.reporting.actions import forms, returns
from lachan.reporting.drafts import draft_of
from lachan.reporting.figures import OWNER, figures
from lachan.reporting.models import Form, Obligation, Question, Return, Revision
from lachan.reporting.sheet import Grid, laid_out

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=1)
WHY = "Theo hướng dẫn mới"
COUNT = QuestionDraft("Số buổi tuyên truyền", counted_in="buổi", code="1")
WORDS = QuestionDraft("Khó khăn, vướng mắc", kind="text", required=False, code="2")
PEOPLE = QuestionDraft("Số người nghe", counted_in="người", code="9")
TABLE = TableDraft(
    "Kết quả theo kênh",
    (TableColumn("n", "Số lượt", counted_in="lượt"), TableColumn("p", "Số người", counted_in="người")),
    (RowDraft("1", "Truyền thanh", "Trực tiếp"), RowDraft("2", "Sinh hoạt tổ", "Trực tiếp"), RowDraft("3", "Zalo")),
    code="3",
)
CLASSES = QuestionDraft(
    "Lớp tập huấn",
    kind="rows",
    required=False,
    columns=(Column("name", "Tên lớp"), Column("n", "Số người", "whole")),
    code="4",
)


def revised(scene: Any, items: tuple[Item, ...], checks: tuple[Check, ...] = (), **terms: Any) -> Revision:
    form = Form.objects.get(campaign=scene.campaign)
    draft = FormDraft(form.title, items, checks)
    given = forms.Terms(**{"why": WHY, **terms})
    return forms.revise(form, draft, terms=given, by=scene.coordinator, now=LATER)


def sent(obligation: Obligation, by: Any, **answers: Any) -> Return:
    """Typed by the codes of questions, submitted and approved."""
    obligation = Obligation.objects.get(pk=obligation.pk)
    key_of = {question.code: question.key for question in obligation.asked()}
    typed = {key_of[code.removeprefix("q").replace("_", ".")]: value for code, value in answers.items()}
    version = returns.submit(obligation, typed=typed, request_key=f"{len(typed)}{obligation.state}", by=by, now=LATER)
    returns.approve(version, by=by, now=LATER)
    return version


def question(code: str) -> Question:
    return Question.objects.get(code=code)


def test_a_form_reads_back_as_it_was_written(scene: Any) -> None:
    items = (SectionDraft("I. Số liệu", "s3"), TABLE, SectionDraft("II. Khác", "s4"), CLASSES, COUNT, WORDS)
    checks = (Check(Relation.AT_MOST, ("3.1.n", "1"), Severity.ASK),)
    revised(scene, items, checks)
    assert draft_of(Form.objects.get()) == FormDraft("Kết quả thực hiện", items, checks)


def test_a_table_is_laid_out_as_a_table(scene: Any) -> None:
    revised(scene, (COUNT, SectionDraft("Bảng", "s3"), TABLE))
    first, second = laid_out(scene.owed(scene.cast.commune).asked())
    grid = second.parts[0]
    assert (first.title, first.parts, second.title) == ("", [question("1")], "Bảng")
    assert isinstance(grid, Grid)
    assert [(line.group, line.label, len(line.cells)) for line in grid.lines] == [
        ("Trực tiếp", "Truyền thanh", 2),
        ("", "Sinh hoạt tổ", 2),
        ("", "Zalo", 2),
    ]


def test_cells_and_lists_roll_up_like_any_answer(scene: Any) -> None:
    revised(scene, (TABLE, CLASSES))
    cells = {f"q3_{row}_{column}": "2" for row in "123" for column in "np"}
    sent(scene.owed(scene.cast.commune), scene.officer, **cells, q4="Lớp A | 30\nLớp B | 5")
    sent(scene.owed(scene.cast.district), scene.district_officer, **cells, q4="Lớp C\t7")
    known = figures(scene.campaign)
    rows = known.state(OWNER, question("4")).rows
    assert known.value(OWNER, question("3.1.n")) == 4
    assert [row.cell("name") for row in rows] == ["Lớp C", "Lớp A", "Lớp B"]


def test_a_check_that_stops_holds_a_return_back(scene: Any) -> None:
    revised(scene, (COUNT, PEOPLE), (Check(Relation.AT_MOST, ("1", "9")),))
    with pytest.raises(returns.FaultyAnswers):
        sent(scene.owed(scene.cast.commune), scene.officer, q1="5", q9="3")


def test_a_check_that_asks_is_passed_once_the_officer_is_sure(scene: Any) -> None:
    revised(scene, (replace(COUNT, maximum=Decimal(100), beyond=Severity.ASK),))
    owed = scene.owed(scene.cast.commune)
    typed = {question("1").key: "900"}
    with pytest.raises(returns.FaultyAnswers) as stopped:
        returns.submit(owed, typed=typed, request_key="a", by=scene.officer, now=LATER)
    names = [check.name for check in stopped.value.checked.broken]
    page = Page("a", sure=frozenset(names))
    version = returns.submit(owed, typed=typed, request_key="a", page=page, by=scene.officer, now=LATER)
    assert version.number == 1


def test_a_new_version_says_what_changed_by_whom_and_why(scene: Any) -> None:
    revision = revised(scene, (replace(COUNT, text="Số buổi"), PEOPLE))
    assert [(one["what"], one["text"]) for one in revision.changes] == [
        ("reworded", "Số buổi"),
        ("added", "Số người nghe"),
        ("withdrawn", "Khó khăn, vướng mắc"),
    ]
    assert (revision.number, revision.why, revision.made_by) == (2, WHY, scene.coordinator)


def test_returns_not_sent_yet_follow_the_new_version(scene: Any) -> None:
    question_key = question("1").key
    returns.save_draft(scene.owed(scene.cast.commune), typed=scene.typed(3), by=scene.officer, now=NOW)
    revised(scene, (PEOPLE,))
    owed = scene.owed(scene.cast.commune)
    assert [one.code for one in owed.asked()] == ["9"]
    assert owed.read_draft().texts == {question_key: "3"}  # what was typed is kept


def test_returns_sent_already_keep_what_they_say_and_the_figures_too(scene: Any) -> None:
    version = sent(scene.owed(scene.cast.commune), scene.officer, q1="12", q2="Loa hỏng")
    revised(scene, (PEOPLE,))
    known = figures(scene.campaign)
    assert known.value(OWNER, question("1")) == 12
    assert [(one.code, answer) for one, answer in version.answers()] == [("1", 12), ("2", "Loa hỏng")]
    assert question("1").heading == "Số buổi tuyên truyền (rút ở phiên bản 2)"


def test_a_question_that_nobody_answered_leaves_the_tables_when_withdrawn(scene: Any) -> None:
    revised(scene, (PEOPLE,))
    assert [one.code for one in figures(scene.campaign).questions] == ["9"]


def test_a_unit_that_must_answer_what_is_new_opens_its_return_again(scene: Any) -> None:
    sent(scene.owed(scene.cast.commune), scene.officer, q1="12", q2="Loa hỏng")
    revised(scene, (COUNT, PEOPLE), late=Revision.Late.MUST, answer_by=DUE)
    owed = scene.owed(scene.cast.commune)
    assert (owed.is_open, owed.asked_again_must, owed.asked_again_by) == (True, True, DUE)
    assert (
        figures(scene.campaign).value(OWNER, question("1")) == 12
    )  # the version sent counts until the next is approved


def test_a_supplement_keeps_answers_to_questions_withdrawn_since(scene: Any) -> None:
    sent(scene.owed(scene.cast.commune), scene.officer, q1="12", q2="Loa hỏng")
    revised(scene, (COUNT, PEOPLE), late=Revision.Late.MAY, answer_by=DUE)
    version = sent(scene.owed(scene.cast.commune), scene.officer, q1="12", q9="40")
    owed = scene.owed(scene.cast.commune)
    assert version.values == {question("1").key: 12, question("2").key: "Loa hỏng", question("9").key: 40}
    assert (version.form_version, owed.is_open, owed.counted) == (2, False, version)


def test_units_whose_answers_are_kept_are_not_asked_again(scene: Any) -> None:
    sent(scene.owed(scene.cast.commune), scene.officer, q1="12", q2="")
    revised(scene, (COUNT, PEOPLE))
    owed = scene.owed(scene.cast.commune)
    assert (owed.is_open, figures(scene.campaign).state(owed.assignment_id, question("9")).coverage.expected) == (
        False,
        0,
    )


def test_a_return_sent_back_after_the_change_follows_the_new_version(scene: Any) -> None:
    version = sent(scene.owed(scene.cast.commune), scene.officer, q1="12", q2="")
    revised(scene, (PEOPLE,))
    returns.send_back(version, unit=scene.cast.district, remark="Rà soát lại.", by=scene.district_officer, now=LATER)
    assert [one.code for one in scene.owed(scene.cast.commune).asked()] == ["9"]


def test_a_head_does_not_approve_past_a_question_that_came_while_the_version_waited(scene: Any) -> None:
    owed = scene.owed(scene.cast.commune)
    waiting = returns.submit(owed, typed=scene.typed(3), request_key="a", by=scene.officer, now=NOW)
    revised(scene, (COUNT, WORDS, PEOPLE))
    with pytest.raises(Refused, match="Số người nghe"):
        returns.approve(waiting, by=scene.head, now=LATER)


@pytest.mark.parametrize(
    ("terms", "because"),
    [
        ({"why": " "}, "lý do"),
        ({"late": Revision.Late.MUST}, "hạn bổ sung"),
        ({"late": Revision.Late.MUST, "answer_by": NOW}, "hạn bổ sung"),
    ],
)
def test_a_new_version_without_its_terms_is_refused(scene: Any, terms: dict[str, Any], because: str) -> None:
    with pytest.raises(Refused, match=because):
        revised(scene, (PEOPLE,), **terms)


def test_a_version_that_changes_nothing_is_refused(scene: Any) -> None:
    with pytest.raises(Refused, match="chưa có gì"):
        revised(scene, draft_of(Form.objects.get()).items)


def test_a_version_never_changes_once_made(scene: Any) -> None:
    revision = revised(scene, (PEOPLE,))
    with pytest.raises(RuntimeError):
        revision.save()


def test_a_form_given_out_is_not_rewritten(scene: Any) -> None:
    with pytest.raises(Refused, match="phiên bản mới"):
        forms.write_form(scene.campaign, title="x", questions=[PEOPLE], by=scene.coordinator, now=NOW)


POOL = (COUNT, WORDS, PEOPLE, TABLE, CLASSES)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("revise"), st.sets(st.sampled_from(range(5)), min_size=1), st.sampled_from(["keep", "may"])),
        st.tuples(st.just("answer"), st.sampled_from(["commune", "district", "press"]), st.integers(0, 99)),
        st.tuples(st.just("back"), st.just("commune"), st.just(0)),
    ),
    max_size=7,
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_figures_equal_a_recount_after_any_changes(scene: Any, steps: list[tuple[Any, ...]]) -> None:
    with transaction.atomic():
        for verb, what, how in steps:
            play(scene, verb, what, how)
        known = figures(scene.campaign)
        for one in known.questions:
            assert known.state(OWNER, one).total == recount(scene, one)
        transaction.set_rollback(True)


def play(scene: Any, verb: str, what: Any, how: Any) -> None:
    try:
        if verb == "revise":
            revised(scene, tuple(POOL[at] for at in sorted(what)), late=how, answer_by=DUE)
        elif verb == "back":
            counted = scene.owed(scene.cast.commune).counted
            if counted:
                returns.send_back(
                    counted, unit=scene.cast.district, remark="Sửa.", by=scene.district_officer, now=LATER
                )
        else:
            answer(scene.owed(getattr(scene.cast, what)), scene.officer, how)
    except Refused:
        pass  # nothing changed, or nothing is open: the figures must still add up


def answer(owed: Obligation, by: Any, number: int) -> None:
    typed = {one.key: str(number) if one.is_number else f"Lớp | {number}" for one in owed.asked()}
    version = returns.submit(owed, typed=typed, request_key=f"k{owed.returns.count()}", by=by, now=LATER)
    returns.approve(version, by=by, now=LATER)


def recount(scene: Any, one: Question) -> Decimal:
    """From the versions that count alone."""
    counted = Return.objects.filter(counted_for__form__campaign=scene.campaign)
    return sum((Decimal(v.values[one.key]) for v in counted if one.is_number and one.key in v.values), Decimal(0))
