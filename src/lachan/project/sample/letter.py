"""The sample's letter as a Word file, written with dates around the day of the demonstration."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.timezone import localdate

from lachan.engine.layout import (
    Annex,
    Column,
    DocumentDate,
    ListItem,
    OfficialDocument,
    Paragraph,
    Row,
    Signer,
    Table,
    to_docx,
)
from lachan.project.sample.province import letter_template


@dataclass(frozen=True)
class Dates:
    """The days of the sample's campaign."""

    letter: date
    starts: date
    ends: date
    due: date


def campaign_dates(now: datetime) -> Dates:
    """A campaign that has just been reported on: the letter four weeks old, the deadline two days past."""
    today = localdate(now)
    return Dates(
        letter=today - timedelta(28),
        starts=today - timedelta(26),
        ends=today - timedelta(5),
        due=today - timedelta(2),
    )


def coming_dates(now: datetime) -> Dates:
    """A campaign that begins today, with three weeks to go."""
    today = localdate(now)
    return Dates(letter=today, starts=today, ends=today + timedelta(20), due=today + timedelta(22))


def letter_docx(dates: Dates) -> bytes:
    """The letter, its form in an appendix, in the layout of Decree 30/2020."""
    return to_docx(document(letter_template(), dates))


def next_letter_docx(dates: Dates) -> bytes:
    """The next campaign's letter: the same work under another name."""
    about = "triển khai Chiến dịch “Hỏi lại một câu” phòng, chống lừa đảo trực tuyến dịp cuối năm {year}"
    letter = letter_template()
    body = str(letter["body"]).replace("Chậm một phút, chắc một đời", "Hỏi lại một câu")
    return to_docx(document(letter | {"abstract": about, "number": 1402, "body": body}, dates))


def document(letter: dict[str, Any], dates: Dates) -> OfficialDocument:
    """`letter` as in letter.toml, with `dates` written into it."""

    def dated(text: str) -> str:
        shown = {name: f"{getattr(dates, name):%d/%m/%Y}" for name in ("starts", "ends", "due")}
        return text.format(year=dates.letter.year, **shown)

    *copies, filing = letter["copies"]
    return OfficialDocument(
        parent=letter["issuer_parent"],
        agency=letter["issuer"],
        number=letter["number"],
        symbol=letter["symbol"],
        place=letter["place"],
        date=DocumentDate(dates.letter.year, dates.letter.month, dates.letter.day),
        abstract=dated(letter["abstract"]),
        addressees=tuple(letter["recipients"]),
        body=tuple(Paragraph(dated(line.removesuffix("./."))) for line in letter["body"].strip().splitlines()),
        signer=Signer(letter["signer_title"], letter["signer_name"], tuple(letter["authority"])),
        copies=tuple(copies[1:]),
        filing=filing.removeprefix("Lưu: VT, "),
        annexes=(_form(letter["form"]),),
    )


def _form(form: dict[str, Any]) -> Annex:
    columns = (
        Column("STT", "index"),
        Column("Nội dung", share=6),
        Column("Số lượng", "number"),
        Column("Ghi chú", share=3),
    )
    rows = [Row((str(n), text, None, whom)) for n, (text, whom) in enumerate(form["indicators"], start=1)]
    return Annex(
        form["title"],
        (
            Paragraph("1. Thông tin chung"),
            ListItem("Tên đơn vị: …………………………………………"),
            *(ListItem(f"{question}: …………………………………………") for question in form["narratives"]),
            Paragraph("2. Thông tin số liệu"),
            Table(columns, tuple(rows), missing=""),
        ),
    )
