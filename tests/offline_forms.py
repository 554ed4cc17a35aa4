"""A form with everything in it, and hands to fill its files in as an officer does: used by the tests of `offline_form`."""

import io
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import docx
import openpyxl
from docx.oxml.ns import qn
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from lachan.engine.answers import Column, Kind
from lachan.engine.offline_form import Ask, Grid, GridRow, OfflineForm, Section
from lachan.engine.offline_form.marks import ANSWER, INDEX, LABEL, LIST, MARKS, WORDS

SECRET = b"a secret of the tests"
HEADS = ("Số buổi", "Số người tham dự (người)", "Ghi chú")
OVER = ("Kết quả", "Kết quả", "")
GROUPS = {"Trẻ em, học sinh": "Trực tiếp", "Người cao tuổi": "", "Nhóm Zalo của thôn": "Trên mạng"}
GRID = Grid(
    "Kết quả theo đối tượng",
    HEADS,
    tuple(
        GridRow(
            label,
            tuple(
                None
                if (row, column) == (1, 1)
                else Ask(f"3{row}{column}", f"{label} · {head}", Kind.TEXT if column == 2 else Kind.WHOLE)
                for column, head in enumerate(HEADS)
            ),
            group,
        )
        for row, (label, group) in enumerate(GROUPS.items())
    ),
    help_text="Buổi lồng ghép nhiều hình thức thì ghi ở hình thức chính.",
    sum_row=True,
    groups=OVER,
)
CLASSES = Ask(
    "4",
    "Lớp tập huấn đã mở",
    Kind.ROWS,
    columns=(
        Column("ten", "Tên lớp", required=True),
        Column("nguoi", "Số người", "whole", "người"),
        Column("hinh", "Hình thức", choices=("Trực tiếp", "Trực tuyến", "Kết hợp, cả hai")),
    ),
)
FORM = OfflineForm(
    title="Biểu mẫu báo cáo kết quả tuyên truyền phòng, chống lừa đảo",
    unit="UBND xã Gò Cao",
    reference="12",
    unit_code="99101",
    version=2,
    sections=(
        Section(
            "I. Số liệu chung",
            (
                Ask("1", "Số buổi tuyên truyền", counted_in="buổi", help_text="Gồm cả buổi lồng ghép."),
                Ask("2", "Tỷ lệ hộ dân được tuyên truyền", Kind.DECIMAL, "%", maximum=Decimal(100)),
            ),
        ),
        Section("II. Theo đối tượng", (GRID, CLASSES)),
        Section(
            "III. Nhận xét",
            (
                Ask("5", "Khó khăn, vướng mắc", Kind.TEXT),
                Ask("6", "Mức độ hoàn thành", Kind.TEXT, choices=("Tốt", "Khá", "Chưa đạt")),
            ),
        ),
    ),
    facts=(("Chiến dịch", "Cao điểm 2025"), ("Hạn báo cáo", "17 giờ 00 ngày 05/04/2025")),
    revision=7,
)
STANDS = {
    "1": "12",
    "2": "12,5",
    "300": "3",
    "301": "1.250",
    "4": "Lớp A | 30 | Trực tiếp\nLớp B | 25 | Kết hợp, cả hai",
    "5": "Thiếu loa.\nCần tập huấn.",
    "6": "Khá",
}
STARTED = replace(FORM, answers=STANDS)

Rows = list[list[object]]


def in_workbook(data: bytes, do: Callable[[Workbook], object]) -> bytes:
    """The workbook after somebody did something in it."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    do(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def cell_of(book: Workbook, key: str) -> str:
    """Where an answer stands on the first sheet: "D9"."""
    sheet = book.worksheets[0]
    for row in range(1, sheet.max_row + 1):
        mark = str(sheet.cell(row, MARKS + 1).value or "")
        keys = mark.removeprefix(WORDS).split("|")
        if key in keys:
            first = INDEX if mark.startswith(WORDS) else ANSWER
            return str(sheet.cell(row, first + keys.index(key) + 1).coordinate)
    raise KeyError(key)


def typed_into(data: bytes, answers: Mapping[str, object], rows: Rows | None = None) -> bytes:
    """The workbook with `answers` typed by key, and `rows` in its first list."""

    def fill(book: Workbook) -> None:
        for key, value in answers.items():
            book.worksheets[0][cell_of(book, key)] = value  # type: ignore[assignment]
        for at, row in enumerate(rows or ()):
            for column, value in enumerate(row):
                book.worksheets[1].cell(head_of(book.worksheets[1]) + 1 + at, LABEL + 1 + column).value = value  # type: ignore[assignment]

    return in_workbook(data, fill)


def head_of(sheet: Worksheet) -> int:
    """The row of the heads of a list."""
    return next(row for row in range(1, 20) if str(sheet.cell(row, MARKS + 1).value or "").startswith(LIST))


def written_into(data: bytes, answers: Mapping[str, str], rows: Rows | None = None) -> bytes:
    """The document with `answers` written into its controls by key, and `rows` into its list."""
    document = docx.Document(io.BytesIO(data))
    controls = list(document.element.body.iter(qn("w:sdt")))
    for control in controls:
        tag = next((one.get(qn("w:val")) for one in control.iter(qn("w:tag"))), "")
        if tag.removeprefix("q") in answers:
            _write(control, answers[tag.removeprefix("q")])
    table = next(one for one in document.tables if one.cell(0, 1).text == "Tên lớp")
    for line, row in zip(list(table.rows)[1:], rows or (), strict=False):
        for control, value in zip(line._tr.iter(qn("w:sdt")), row, strict=True):
            _write(control, str(value))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _write(control: object, text: str) -> None:
    texts = list(control.iter(qn("w:t")))  # type: ignore[attr-defined]
    for one in texts:
        one.text = ""
    texts[0].text = text
    for hint in list(control.iter(qn("w:showingPlcHdr"))):  # type: ignore[attr-defined]
        hint.getparent().remove(hint)


def through_an_office(data: bytes, folder: Path, *kinds: str) -> bytes:
    """The file as LibreOffice saves it, opened from each of `kinds` and saved as the next."""
    path = folder / f"file.{kinds[0]}"
    path.write_bytes(data)
    for at, kind in enumerate(kinds[1:]):
        out = folder / str(at)
        profile = f"-env:UserInstallation=file://{folder}/profile"
        command = ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", str(out), str(path)]
        subprocess.run(command, check=True, capture_output=True, timeout=180)
        path = out / f"file.{kind}"
    return path.read_bytes()
