"""A form as plain data, and what changed between two versions of it."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from lachan.engine.answers import Column
from lachan.engine.checks import Check, Relation
from lachan.engine.report_form import FormDraft, QuestionDraft, RowDraft, SectionDraft, TableColumn, TableDraft
from lachan.engine.report_form.changes import What, changes, settled

TABLE = TableDraft(
    "Kết quả theo kênh",
    (TableColumn("n", "Số buổi", counted_in="buổi"), TableColumn("w", "Ghi chú", kind="text", measure="texts")),
    (RowDraft("1", "Truyền thanh", "Trực tiếp"), RowDraft("2", "Mạng xã hội")),
    code="3",
)
FORM = FormDraft(
    "Kết quả",
    (
        SectionDraft("I. Số liệu", "1"),
        QuestionDraft(
            "Số buổi", minimum=Decimal(0), maximum=Decimal(300), group_codes=frozenset({"communes"}), code="2"
        ),
        TABLE,
        QuestionDraft("Lớp tập huấn", kind="rows", columns=(Column("a", "Tên lớp"),), code="4"),
        QuestionDraft("Khó khăn", kind="text", code="5"),
    ),
    (Check(Relation.AT_MOST, ("2", "3.1.n")),),
)


def test_a_form_is_kept_as_plain_values() -> None:
    assert FormDraft.from_json(FORM.to_json()) == FORM


def test_a_cell_of_a_table_is_a_question_named_by_row_and_column() -> None:
    assert [cell.text for _row, _column, cell in TABLE.cells()][:2] == [
        "Truyền thanh · Số buổi",
        "Truyền thanh · Ghi chú",
    ]


def test_items_without_a_code_get_one_that_nobody_has() -> None:
    form = FormDraft("", (QuestionDraft("a", code="7"), QuestionDraft("b"), QuestionDraft("c"))).coded()
    assert [item.code for item in form.items] == ["7", "8", "9"]


def test_nothing_changed_is_no_change() -> None:
    assert changes(FORM, FORM) == ()


@given(st.permutations(FORM.items))
def test_moving_questions_about_is_no_change(items: list[QuestionDraft]) -> None:
    assert changes(FORM, replace(FORM, items=tuple(items))) == ()


def test_every_change_is_said() -> None:
    _head, count, table, _list, words = FORM.items
    new = replace(
        FORM,
        items=(
            replace(count, text="Số buổi tuyên truyền"),  # type: ignore[call-arg]
            replace(table, rows=TABLE.rows[:1]),  # type: ignore[call-arg]
            replace(words, required=False),  # type: ignore[call-arg]
            QuestionDraft("Số bài", code="9"),
        ),
        checks=(),
    )
    said = [(change.what, change.code) for change in changes(FORM, new)]
    assert said == [
        (What.REWORDED, "2"),
        (What.SETTINGS, "5"),
        (What.ADDED, "9"),
        (What.WITHDRAWN, "3.2.n"),
        (What.WITHDRAWN, "3.2.w"),
        (What.WITHDRAWN, "4"),
        (What.CHECK_REMOVED, "at_most:2,3.1.n"),
    ]


def test_a_question_answered_in_another_way_is_another_question() -> None:
    words = FORM.items[-1]
    new = settled(replace(FORM, items=(replace(words, kind="whole"),)), FORM)  # type: ignore[call-arg]
    assert next((change.what, change.code) for change in changes(FORM, new)) == (What.ADDED, "1")


def test_a_column_answered_in_another_way_is_another_column() -> None:
    columns = (replace(TABLE.columns[0], kind="text"), TABLE.columns[1])
    new = settled(replace(FORM, items=(replace(TABLE, columns=columns),)), FORM)
    assert {change.code for change in changes(FORM, new) if change.what is What.ADDED} == {"3.1.nx", "3.2.nx"}


def test_a_list_may_gain_a_column_and_stay_the_same_question() -> None:
    listed = FORM.items[3]
    assert isinstance(listed, QuestionDraft)
    wider = replace(listed, columns=(*listed.columns, Column("b", "Số người", "whole")))
    assert settled(replace(FORM, items=(wider,)), FORM).items[0].code == "4"
