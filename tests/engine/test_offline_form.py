"""A form filled in without a network: written, filled in, saved by other programs, read back, refused."""

import io
import shutil
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from string import printable

import docx
import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from offline_forms import (
    CLASSES,
    FORM,
    SECRET,
    STARTED,
    cell_of,
    head_of,
    in_workbook,
    through_an_office,
    typed_into,
    written_into,
)
from openpyxl.workbook import Workbook

from lachan.engine.offline_form import FilledIn, NotTaken, OfflineForm, Reason, read_filled, to_docx, to_xlsx

CASES = Path(__file__).parent / "cases" / "offline_form"
FILLED = {"1": "15", "2": "37,5", "310": "1.250", "5": "Thiếu loa, thiếu người."}
ROWS: list[list[object]] = [["Lớp ở thôn Đông", 40, "Trực tiếp"], ["Lớp ở thôn Đoài", 35, "Trực tuyến"]]
READ = {
    "1": "15",
    "2": "37,5",
    "310": "1250",
    "4": "Lớp ở thôn Đông | 40 | Trực tiếp\nLớp ở thôn Đoài | 35 | Trực tuyến",
    "5": "Thiếu loa, thiếu người.",
}
Make = Callable[[OfflineForm, bytes], bytes]
both = pytest.mark.parametrize("make", [to_xlsx, to_docx])


def read(data: bytes, form: OfflineForm = FORM) -> FilledIn:
    return read_filled(data, form, SECRET)


def refused(data: bytes, form: OfflineForm = FORM) -> Reason:
    with pytest.raises(NotTaken) as no:
        read(data, form)
    return no.value.reason_code


def problems(answers: Mapping[str, object], rows: list[list[object]] | None = None) -> list[str]:
    return [str(one.sentence) for one in read(typed_into(to_xlsx(FORM, SECRET), answers, rows)).problems]


@both
def test_a_file_as_it_was_made_changes_nothing(make: Make) -> None:
    assert read(make(STARTED, SECRET), STARTED) == FilledIn(7, {}, ())


@both
def test_the_same_form_gives_the_same_bytes(make: Make) -> None:
    assert make(STARTED, SECRET) == make(STARTED, SECRET)


def test_a_workbook_filled_in_is_read() -> None:
    typed = read(typed_into(to_xlsx(FORM, SECRET), {"1": 15, "2": 37.5, "310": "1.250", "5": FILLED["5"]}, ROWS)).typed
    assert typed == READ


def test_a_document_filled_in_is_read() -> None:
    assert read(written_into(to_docx(FORM, SECRET), FILLED, ROWS)).typed == READ


def test_only_what_was_touched_is_read() -> None:
    data = typed_into(to_xlsx(STARTED, SECRET), {"300": 4})
    assert read(data, STARTED).typed == {"300": "4"}


def test_an_answer_taken_out_is_read_as_blank() -> None:
    data = typed_into(to_xlsx(STARTED, SECRET), {"1": None})
    assert read(data, STARTED).typed == {"1": ""}


# what stands in the answers: whatever somebody typed comes out of a file as it went in

_WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40) | st.text(printable, max_size=40)
_NUMBERS = st.integers(0, 10**15 - 1).map(str) | st.decimals(0, 10**6, places=3).map(lambda n: str(n).replace(".", ","))
_ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        "1": _NUMBERS | _WORDS,
        "2": _NUMBERS | _WORDS,
        "301": _NUMBERS,
        "4": st.lists(st.tuples(_WORDS, _NUMBERS, _WORDS), max_size=3).map(
            lambda rows: "\n".join("|".join(r) for r in rows)
        ),
        "5": _WORDS,
    },
)


@both
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(answers=_ANSWERS)
def test_whatever_stands_in_the_answers_comes_out_as_it_went_in(make: Make, answers: dict[str, str]) -> None:
    form = replace(FORM, answers=answers)
    assert read(make(form, SECRET), form).typed == {}


# the workbook: what may be typed, and what it shows


def opened(form: OfflineForm = FORM) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(to_xlsx(form, SECRET)))


