"""A list of units against the units there are: every row's verdict."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lachan.engine.tables import Cell, Line, Remark, Sheet
from lachan.engine.unit_list import FaultCode, Field, Judged, Known, KnownUnit, Verdict, find_table, judge

KINDS = {
    "upper-secondary-school": "trường trung học phổ thông",
    "hamlet": "thôn, xóm, bản, tổ dân phố",
    "department": "sở, ban, ngành",
}
HEADINGS = ("STT", "Tên đơn vị (*)", "Mã", "Loại hình", "Trực thuộc", "Điện thoại", "Họ và tên", "Email cán bộ")


def unit(key: int, name: str, parent: int | None, path: Sequence[int], **values: str) -> KnownUnit:
    known = {Field.NAME: name, Field.KIND: "sở, ban, ngành", **{Field(field): text for field, text in values.items()}}
    return KnownUnit(key, f"U{key}", name, name, "department", parent, (*path, key), known)


KNOWN = Known(
    root=1,
    units={
        one.key: one
        for one in (
            unit(1, "Tỉnh", None, []),
            unit(2, "Sở Giáo dục", 1, [1], phone="0237 111 222"),
            unit(3, "Sở Y tế", 1, [1]),
            unit(4, "Thôn 1", 2, [1, 2]),
            unit(5, "Thôn 1", 3, [1, 3]),
        )
    },
    kinds=KINDS,
    codes_elsewhere=frozenset({"x9"}),
)


def judged(*rows: Sequence[str | Cell], headings: Sequence[str] = HEADINGS, above: int = 0) -> list[Judged]:
    written = [["BÁO CÁO"]] * above + [list(headings), *map(list, rows)]
    cells = [tuple(one if isinstance(one, Cell) else Cell(one) for one in row) for row in written]
    table = find_table([Sheet("A", tuple(Line(at, row) for at, row in enumerate(cells, start=1)))])
    assert table is not None
    return judge(table.lines, table.columns, KNOWN)


def faults(one: Judged) -> list[FaultCode]:
    return [fault.code for fault in one.faults]


def test_headings_are_found_under_a_title_and_in_any_order() -> None:
    [row] = judged(["1", "THPT Lê Lợi", "L1", "THPT", "so giao duc"], above=3)
    assert (row.verdict, row.kind, row.parent, row.number) == (Verdict.NEW, "upper-secondary-school", 2, 5)


def test_a_sheet_without_headings_is_no_list() -> None:
    assert find_table([Sheet("A", (Line(1, (Cell("Tên"), Cell("Ghi chú"))),))]) is None


def test_what_is_there_already_is_unchanged() -> None:
    assert judged(["", "Sở Giáo dục", "U2", "sở", "", "0237 111 222"])[0].verdict == Verdict.SAME


def test_a_unit_without_a_code_is_known_by_its_name_and_parent() -> None:
    [row] = judged(["", "thon 1", "", "thôn", "Sở Y tế"])
    assert (row.unit, [change.field for change in row.changes]) == (5, [Field.NAME, Field.KIND])


def test_a_change_tells_before_and_after() -> None:
    [row] = judged(["", "Sở Giáo dục", "U2", "", "", "0237 999 999"])
    assert [(one.field, one.before, one.after) for one in row.changes] == [
        (Field.PHONE, "0237 111 222", "0237 999 999")
    ]


def test_an_empty_cell_changes_nothing() -> None:
    assert judged(["", "Sở Giáo dục", "u2"])[0].verdict == Verdict.SAME


def test_a_parent_may_stand_further_down() -> None:
    below, above = judged(["", "Thôn 9", "", "thôn", "Trường mới"], ["", "Trường mới", "", "thpt", ""])
    assert (below.parent_row, above.parent) == (3, 1)


def test_an_ambiguous_parent_lists_the_codes() -> None:
    [row] = judged(["", "Tổ 2", "", "tổ dân phố", "Thôn 1"])
    assert [(fault.code, fault.about) for fault in row.faults] == [(FaultCode.MANY_PARENTS, "U4, U5")]


def test_a_parent_is_told_apart_by_the_one_above_it() -> None:
    assert judged(["", "Tổ 2", "", "tổ dân phố", "thôn 1, Sở Y tế"])[0].parent == 5


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (["", "", "N1", "thpt"], FaultCode.NO_NAME),
        (["", "Mới", "", ""], FaultCode.NO_KIND),
        (["", "Mới", "", "nhà hát"], FaultCode.UNKNOWN_KIND),
        (["", "Mới", "", "thpt", "Sở Lạ"], FaultCode.UNKNOWN_PARENT),
        (["", "Mới", "X9", "thpt"], FaultCode.CODE_ELSEWHERE),
        (["", "Tỉnh", "U1"], FaultCode.ROOT_ITSELF),
        (["", "Sở Y tế", "N3", "sở"], FaultCode.NAMESAKE),
        (["", "Sở Giáo dục", "U2", "", "U4"], FaultCode.UNDER_ITSELF),
        (["", "Mới", "", "thpt", "", "gọi sau"], FaultCode.BAD_PHONE),
        (["", "Mới", "", "thpt", "", "", "An", "an tại sở"], FaultCode.BAD_EMAIL),
        (["", "Mới", "", "thpt", "", "", "", "an@x.vn"], FaultCode.PERSON_UNNAMED),
        (["", "M" * 201, "", "thpt"], FaultCode.TOO_LONG),
        (["", Cell("", Remark.NO_RESULT), "", "thpt"], FaultCode.NO_RESULT),
        (["", "Mới", "", Cell("#REF!", Remark.FAULT)], FaultCode.SHEET_FAULT),
    ],
)
def test_each_fault_is_the_only_one_said(row: list[str | Cell], fault: FaultCode) -> None:
    [found] = judged(row)
    assert (found.verdict, faults(found)) == (Verdict.FAULTY, [fault])


def test_two_rows_about_one_unit_leave_the_second_faulty() -> None:
    first, second = judged(["", "Sở Y tế mới", "U3"], ["", "Sở Y tế khác", "u3"])
    assert (first.verdict, faults(second)) == (Verdict.CHANGED, [FaultCode.TWICE])


def test_two_new_units_of_one_name_under_one_parent_leave_the_second_faulty() -> None:
    first, second = judged(["", "Mới", "", "thpt"], ["", "MỚI", "", "thpt"])
    assert (first.verdict, faults(second)) == (Verdict.NEW, [FaultCode.TWICE])


def test_a_row_under_a_faulty_one_is_faulty() -> None:
    rows = judged(["", "Mới", "", "nhà hát"], ["", "Thôn 9", "", "thôn", "Mới"], ["", "Thôn 8", "", "thôn", "Thôn 9"])
    assert [faults(row) for row in rows[1:]] == [[FaultCode.PARENT_FAULTY], [FaultCode.PARENT_FAULTY]]


def test_rows_under_one_another_in_a_circle_are_faulty() -> None:
    rows = judged(["", "A", "", "thpt", "B"], ["", "B", "", "thpt", "A"])
    assert {row.verdict for row in rows} == {Verdict.FAULTY}


CELL = st.sampled_from(["", "Sở Y tế", "Thôn 1", "A", "B", "U2", "U9", "thôn", "x9"])


@given(st.lists(st.tuples(st.just(""), CELL, CELL, CELL, CELL), max_size=8))
def test_every_row_gets_one_verdict_and_only_faultless_rows_would_be_written(rows: list[tuple[str, ...]]) -> None:
    found = judged(*rows)
    assert [one.number for one in found] == list(range(2, len(rows) + 2))
    by_number = {one.number: one for one in found}
    for one in found:
        assert (one.verdict == Verdict.FAULTY) == bool(one.faults)
        assert (one.verdict == Verdict.CHANGED) == bool(one.changes)
        if not one.faults and one.parent_row:
            assert by_number[one.parent_row].verdict == Verdict.NEW


@given(st.lists(st.tuples(st.just(""), CELL, CELL, CELL, CELL), max_size=8))
def test_no_two_faultless_rows_are_about_one_unit(rows: list[tuple[str, ...]]) -> None:
    units = [one.unit for one in judged(*rows) if not one.faults and one.unit]
    assert len(units) == len(set(units))
