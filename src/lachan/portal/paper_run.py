"""What is printed for units that get their letters on paper: a delivery list, then for each the letter and a blank return."""

from collections.abc import Sequence
from datetime import date

from lachan.campaigns.models import Assignment, Dispatch
from lachan.engine.layout import (
    Column,
    DocumentDate,
    OfficialDocument,
    Paragraph,
    Row,
    Signer,
    Table,
    to_pdf,
)
from lachan.engine.letters.files.pdf import joined
from lachan.foundation import formats
from lachan.letters.mailing import pdf_of
from lachan.letters.models import Letter
from lachan.reporting.letterhead import letterhead
from lachan.reporting.models import Question


def paper_run(dispatch: Dispatch, assignments: Sequence[Assignment], day: date) -> bytes:
    """One PDF in the order of the units, each with its address on the delivery list in front."""
    letter = pdf_of(dispatch.letter)
    parts = [to_pdf(_delivery_list(dispatch, assignments, day))]
    for assignment in assignments:
        parts += [letter, to_pdf(_blank_return(dispatch, assignment, day))]
    return joined(parts)


def _delivery_list(dispatch: Dispatch, assignments: Sequence[Assignment], day: date) -> OfficialDocument:
    head = letterhead(dispatch.unit, day)
    columns = (
        Column("STT", "index", share=1),
        Column("Đơn vị nhận", share=5),
        Column("Địa chỉ", share=6),
        Column("Ngày nhận", share=2.5),
        Column("Ký nhận", share=3),
    )
    rows = tuple(Row((f"{at}", one.unit_name, one.unit.address, "", "")) for at, one in enumerate(assignments, start=1))
    return OfficialDocument(
        agency=head.name,
        parent=head.issuer_parent,
        symbol=f"DS-{head.symbol.partition('-')[2]}",
        place=head.place,
        date=DocumentDate(day.year, day.month, day.day),
        doc_type="Danh sách gửi văn bản giấy",
        abstract=f"{dispatch.letter}: {dispatch.letter.abstract}",
        body=(Table(columns, rows, missing=""),),
        signer=Signer("NGƯỜI LẬP", ""),
    )


def _blank_return(dispatch: Dispatch, assignment: Assignment, day: date) -> OfficialDocument:
    head = letterhead(assignment.unit, day)
    questions = list(_asked(assignment))
    columns = (
        Column("STT", "index", share=1.2),
        Column("Nội dung", share=8),
        Column("Đơn vị tính", share=2.5),
        Column("Kết quả", share=4),
    )
    rows = tuple(Row((f"{at}", one.text, one.counted_in, "")) for at, one in enumerate(questions, start=1))
    due = dispatch.report_due
    sentence = f"Gửi về {dispatch.unit.version_on(day).body_name}"
    sentence += f" trước {formats.clock(due)} ngày {formats.day(due)}." if due else "."
    return OfficialDocument(
        agency=head.issuer.title() if not head.name else head.name,
        parent=head.issuer_parent,
        symbol=head.symbol,
        place=head.place,
        date=DocumentDate(day.year),
        doc_type="Báo cáo",
        abstract=f"Kết quả triển khai {_called(dispatch.letter)}",
        body=(Paragraph(sentence), *((Table(columns, rows, missing=""),) if rows else ())),
        signer=Signer(head.signer_title, "", (head.authority,) if head.authority else ()),
    )


def _called(letter: Letter) -> str:
    return f"{letter.doc_type} số {letter.full_symbol}" if letter.full_symbol else letter.abstract


def _asked(assignment: Assignment) -> Sequence[Question]:
    obligation = getattr(assignment, "obligation", None)
    return list(obligation.asked()) if obligation else []