def test_only_answers_can_be_typed_into() -> None:
    book = opened()
    page = book.worksheets[0]
    open_cells = {cell.coordinate for row in page.iter_rows() for cell in row if not cell.protection.locked}
    keys = [ask.key for ask in FORM.asks() if ask.key != "4"]
    assert page.protection.sheet
    assert {cell_of(book, key) for key in keys} <= open_cells
    assert cell_of(book, "1").replace("D", "C") not in open_cells


def test_the_unit_and_the_due_time_stand_at_the_head() -> None:
    shown = [str(row[1].value) for row in opened().worksheets[0].iter_rows(max_row=4)]
    assert shown[1] == "Đơn vị báo cáo: UBND xã Gò Cao"
    assert shown[3] == "Hạn báo cáo: 17 giờ 00 ngày 05/04/2025"


def test_a_choice_is_a_drop_down() -> None:
    book = opened()
    rules = {str(rule.sqref): rule for sheet in book.worksheets[:2] for rule in sheet.data_validations.dataValidation}
    listed = [rule for rule in rules.values() if rule.type == "list"]
    hidden = book["Khóa"]
    assert [rule.formula1 for rule in listed] == ["'Khóa'!$B$1:$B$3", "'Khóa'!$C$1:$C$3"]
    assert [cell.value for cell in hidden["C"][:3]] == list(CLASSES.columns[2].choices)


def test_a_number_is_judged_as_it_is_typed() -> None:
    book = opened()
    rules = {str(rule.sqref): rule for rule in book.worksheets[0].data_validations.dataValidation}
    share = rules[cell_of(book, "2")]
    assert (share.type, share.formula1, share.formula2) == ("decimal", "0", "100")
    assert share.error == "Nhập số từ 0 đến 100."


def test_sums_are_formulas_that_keep_their_results() -> None:
    data = to_xlsx(STARTED, SECRET)
    written, kept = (openpyxl.load_workbook(io.BytesIO(data), data_only=only).worksheets[0] for only in (False, True))
    below = next(row for row in range(1, 60) if written.cell(row, 2).value == "Tổng cộng")
    assert str(written.cell(below, 4).value).startswith("=IF(COUNT(")
    assert [kept.cell(below, column).value for column in (4, 5)] == [3, 1250]


@pytest.mark.parametrize("name", ["", "saved_by_libreoffice.docx", "through_old_word.docx"])
def test_the_document_keeps_the_merged_cells_of_the_table(name: str) -> None:
    data = (CASES / name).read_bytes() if name else to_docx(FORM, SECRET)
    table = docx.Document(io.BytesIO(data)).tables[1]
    above, below = ([cell.text for cell in row.cells] for row in list(table.rows)[:2])
    assert above == ["STT", "Nội dung", "Kết quả", "Kết quả", "Ghi chú"]
    assert below == ["STT", "Nội dung", "Số buổi", "Số người tham dự (người)", "Ghi chú"]
    merged = [row.cells[0].text for row in table.rows if len({cell._tc for cell in row.cells}) == 1]
    assert merged == ["Trực tiếp", "Trên mạng"]


@pytest.mark.parametrize("name", ["", "saved_by_libreoffice.xlsx"])
def test_the_workbook_keeps_the_merged_cells_of_the_table(name: str) -> None:
    data = (CASES / name).read_bytes() if name else to_xlsx(FORM, SECRET)
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    merged = {str(sheet[area.coord.split(":")[0]].value): area.size for area in sheet.merged_cells.ranges}
    assert merged["Kết quả"] == {"columns": 2, "rows": 1}
    assert merged["Ghi chú"] == {"columns": 1, "rows": 2}
    assert merged["Trực tiếp"] == {"columns": 5, "rows": 1}


