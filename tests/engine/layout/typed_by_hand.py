"""A letter as an officer types it in Word: direct formatting, no styles of ours, underlines for rules, a theme font overruled."""

import io
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

CENTRE, BOTH, LEFT = ALIGN.CENTER, ALIGN.JUSTIFY, ALIGN.LEFT


def saved(document: Any) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def typed(paragraph: Any, text: str, size: float, *, align: Any = LEFT, **look: bool) -> Any:
    """Fill a paragraph with one run of this look."""
    run = paragraph.add_run(text)
    run.font.name, run.font.size = "Times New Roman", Pt(size)
    for name, value in look.items():
        setattr(run.font, name, value)
    paragraph.alignment = align
    paragraph.paragraph_format.space_after = Pt(0)
    return paragraph


def page_number(paragraph: Any) -> None:
    """Put the page field, centred, in 13 points."""
    typed(paragraph, "", 13, align=CENTRE)
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), " PAGE ")
    field.append(paragraph.runs[0]._r)
    paragraph._p.append(field)
    field[0].append(OxmlElement("w:t"))
    field[0][-1].text = "2"


def typed_letter() -> Any:
    """A sound công văn with one addressee."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = section.right_margin = Mm(20)
    section.left_margin = Mm(30)
    section.different_first_page_header_footer = True
    page_number(section.header.paragraphs[0])
    _head(document.add_table(rows=2, cols=2))
    typed(document.add_paragraph(), "Kính gửi: Phòng Văn hóa và Thông tin huyện", 14, align=CENTRE)
    for text in ("Thực hiện chỉ đạo của huyện, xã báo cáo như sau:", "1. Đã tổ chức 12 buổi tuyên truyền./."):
        body = typed(document.add_paragraph(), text, 14, align=BOTH).paragraph_format
        body.first_line_indent, body.space_before = Mm(10), Pt(6)
    _foot(document.add_table(rows=1, cols=2))
    return document


def _head(head: Any) -> None:
    left, right = head.cell(0, 0), head.cell(0, 1)
    typed(left.paragraphs[0], "UBND HUYỆN HOA SƠN", 12, align=CENTRE)
    agency = typed(left.add_paragraph(), "UBND XÃ ", 13, align=CENTRE, bold=True)
    typed(agency, "TÂN LẬP", 13, align=CENTRE, bold=True)
    typed(left.add_paragraph(), "__________", 12, align=CENTRE)
    typed(right.paragraphs[0], "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM", 12, align=CENTRE, bold=True)
    typed(right.add_paragraph(), "Độc lập - Tự do - Hạnh phúc", 13, align=CENTRE, bold=True, underline=True)
    number, date = head.cell(1, 0), head.cell(1, 1)
    typed(number.paragraphs[0], "Số: …/UBND-VHTT", 13, align=CENTRE)
    subject = typed(number.add_paragraph(), "V/v báo cáo kết quả tuyên truyền", 12, align=CENTRE)
    subject.paragraph_format.space_before = Pt(6)
    typed(date.paragraphs[0], "Tân Lập, ngày … tháng 11 năm 2026", 13, align=CENTRE, italic=True)


def _foot(foot: Any) -> None:
    left, right = foot.cell(0, 0), foot.cell(0, 1)
    typed(left.paragraphs[0], "Nơi nhận:", 12, bold=True, italic=True)
    for text in ("- Như trên;", "- Lưu: VT."):
        typed(left.add_paragraph(), text, 11)
    typed(right.paragraphs[0], "CHỦ TỊCH", 14, align=CENTRE, bold=True)
    for _ in range(4):
        right.add_paragraph()
    typed(right.add_paragraph(), "Phạm Thị Hà", 14, align=CENTRE, bold=True)
