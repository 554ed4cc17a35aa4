"""From a letter of our own to the official document that the layout engine writes."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from lachan.engine.layout import (
    Annex,
    Block,
    Circulation,
    Column,
    DocumentDate,
    GroupRow,
    Heading,
    Level,
    ListItem,
    OfficialDocument,
    Paragraph,
    Row,
    Signer,
    Table,
    Urgency,
)
from lachan.engine.layout.words import roman
from lachan.engine.vietnamese import fold
from lachan.foundation.formats import size
from lachan.letters.actions import Content, content_of
from lachan.letters.models import Annex as Kept
from lachan.letters.models import Letter

BLANK_ROWS = 5  # of a list to fill in, on paper
PLAIN_LETTER = "công văn"  # the one kind that carries no name of its kind (Decree 30/2020, annex I)
WIDE = 6  # columns; a table with more lies across the page
_LONGEST_HEADING = 120  # characters; a numbered line longer than this, or ending as a sentence, is text

_SECTION = re.compile(r"(?P<number>[IVX]{1,5})[.)]\s+(?P<text>\S.*)")
_ARTICLE = re.compile(r"Điều\s+(?P<number>\d{1,3})[.:]\s*(?P<text>\S.*)")
_NUMBERED = re.compile(r"(?P<number>\d{1,2}(?:\.\d{1,2}){0,2})[.)]?\s+(?P<text>\S.*)")
_LETTERED = re.compile(r"(?P<mark>[a-zđ]\))\s*(?P<text>\S.*)")
_DASHED = re.compile(r"(?P<mark>[-–•+*])\s+(?P<text>\S.*)")


def official(letter: Letter) -> OfficialDocument:
    """A letter we issued, or are drafting, ready to be written as DOCX or PDF."""
    content = content_of(letter)
    *front, position = [line.strip() for line in letter.signer_title.split(" / ")]
    return OfficialDocument(
        agency=_agency(letter),
        parent=letter.issuer_parent,
        number=letter.number,
        symbol=letter.symbol,
        place=letter.place,
        date=DocumentDate(letter.day.year, letter.day.month, letter.day.day)
        if letter.dated_on
        else DocumentDate(letter.day.year),
        doc_type="" if letter.doc_type.lower() == PLAIN_LETTER else letter.doc_type.capitalize(),
        abstract=letter.abstract,
        addressees=tuple(content.recipients),
        legal_bases=tuple(content.bases),
        body=(*blocks(content.body), *_naming_annexes(letter, content)),
        signer=Signer(position, letter.signer_name, tuple(dict.fromkeys([*content.authority, *front]))),
        copies=tuple(line for line in content.copies if not _filing(line)),
        filing=next((filing for line in content.copies if (filing := _filing(line))), ""),
        annexes=(*_form_annex(content), *map(_annex, _annexes_of(letter))),
        urgency=Urgency(letter.urgency),
        circulation=Circulation(letter.circulation),
        authority=content.decided_by,
        enacting="Quyết định:" if content.decided_by else "",
        also=tuple(_also(line) for line in content.also_sign),
    )


def _annexes_of(letter: Letter) -> Iterable[Kept]:
    """The annexes of a letter; one that is only looked over before it is kept has none."""
    return letter.annexes.all() if letter.pk else ()


def _naming_annexes(letter: Letter, content: Content) -> Iterator[Block]:
    """A letter with annexes says so (Decree 30/2020, annex I, part I, III.1.a); added where its text does not."""
    kept = [one.title for one in _annexes_of(letter)]
    if not kept or "phu luc" in fold(content.body):
        return
    titles = [*filter(None, [content.annex_title]), *kept]
    if len(titles) == 1:
        yield Paragraph(f"(Kèm theo Phụ lục: {titles[0]})")
        return
    named = (f"Phụ lục {roman(at)}. {title}" for at, title in enumerate(titles, start=1))
    yield Paragraph(f"(Kèm theo: {'; '.join(named)})")


def _also(line: list[str]) -> Signer:
    title, name, agency = line
    *front, position = [part.strip() for part in title.split(" / ")]
    return Signer(position, name, tuple(front), agency)


def _agency(letter: Letter) -> str:
    """The issuer as running text writes it; a heading keeps it in capitals only."""
    version = letter.holder.version_on(letter.day)
    if fold(letter.issuer) != fold(" ".join(version.heading)):
        return letter.issuer
    return f"Ủy ban nhân dân {version.name[:1].lower()}{version.name[1:]}" if version.kind.level else version.name


def blocks(body: str) -> Iterator[Block]:
    """Plain text, a paragraph a line, as headings, items and paragraphs by the way each line begins."""
    for line in body.splitlines():
        text = " ".join(line.split())
        if text:
            yield _block(text)


def _block(text: str) -> Block:
    if found := _ARTICLE.fullmatch(text):
        return Heading(found["text"], found["number"], Level.ARTICLE)
    if (found := _SECTION.fullmatch(text)) and _is_title(found["text"]):
        return Heading(found["text"], found["number"], Level.SECTION)
    if found := _NUMBERED.fullmatch(text):
        if _is_title(found["text"]):
            return Heading(found["text"], found["number"], Level.CLAUSE)
        return ListItem(found["text"], f"{found['number']}.")
    if found := _LETTERED.fullmatch(text) or _DASHED.fullmatch(text):
        return ListItem(found["text"], "-" if found["mark"] in "–•*" else found["mark"])
    return Paragraph(text)


def _is_title(text: str) -> bool:
    return len(text) <= _LONGEST_HEADING and text[-1] not in ".;:,/"


def _filing(line: str) -> str:
    """What stands after "VT," in the last line of the copy list: "Lưu: VT, BCVT." → "BCVT"."""
    found = re.fullmatch(r"[-–\s]*Lưu:?\s*VT\s*[,;]?\s*(?P<rest>.*?)[.;\s]*", line)
    return found["rest"] if found else ""


def _form_annex(content: Content) -> Iterator[Annex]:
    tables = [_form_table(kept) for kept in content.annex_tables]
    if content.annex_rows:
        tables.insert(0, _questions(content.annex_rows))
    if tables:
        yield Annex(content.annex_title, tuple(tables), landscape=any(len(one.columns) > WIDE for one in tables))


def _questions(rows: Sequence[Sequence[str]]) -> Table:
    columns = (
        Column("STT", "index", share=1.5),
        Column("Nội dung", share=7),
        Column("Đơn vị tính", share=2.5),
        Column("Kết quả", "number", share=3),
        Column("Ghi chú", share=3),
    )
    numbered = enumerate(rows, start=1)
    asked = tuple(Row((str(place), text, counted_in, None, note)) for place, (text, counted_in, note) in numbered)
    return Table(columns, asked, missing="")


def _form_table(kept: Mapping[str, Any]) -> Table:
    """A table of the form, to be filled in: rows given, or for a list a few blank ones."""
    heads, groups = kept["columns"], kept["groups"]
    blank = (None,) * len(heads)
    if not kept["rows"]:
        columns = (Column("STT", "index", share=1), *(Column(head, share=3) for head in heads))
        rows: tuple[Row | GroupRow, ...] = tuple(Row((str(place), *blank)) for place in range(1, BLANK_ROWS + 1))
        return Table(columns, rows, caption=kept["title"], missing="")
    columns = (Column("Nội dung", share=5), *(Column(head, "number", share=2) for head in heads))
    rows = tuple(GroupRow(label) if label in groups else Row((label, *blank)) for (label,) in kept["rows"])
    total = Row(("Tổng cộng", *blank)) if kept.get("total") else None
    return Table(columns, rows, caption=kept["title"], total=total, missing="")


def _annex(kept: Kept) -> Annex:
    if kept.kind == Kept.Kind.TABLE:
        table = table_of(kept.text)
        return Annex(kept.title, (table,), landscape=len(table.columns) > WIDE)
    if kept.kind == Kept.Kind.TEXT:
        return Annex(kept.title, tuple(blocks(kept.text)))
    sentence = f"Phụ lục này là tệp “{kept.file_name}” ({size(kept.file_size)}), gửi kèm văn bản."
    return Annex(kept.title, (Paragraph(sentence),))


def table_of(text: str) -> Table:
    """A table from lines whose cells are parted by tabs or "|", the head first; rows that are short get empty cells."""
    lines = [[cell.strip() for cell in _cells(line)] for line in text.splitlines() if line.strip()]
    across = max(map(len, lines))
    head, *rows = [line + [""] * (across - len(line)) for line in lines]
    return Table(tuple(Column(label) for label in head), tuple(Row(tuple(row)) for row in rows), missing="")


def _cells(line: str) -> list[str]:
    return line.split("\t") if "\t" in line else line.strip().strip("|").split("|")