# what is wrong, cell by cell


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({"1": "ba"}, "Ô D9 (Số buổi tuyên truyền): “ba” không phải là số nguyên."),
        ({"1": 12.5}, "Ô D9 (Số buổi tuyên truyền): “12,5” không phải là số nguyên."),
        ({"1": -3}, "Ô D9 (Số buổi tuyên truyền): “-3” nhỏ hơn 0. Chỉ nhận số từ 0 trở lên."),
        (
            {"2": "1.250"},
            "Ô D10 (Tỷ lệ hộ dân được tuyên truyền): “1.250” có thể hiểu là 1.250 hoặc 1,25. Ghi lại cho rõ.",
        ),
        ({"2": "nhiều"}, "Ô D10 (Tỷ lệ hộ dân được tuyên truyền): “nhiều” không phải là số."),
        ({"6": "Được"}, "Ô B32 (Mức độ hoàn thành): “Được” không có trong danh sách để chọn."),
        (
            {"1": datetime(2025, 4, 3)},  # noqa: DTZ001  as Excel keeps it
            "Ô D9 (Số buổi tuyên truyền): phần mềm bảng tính đã đổi số thành ngày 03/04/2025. "
            "Ghi lại số ở ô này; ô không được lấy vào.",
        ),
        (
            {"1": "=A1"},
            "Ô D9 (Số buổi tuyên truyền): công thức chưa có kết quả nên không được lấy vào. "
            "Mở tệp bằng Excel hoặc LibreOffice, lưu lại rồi đưa lên, hoặc ghi thẳng số.",
        ),
    ],
)
def test_a_cell_that_cannot_be_counted_is_told(answers: dict[str, object], sentence: str) -> None:
    assert problems(answers) == [sentence]


def test_a_cell_of_a_list_is_told_by_its_sheet() -> None:
    assert problems({}, [["Lớp A", "ba", ""]]) == [
        "Trang “Danh sách 1”, ô D5 (Số người): “ba” không phải là số nguyên."
    ]


def test_a_row_without_what_it_must_have_is_told() -> None:
    assert problems({}, [["Lớp A", 3, ""], ["", 5, ""]]) == [
        "Trang “Danh sách 1”, ô C6 (Tên lớp): chưa điền, trong khi dòng này đã có nội dung."
    ]


def test_in_a_document_the_table_and_the_row_are_told() -> None:
    found = read(written_into(to_docx(FORM, SECRET), {"1": "ba"})).problems
    assert [str(one.sentence) for one in found] == [
        "Bảng 1, dòng 2, cột 3 (Số buổi tuyên truyền): “ba” không phải là số nguyên."
    ]


def test_a_wrong_number_is_kept_as_it_was_typed() -> None:
    assert read(typed_into(to_xlsx(FORM, SECRET), {"1": "ba"})).typed == {"1": "ba"}


def test_a_sentence_can_be_put_into_another_language() -> None:
    problem = read(typed_into(to_xlsx(FORM, SECRET), {"1": "ba"})).problems[0]
    english = problem.sentence.translated(lambda words: {"Ô %(cell)s": "Cell %(cell)s"}.get(words, words))
    assert english.startswith("Cell D9 (")


# what people and programs do to files


def test_an_answer_of_a_formula_counts_by_its_result() -> None:
    typed = read((CASES / "with_a_formula.xlsx").read_bytes())
    assert typed.typed == {"1": "30"}


def test_a_number_with_spaces_that_do_not_break_is_read() -> None:
    assert read(typed_into(to_xlsx(FORM, SECRET), {"1": "1\u00a0250"})).typed == {"1": "1250"}


def test_a_share_typed_with_its_sign_is_read() -> None:
    def fill(book: Workbook) -> None:
        cell = book.worksheets[0][cell_of(book, "2")]
        cell.value, cell.number_format = 0.125, "0.00%"

    assert read(in_workbook(to_xlsx(FORM, SECRET), fill)).typed == {"2": "12,5"}


def test_a_renamed_sheet_and_rows_put_into_a_list_do_no_harm() -> None:
    def fill(book: Workbook) -> None:
        sheet = book.worksheets[1]
        book.worksheets[0].title, sheet.title = "Nộp", "Lớp"
        first = head_of(sheet) + 1
        sheet.insert_rows(first, 2)
        sheet.cell(first + 1, 3).value = "Lớp chèn"

    typed = read(in_workbook(to_xlsx(STARTED, SECRET), fill), STARTED).typed
    assert typed["4"].splitlines()[0] == "Lớp chèn |  | "
    assert len(typed["4"].splitlines()) == 3


