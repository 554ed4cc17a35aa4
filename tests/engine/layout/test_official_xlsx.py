"""What to_xlsx writes: figures as numbers, text as text, ready to print."""

import io
from decimal import Decimal

import official_samples as samples
import pytest
from openpyxl import Workbook, load_workbook

from lachan.engine.layout import Column, GroupRow, Row, SheetTable, Table, to_xlsx

HOSTILE = (
    "=1+1",
    "+84912",
    "-2",
    "@SUM(A1)",
    '=HYPERLINK("http://x")',
    "{=1}",
    "\t=1",
    "https://example.vn",
    "0123",
    "'=1",
)
WIDE = samples.report(30).annexes[0].blocks[0]


def workbook(*sheets: SheetTable) -> Workbook:
    return load_workbook(io.BytesIO(to_xlsx(sheets)))


def column(label: str, *cells: str | int | Decimal | None) -> Table:
    return Table((Column(label, "number"),), tuple(Row((cell,)) for cell in cells))


@pytest.mark.parametrize("text", HOSTILE)
def test_text_never_becomes_a_formula_a_link_or_a_number(text: str) -> None:
    sheet = workbook(SheetTable("Bảng", Table((Column(text),), (Row((text,)),), caption=text))).active
    values = [sheet.cell(row, 1) for row in (1, 2, 3)]
    assert {(cell.data_type, cell.value) for cell in values} == {("s", text.strip())}
    assert all(cell.hyperlink is None for cell in values)


def test_figures_are_numbers_and_a_missing_one_is_empty() -> None:
    sheet = workbook(SheetTable("Bảng", column("Lượt", 0, 1250, Decimal("12.5"), None))).active
    assert [sheet.cell(row, 1).value for row in range(2, 6)] == [0, 1250, 12.5, None]
    assert [sheet.cell(row, 1).number_format for row in range(2, 5)] == ["#,##0", "#,##0", "#,##0.0"]


def test_the_head_is_merged_frozen_and_printed_on_each_page() -> None:
    sheet = workbook(SheetTable("Số liệu", WIDE, title=("BIỂU SỐ LIỆU", "Tháng 12/2026"), landscape=True)).active
    assert {"A1:H1", "A3:A5", "C3:D3", "E3:G3", "E4:F4", "G4:G5"} <= {str(area) for area in sheet.merged_cells.ranges}
    assert sheet.freeze_panes == "C6"
    assert sheet.print_title_rows == "$3:$5"
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == (
        9,
        "landscape",
        0,
    )


def test_the_total_stands_last_and_bold() -> None:
    sheet = workbook(SheetTable("Số liệu", WIDE)).active
    assert (sheet.cell(sheet.max_row, 2).value, sheet.cell(sheet.max_row, 2).font.bold) == ("Tổng cộng", True)


def test_a_group_of_rows_and_the_unit_of_measure_span_the_table() -> None:
    table = Table(
        (Column("STT", "index"), Column("Đơn vị")), (GroupRow("Khối xã"), Row(("1", "Xã A"))), unit_note="lượt"
    )
    sheet = workbook(SheetTable("Bảng", table)).active
    assert {str(area) for area in sheet.merged_cells.ranges} == {"A1:B1", "A3:B3"}
    assert [sheet.cell(row, 1).value for row in range(1, 5)] == ["lượt", "STT", "Khối xã", "1"]


def test_sheet_names_are_made_fit_and_unlike() -> None:
    names = ("Xã A/B", "xã a b", "", "'[]:*?'", "Đ" * 40, "Đ" * 40)
    assert workbook(*(SheetTable(name, column("x", 1)) for name in names)).sheetnames == [
        "Xã A B", "xã a b (2)", "Bảng", "Bảng (2)", "Đ" * 31, "Đ" * 27 + " (2)",
    ]  # fmt: skip


def test_the_same_tables_give_the_same_bytes() -> None:
    assert to_xlsx((SheetTable("Số liệu", WIDE),)) == to_xlsx((SheetTable("Số liệu", WIDE),))


def test_a_workbook_without_tables_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one"):
        to_xlsx(())
