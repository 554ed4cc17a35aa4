"""The report form as the annex of the owner's own letter: read back from the Word document and the PDF."""

import io
import os
from dataclasses import replace
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from cast import Cast
from docx import Document
from letters_made import CONTENT, a_draft

from lachan.engine.answers import Column
from lachan.engine.layout import to_docx, to_pdf
from lachan.engine.layout.check import check_docx
from lachan.engine.report_form import FormDraft, QuestionDraft, RowDraft, SectionDraft, TableColumn, TableDraft
from lachan.letters.composing import official
from lachan.letters.models import Letter
from lachan.portal.setup_letter import annex

pytestmark = pytest.mark.django_db
FORM = FormDraft(
    "Báo cáo kết quả tuyên truyền",
    (
        SectionDraft("I. Số liệu"),
        QuestionDraft("Số bài đã đăng", counted_in="bài", applies_to="cơ quan báo chí"),
        TableDraft(
            "Kết quả theo kênh",
            (TableColumn("b", "Số buổi", counted_in="buổi"), TableColumn("n", "Số lượng", counted_in="người")),
            (
                RowDraft("1", "Truyền thanh", "Trực tiếp"),
                RowDraft("2", "Họp thôn", "Trực tiếp"),
                RowDraft("3", "Zalo", "Trên mạng"),
            ),
            sum_row=True,
            sum_column=True,
            applies_to="UBND cấp xã",
        ),
        QuestionDraft(
            "Các lớp tập huấn đã mở",
            kind="rows",
            columns=(Column("t", "Tên lớp"), Column("n", "Số người", "whole", "người")),
        ),
        QuestionDraft("Khó khăn, vướng mắc", kind="text"),
    ),
)


@pytest.fixture
def letter(cast: Cast) -> Letter:
    body = f"{CONTENT.body}\nBáo cáo theo mẫu tại Phụ lục."
    return a_draft(cast, content=replace(CONTENT, body=body, **annex(FORM)))


def tables(letter: Letter) -> list[list[list[str]]]:
    document = Document(io.BytesIO(to_docx(official(letter))))
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in document.tables]


def test_questions_stand_in_one_table_with_their_units_and_whom_they_are_for(letter: Letter) -> None:
    asked = next(rows for rows in tables(letter) if rows[0][:2] == ["STT", "Nội dung"])
    assert asked[1:] == [
        ["1", "Số bài đã đăng", "bài", "", "Dành cho cơ quan báo chí"],
        ["2", "Khó khăn, vướng mắc", "", "", ""],
    ]


def test_a_table_with_fixed_rows_keeps_its_groups_and_sums_to_be_filled_in(letter: Letter) -> None:
    rows = next(rows for rows in tables(letter) if rows[0][0] == "Nội dung")
    assert rows[0] == ["Nội dung", "Số buổi", "Số lượng (người)", "Tổng cộng"]
    assert [row[0] for row in rows[1:]] == ["Trực tiếp", "Truyền thanh", "Họp thôn", "Trên mạng", "Zalo", "Tổng cộng"]
    assert {cell for row in rows[1:] if row[1] != row[0] for cell in row[1:]} == {""}


def test_a_list_has_its_columns_and_blank_rows(letter: Letter) -> None:
    rows = next(rows for rows in tables(letter) if "Tên lớp" in rows[0])
    assert rows[0] == ["STT", "Tên lớp", "Số người"]
    assert [row[0] for row in rows[1:]] == ["1", "2", "3", "4", "5"]


def test_the_pdf_says_the_same_and_the_layout_holds_to_the_decree(letter: Letter) -> None:
    data = to_pdf(official(letter))
    kept(data)
    text = " ".join(" ".join(page.get_textpage().get_text_range() for page in pdfium.PdfDocument(data)).split())
    for words in ("BÁO CÁO KẾT QUẢ TUYÊN TRUYỀN", "Kết quả theo kênh (Dành cho UBND cấp xã)", "Các lớp tập huấn đã mở"):
        assert words in text
    assert not check_docx(to_docx(official(letter)))


def kept(data: bytes) -> None:
    """Pictures for those who want to look: LACHAN_PICTURES names the folder."""
    if folder := os.environ.get("LACHAN_PICTURES"):
        Path(folder).mkdir(exist_ok=True)
        for at, page in enumerate(pdfium.PdfDocument(data)):
            page.render(scale=1.3).to_pil().save(Path(folder) / f"annex-{at}.png")