def without_tags(data: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"<w:tag ", b"<w:gone "))
    return out.getvalue()


def test_a_document_without_its_tags_is_read_by_place() -> None:
    assert read(without_tags(written_into(to_docx(FORM, SECRET), FILLED, ROWS))).typed == READ


def with_a_row_more(data: bytes) -> bytes:
    document = docx.Document(io.BytesIO(data))
    document.tables[1].add_row()
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_a_table_with_a_row_more_is_read_by_its_tags() -> None:
    assert read(with_a_row_more(written_into(to_docx(FORM, SECRET), {"310": "5"}))).typed == {"310": "5"}


def test_a_table_with_a_row_more_and_no_tags_is_refused() -> None:
    assert refused(without_tags(with_a_row_more(to_docx(FORM, SECRET)))) is Reason.RESHAPED


@pytest.mark.parametrize("name", ["saved_by_libreoffice.xlsx", "saved_by_libreoffice.docx", "through_old_word.docx"])
def test_a_file_that_another_office_saved_is_read(name: str) -> None:
    assert read((CASES / name).read_bytes()) == FilledIn(7, READ, ())


office = pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")


@office
@pytest.mark.parametrize(
    "kinds", [("xlsx", "xlsx"), ("xlsx", "ods", "xlsx"), ("docx", "docx"), ("docx", "doc", "docx")]
)
def test_a_file_is_read_after_libreoffice_has_saved_it(kinds: tuple[str, ...], tmp_path: Path) -> None:
    filled = (
        typed_into(to_xlsx(FORM, SECRET), {"1": 15, "2": 37.5, "310": "1.250", "5": FILLED["5"]}, ROWS)
        if kinds[0] == "xlsx"
        else written_into(to_docx(FORM, SECRET), FILLED, ROWS)
    )
    assert read(through_an_office(filled, tmp_path, *kinds)) == FilledIn(7, READ, ())


# files that are not taken


@both
@pytest.mark.parametrize(
    ("other", "reason"),
    [
        ({"unit_code": "99102"}, Reason.OTHER_UNIT),
        ({"reference": "13"}, Reason.OTHER_REPORT),
        ({"version": 3}, Reason.OTHER_VERSION),
    ],
)
def test_a_file_of_something_else_is_refused(make: Make, other: dict[str, object], reason: Reason) -> None:
    assert refused(make(FORM, SECRET), replace(FORM, **other)) is reason  # type: ignore[arg-type]


@both
def test_a_file_made_with_another_secret_is_refused(make: Make) -> None:
    assert refused(make(FORM, b"another")) is Reason.TAMPERED


def test_a_workbook_with_its_marks_changed_is_refused() -> None:
    def swap(book: Workbook) -> None:
        sheet = book.worksheets[0]
        first, second = (cell_of(book, key).replace("D", "A") for key in ("1", "2"))
        sheet[first], sheet[second] = "2", "2"

    assert refused(in_workbook(to_xlsx(FORM, SECRET), swap)) is Reason.TAMPERED


def test_a_part_given_to_somebody_else_is_refused() -> None:
    assert refused(to_xlsx(FORM, SECRET), FORM.only({"1"})) is Reason.OTHERS_PART


@both
def test_a_colleagues_part_is_read_by_who_may_fill_in_all(make: Make) -> None:
    part = FORM.only({"1", "310", "4"})
    assert read(make(part, SECRET)) == FilledIn(7, {}, ())


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", Reason.UNREADABLE),
        (b"%PDF-1.7", Reason.UNREADABLE),
        (b"PK\x03\x04 damaged", Reason.UNREADABLE),
        (b"\xd0\xcf\x11\xe0 an old workbook", Reason.OLD),
        (b"0" * (10 * 10**6 + 1), Reason.TOO_LARGE),
    ],
)
def test_what_is_no_form_is_refused(data: bytes, reason: Reason) -> None:
    assert refused(data) is reason


def test_a_workbook_of_ones_own_is_refused() -> None:
    out = io.BytesIO()
    openpyxl.Workbook().save(out)
    assert refused(out.getvalue()) is Reason.FOREIGN
