"""Questions, columns and rows from lines; steps of the editor; what looks wrong with a form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lachan.engine.answers import Column
from lachan.engine.checks import Check, Relation
from lachan.engine.report_form import FormDraft, QuestionDraft, RowDraft, SectionDraft, TableColumn, TableDraft
from lachan.engine.report_form.lines import (
    columns_as_text,
    guess,
    list_columns,
    questions_in,
    rows_as_lines,
    table_columns,
    table_rows,
)
from lachan.engine.report_form.review import Doubt, asked_of, doubts, minutes
from lachan.engine.report_form.steps import STEPS, item_of, mark, put, with_check

GUESSES = [
    ("Số buổi tuyên truyền", ("Số buổi tuyên truyền", "whole", "buổi")),
    ("Tổng số lượt người tham gia", ("Tổng số lượt người tham gia", "whole", "lượt người")),
    ("Số học sinh dự", ("Số học sinh dự", "whole", "học sinh")),
    ("Tin, bài đã đăng (bài)", ("Tin, bài đã đăng", "whole", "bài")),
    ("Tỷ lệ hộ gia đình được tuyên truyền", ("Tỷ lệ hộ gia đình được tuyên truyền", "decimal", "%")),
    ("Mức độ phủ (%)", ("Mức độ phủ", "decimal", "%")),
    ("Tổng số phản ánh", ("Tổng số phản ánh", "whole", "")),
    ("Kinh phí thực hiện (triệu đồng)", ("Kinh phí thực hiện", "whole", "triệu đồng")),
    ("Khó khăn, vướng mắc", ("Khó khăn, vướng mắc", "text", "")),
    ("Sổ tay đã phát", ("Sổ tay đã phát", "text", "")),
    ("Số văn bản [chữ]", ("Số văn bản", "text", "")),
    ("Điểm trung bình [số lẻ]", ("Điểm trung bình", "decimal", "")),
]


@pytest.mark.parametrize(("line", "meant"), GUESSES)
def test_kind_and_unit_are_guessed_by_the_words(line: str, meant: tuple[str, str, str]) -> None:
    assert guess(line) == meant


@pytest.mark.parametrize("line", ["1. Số buổi", "- Số buổi: ……", "a) Số buổi", "II. Số buổi ....", "  • Số buổi;"])
def test_what_numbers_a_line_and_the_dots_to_write_on_are_left_out(line: str) -> None:
    assert [one.text for one in questions_in(line)] == ["Số buổi"]


def test_columns_stand_under_the_heading_above_them_and_keep_their_keys() -> None:
    text = "Học sinh:\nSố nam [số nguyên]\nSố nữ [số nguyên]\nGiáo viên:\nSố nam [số nguyên]"
    columns = table_columns(text)
    assert [one.name for one in columns] == ["Học sinh · Số nam", "Học sinh · Số nữ", "Giáo viên · Số nam"]
    moved = table_columns("Giáo viên:\nSố nam\nHọc sinh:\nSố nam", columns)
    assert [one.key for one in moved] == [columns[2].key, columns[0].key]
    assert table_columns(columns_as_text(columns), columns) == columns


def test_words_to_choose_one_of_stand_at_the_end_of_a_column() -> None:
    line = "Số buổi (buổi)\nHình thức [chọn: Trực tiếp; Trực tuyến]"
    numbers, chosen = table_columns(line)
    assert (chosen.label, chosen.kind, chosen.choices) == ("Hình thức", "text", ("Trực tiếp", "Trực tuyến"))
    assert (numbers.choices, list_columns(line)[1].choices) == ((), ("Trực tiếp", "Trực tuyến"))
    assert columns_as_text([numbers, chosen]) == line


def test_blank_lines_are_no_questions() -> None:
    assert list(questions_in("\n \n…\n")) == []


def test_rows_stand_under_the_heading_above_them() -> None:
    rows = table_rows("Trực tiếp:\nTruyền thanh\nHọp tổ\nTrên mạng:\nZalo")
    assert [(row.label, row.group) for row in rows] == [
        ("Truyền thanh", "Trực tiếp"),
        ("Họp tổ", "Trực tiếp"),
        ("Zalo", "Trên mạng"),
    ]


words = st.text("abcđê ", min_size=1, max_size=8).filter(str.strip).map(lambda text: " ".join(text.split()))


@given(st.lists(st.tuples(words, st.sampled_from(["whole", "decimal", "text"])), min_size=1, max_size=4))
def test_columns_written_as_lines_read_back(columns: list[tuple[str, str]]) -> None:
    made = tuple(TableColumn(str(at), f"{label} {at}", kind) for at, (label, kind) in enumerate(columns, 1))
    read = table_columns(columns_as_text(made), made)
    assert [(one.key, one.label, one.kind) for one in read] == [(one.key, one.label, one.kind) for one in made]


@given(st.lists(st.tuples(words, st.sampled_from(["", "Nhóm một", "Nhóm hai"])), min_size=1, max_size=6))
def test_rows_under_headings_written_as_lines_read_back(rows: list[tuple[str, str]]) -> None:
    ordered = sorted(rows, key=lambda row: row[1])  # a row without a heading cannot follow one that has
    made = tuple(RowDraft(str(at), f"{label} {at}", group) for at, (label, group) in enumerate(ordered, 1))
    assert table_rows(rows_as_lines(made), made) == made


def test_a_column_keeps_its_key_when_it_is_moved_or_reworded() -> None:
    before = (Column("a", "Tên lớp"), Column("b", "Số người", "whole", "người"))
    assert [one.key for one in list_columns("Số người\nTên lớp", before)] == ["b", "a"]
    assert [one.key for one in list_columns("Tên lớp học\nSố người", before)] == ["a", "b"]
    assert [one.key for one in list_columns("Tên lớp\nNgày\nSố người", before)] == ["a", "1", "b"]


FORM = FormDraft(
    "",
    (
        QuestionDraft("Số buổi", counted_in="buổi", code="1"),
        SectionDraft("II", "2"),
        TableDraft("Bảng", (TableColumn("n", "Số"),), (RowDraft("1", "x"),), code="3"),
        QuestionDraft("Khó khăn", kind="text", group_codes=frozenset({"communes"}), code="4"),
    ),
    (Check(Relation.AT_MOST, ("1", "3.1.n")),),
)


@given(st.lists(st.tuples(st.sampled_from(["up", "down", "duplicate"]), st.sampled_from("1234")), max_size=8))
def test_no_step_but_removal_loses_an_item(steps: list[tuple[str, str]]) -> None:
    form = FORM
    for verb, code in steps:
        form = STEPS[verb](form, code)
    codes = [item.code for item in form.items]
    assert set("1234") <= set(codes)
    assert len(codes) == len(set(codes))


def test_removing_a_question_removes_the_checks_on_it() -> None:
    assert STEPS["remove"](FORM, "3").checks == ()


def test_a_check_on_something_that_is_not_asked_is_not_kept() -> None:
    assert with_check(FORM, Check(Relation.AT_MOST, ("1", "99"))).checks == FORM.checks


def test_the_mark_of_an_item_changes_with_it() -> None:
    changed = put(FORM, QuestionDraft("Số cuộc", code="1"))
    assert mark(item_of(FORM, "1")) != mark(item_of(changed, "1"))
    assert mark(item_of(FORM, "4")) == mark(item_of(changed, "4"))


KINDS_OF = {"communes": {"commune", "ward"}, "schools": {"primary-school"}}


def test_a_kind_of_unit_is_asked_what_is_for_everybody_and_for_its_groups() -> None:
    assert asked_of(FORM, "ward", KINDS_OF) == {"1", "3.1.n", "4"}
    assert asked_of(FORM, "press", KINDS_OF) == {"1", "3.1.n"}
    assert minutes(FORM, {"1", "4"}) == 5


@pytest.mark.parametrize(
    ("question", "doubt"),
    [
        (QuestionDraft("Khác", kind="text", group_codes=frozenset({"schools"}), code="9"), Doubt.NOBODY),
        (QuestionDraft("SỐ BUỔI", counted_in="buổi", code="9"), Doubt.TWICE),
        (QuestionDraft("Khác", counted_in="buổi", measure="mean", code="9"), Doubt.MEAN_OF_COUNT),
        (QuestionDraft("Khác", kind="decimal", counted_in="%", code="9"), Doubt.SUM_OF_SHARES),
        (QuestionDraft("Khác", code="9"), Doubt.NO_UNIT),
        (QuestionDraft("Khác", kind="rows", code="9"), Doubt.NO_COLUMNS),
        (TableDraft("Khác", (), (), code="9"), Doubt.EMPTY_TABLE),
    ],
)
def test_what_looks_wrong_is_pointed_out(question: QuestionDraft, doubt: Doubt) -> None:
    found = doubts(put(FORM, question), kinds_of=KINDS_OF, kinds=["ward"])
    assert [one.doubt for one in found if one.code == item_of(put(FORM, question), "5").code] == [doubt]  # type: ignore[union-attr]


def test_a_good_form_raises_no_doubt() -> None:
    good = FormDraft("", (FORM.items[0], FORM.items[3]))
    assert doubts(good, kinds_of=KINDS_OF, kinds=["ward"]) == []
