"""Tables that people bring: workbooks and CSV files, and what is refused."""

import io
import zipfile

import pytest
from workbooks import with_a_formula, workbook

from lachan.engine.tables import Reason, Remark, Unreadable, read_sheets

ROWS = [["A1", "Trường A", "thpt", "Sở"], [None, "Trường B", None, "Sở"]]


def texts(data: bytes) -> list[list[str]]:
    return [[cell.text for cell in line.cells] for line in read_sheets(data)[0].lines]


def refused(data: bytes) -> Reason:
    with pytest.raises(Unreadable) as no:
        read_sheets(data)
    return no.value.reason_code


def test_a_workbook_is_read_as_text() -> None:
    assert texts(workbook(ROWS))[1:] == [["A1", "Trường A", "thpt", "Sở"], ["", "Trường B", "", "Sở"]]


def test_a_merged_value_counts_for_every_row_it_covers_and_says_so() -> None:
    sheet = read_sheets(workbook(ROWS, touch=lambda s: s.merge_cells("C2:C3")))[0]
    below = sheet.lines[2].cells[2]
    assert (below.text, below.remark) == ("thpt", Remark.MERGED)
    assert sheet.lines[1].cells[2].remark is None


def test_a_merged_title_across_stands_in_its_first_column() -> None:
    data = workbook([["", "", "", ""]], headings=["DANH SÁCH", "", "", ""], touch=lambda s: s.merge_cells("A1:D1"))
    assert texts(data) == [["DANH SÁCH", "", "", ""]]


def test_a_formula_without_a_result_is_told() -> None:
    def sum_up(sheet) -> None:
        sheet["B2"] = "=A2&C2"

    cell = read_sheets(workbook(ROWS, touch=sum_up))[0].lines[1].cells[1]
    assert (cell.text, cell.remark) == ("", Remark.NO_RESULT)


def test_a_formula_gives_the_result_the_file_keeps() -> None:
    cell = read_sheets(with_a_formula("Trường A"))[0].lines[1].cells[1]
    assert (cell.text, cell.remark) == ("Trường A", Remark.FORMULA)


def test_a_hidden_row_is_told() -> None:
    def hide(sheet) -> None:
        sheet.row_dimensions[3].hidden = True

    assert [line.hidden for line in read_sheets(workbook(ROWS, touch=hide))[0].lines] == [False, False, True]


def test_a_code_keeps_the_zeros_its_format_shows() -> None:
    def number(sheet) -> None:
        sheet["A2"], sheet["A2"].number_format = 123, "00000"

    assert texts(workbook(ROWS, touch=number))[1][0] == "00123"


def test_a_hidden_sheet_is_passed_over() -> None:
    def more(sheet) -> None:
        sheet.parent.create_sheet("Ẩn").sheet_state = "hidden"

    assert len(read_sheets(workbook(ROWS, touch=more))) == 1


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_csv_file_is_read_however_it_is_cut(mark: bytes, delimiter: str) -> None:
    lines = [["Mã", "Tên đơn vị"], ["A1", "Trường A"], ["A2", '"Trường B"']]
    assert texts(mark + "\r\n".join(delimiter.join(line) for line in lines).encode()) == [
        ["Mã", "Tên đơn vị"],
        ["A1", "Trường A"],
        ["A2", "Trường B"],
    ]


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 50_000_000)
    return out.getvalue()


def with_part(name: str, content: bytes) -> bytes:
    out = io.BytesIO(workbook(ROWS))
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(name, content)
    return out.getvalue()


ENTITIES = b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", Reason.EMPTY),
        (b"\n\n ,\n", Reason.EMPTY),
        ("Mâ;Tên\nA;Trươ`ng".encode("cp1258"), Reason.ENCODING),
        ("M·;Tªn ®¬n vÞ\n1;Tr­êng".encode("latin-1"), Reason.ENCODING),
        (b"MZ\x90\x00\x03", Reason.UNKNOWN),
        (b"%PDF-1.7", Reason.UNKNOWN),
        (b"a,b\x00c", Reason.UNKNOWN),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", Reason.OLD_OR_LOCKED),
        (workbook(ROWS)[:800], Reason.DAMAGED),
        (bomb(), Reason.BOMB),
        (with_part("xl/vbaProject.bin", b"x"), Reason.MACROS),
        (with_part("xl/extra.xml", ENTITIES), Reason.BOMB),
        (b"x" * 10_000_001, Reason.TOO_LARGE),
        ("a,b\n" * 10_100, Reason.TOO_LONG),
    ],
)
def test_what_is_no_table_is_refused(data: bytes | str, reason: Reason) -> None:
    assert refused(data.encode() if isinstance(data, str) else data) == reason


def test_a_sheet_formatted_to_the_last_row_is_refused() -> None:
    def far(sheet) -> None:
        sheet["A60000"] = "x"

    assert refused(workbook(ROWS, touch=far)) == Reason.TOO_LONG


def test_a_word_file_is_no_workbook() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<document/>")
    assert refused(out.getvalue()) == Reason.UNKNOWN
