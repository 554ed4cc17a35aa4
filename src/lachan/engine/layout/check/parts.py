"""Finding the boxes of an official document among its lines, by their words and by where they stand."""

import re
from dataclasses import dataclass
from itertools import dropwhile, takewhile

from lachan.engine.layout.check.reading import Document, Read
from lachan.engine.vietnamese import fold

_NUMBER = re.compile(r"^số\s*:", re.IGNORECASE)
_DATE = re.compile(r",\s*ngày\b.*\btháng\b.*\bnăm\b", re.IGNORECASE)
_BASIS = re.compile(r"^(căn cứ|xét|theo đề nghị|trên cơ sở)\b", re.IGNORECASE)
_ANNEX = re.compile(r"^phụ lục(\s+\w+)?$", re.IGNORECASE)
_AGENCY = re.compile(
    r"(so|cuc|chi cuc|tong cuc|vu|trung tam|truong|van phong|cong an|thanh tra|dai|hoi|vien|benh vien|cong ty|"
    r"ban (?!nhan dan|chi dao)|phong (?!,|chong)|uy ban|ubnd)\b"
)
_URGENT = frozenset(("hoa toc", "thuong khan", "khan"))
_MARKS = _URGENT | {"xem xong tra lai", "luu hanh noi bo"}


@dataclass(frozen=True, slots=True)
class AnnexPart:
    """The head of an annex as found."""

    label: Read
    title: tuple[Read, ...]
    reference: tuple[Read, ...]


@dataclass(frozen=True, slots=True)
class Parts:
    """What stands in which box. A box that was not found is empty or None."""

    document: Document
    nation: Read | None
    motto: Read | None
    motto_rule: Read | None
    parent: tuple[Read, ...]
    agency: tuple[Read, ...]
    agency_rule: Read | None
    number: Read | None
    date: Read | None
    subject: tuple[Read, ...]
    urgency: Read | None
    doc_type: Read | None
    abstract: tuple[Read, ...]
    abstract_rule: Read | None
    addressee: Read | None
    addressees: tuple[Read, ...]
    bases: tuple[Read, ...]
    body: tuple[Read, ...]
    rank: tuple[Read, ...]
    signer_name: Read | None
    copies_head: Read | None
    copies: tuple[Read, ...]
    annexes: tuple[AnnexPart, ...]


def find(document: Document) -> Parts:
    """Sort the lines of a document into boxes."""
    lines = document.lines
    copies_at = next((at for at, line in enumerate(lines) if fold(line.text).startswith("noi nhan")), len(lines))
    head = [line for line in lines[:copies_at] if line.place and line.place.table == _head_table(lines)]
    left = [line for line in head if line.place and line.place.column == 0]
    right = [line for line in head if line.place and line.place.column > 0]
    nation = _first(head or lines, "cong hoa xa hoi chu nghia viet nam")
    motto = _first(head or lines, "doc lap")
    number = next((line for line in head or lines if _NUMBER.match(line.text)), None)
    main = [line for line in lines[:copies_at] if line not in head and not (line.place and line.place.ruled)]
    subject = _subject(left)
    title = _Title(None, (), None, 0) if subject else _title(main)
    after_title = main[title.end :]
    addressee_at = next((at for at, x in enumerate(after_title) if fold(x.text).startswith("kinh gui")), None)
    listed = _listed(after_title, addressee_at)
    rest = [x for x in after_title if x.text and x not in listed and not fold(x.text).startswith("kinh gui")]
    bases = _bases(rest, typed=title.doc_type is not None)
    foot = _foot(lines, copies_at)
    names = _names(left, number, joint=foot.several)
    return Parts(
        document=document,
        nation=nation,
        motto=motto,
        motto_rule=_rule_after(right or lines, motto),
        parent=names.parent,
        agency=names.agency,
        agency_rule=_rule_after(left, (*names.parent, *names.agency)[-1] if names.parent or names.agency else None),
        number=number,
        date=next((line for line in head or lines if _DATE.search(line.text)), None),
        subject=subject,
        urgency=next((line for line in lines[:copies_at] if fold(line.text) in _URGENT), None),
        doc_type=title.doc_type,
        abstract=title.abstract,
        abstract_rule=title.rule,
        addressee=None if addressee_at is None else after_title[addressee_at],
        addressees=listed,
        bases=bases,
        body=tuple(x for x in rest if x not in bases and fold(x.text) not in _MARKS),
        rank=foot.rank,
        signer_name=foot.name,
        copies_head=lines[copies_at] if copies_at < len(lines) else None,
        copies=foot.copies,
        annexes=_annexes(lines[copies_at:]),
    )


def _first(lines: list[Read], said: str) -> Read | None:
    return next((line for line in lines if fold(line.text).startswith(said)), None)


def _head_table(lines: list[Read]) -> int:
    """Give the table that holds the national name."""
    line = _first(lines, "cong hoa xa hoi chu nghia viet nam")
    return line.place.table if line and line.place else 0


@dataclass(frozen=True, slots=True)
class _Names:
    parent: tuple[Read, ...]
    agency: tuple[Read, ...]


def _names(left: list[Read], number: Read | None, *, joint: bool) -> _Names:
    """Split the names above the number: the parent's is not bold; where all are, the agency's begins with its own noun.

    In a `joint` document names that are all bold are those of the agencies that issue it together.
    """
    end = left.index(number) if number in left else len(left)
    names = [line for line in left[:end] if line.text.strip("_ -")]
    if joint and all(line.bold for line in names):
        cut = 0
    elif all(line.bold for line in names):
        starts = (at for at, line in enumerate(names) if at and _starts_a_name(names[at - 1], line))
        cut = next(starts, 0)
    else:
        cut = next((at for at, line in enumerate(names) if line.bold), len(names))
    return _Names(tuple(names[:cut]), tuple(names[cut:]))


def _starts_a_name(above: Read, line: Read) -> bool:
    return line.paragraph != above.paragraph and bool(_AGENCY.match(fold(line.text)))


def _rule_after(lines: list[Read], line: Read | None) -> Read | None:
    """Give the rule drawn by a line or by the empty ones right under it."""
    if line is None or line not in lines:
        return None
    at = lines.index(line)
    for found in lines[at : at + 3]:
        if found is not line and found.text.strip("_ "):
            return None
        if found.stroke is not None:
            return found
    return None


def _subject(left: list[Read]) -> tuple[Read, ...]:
    at = next((at for at, line in enumerate(left) if fold(line.text).startswith("v/v")), None)
    if at is None:
        return ()
    return tuple(line for line in left[at:] if line.text and fold(line.text) not in _MARKS)


@dataclass(frozen=True, slots=True)
class _Title:
    doc_type: Read | None
    abstract: tuple[Read, ...]
    rule: Read | None
    end: int


def _title(main: list[Read]) -> _Title:
    """Find the centred capitals that open the text, and the centred lines under them up to the rule."""
    start = next((at for at, line in enumerate(main) if line.text and fold(line.text) not in _MARKS), len(main))
    if start == len(main) or main[start].align != "center" or not main[start].upper:
        return _Title(None, (), None, start)
    end = start + 1
    while end < len(main) and main[end].align == "center" and main[end].text:
        opens = end == start + 1 or main[end].paragraph != main[end - 1].paragraph
        if opens and main[end].upper:
            break
        end += 1
    abstract = tuple(main[start + 1 : end])
    rule = _rule_after(main, abstract[-1] if abstract else main[start])
    return _Title(main[start], abstract, rule, end)


def _listed(lines: list[Read], at: int | None) -> tuple[Read, ...]:
    """Give the lines after "Kính gửi:" that begin with a dash."""
    if at is None or not lines[at].text.endswith(":"):
        return ()
    found = []
    for line in lines[at + 1 :]:
        if line.text.startswith(("-", "–")):
            found.append(line)
        elif line.text or found:
            break
    return tuple(found)


def _bases(rest: list[Read], *, typed: bool) -> tuple[Read, ...]:
    """Give the legal bases that open the text. A công văn may also open with an ordinary sentence "Căn cứ …"."""
    opening = dropwhile(lambda line: line.align == "center", rest)
    found = tuple(takewhile(lambda line: _BASIS.match(line.text), opening))
    if not typed:
        return tuple(takewhile(lambda line: line.italic, found))
    return found if len(found) > 1 or any(line.text.endswith(";") or line.italic for line in found) else ()


@dataclass(frozen=True, slots=True)
class _Foot:
    copies: tuple[Read, ...]
    rank: tuple[Read, ...]
    name: Read | None
    several: bool = False  # sign, above "Nơi nhận"


def _foot(lines: list[Read], at: int) -> _Foot:
    """Read the block of "Nơi nhận" and, in the cell beside it, of the signer."""
    place = lines[at].place if at < len(lines) else None
    if place is None:
        found = [line for line in lines[at + 1 :] if line.text.startswith(("-", "–"))]
        return _Foot(tuple(found), (), None)
    own = place.column
    table = [line for line in lines[at:] if line.place and line.place.table == place.table]
    copies = tuple(line for line in table if line.text and line.place and line.place.column == own)[1:]
    beside = [line for line in table if line.place and line.place.column > own]
    several = not any(line.text for line in beside)
    if several:
        beside = [x for x in lines[:at] if x.place and x.place.table == place.table and x.place.column > own]
    rank = tuple(takewhile(lambda line: line.text, dropwhile(lambda line: not line.text, beside)))
    below = [line for line in beside if line.text and line not in rank]
    return _Foot(copies, rank, below[-1] if below else None, several)


def _annexes(lines: list[Read]) -> tuple[AnnexPart, ...]:
    found = []
    for at, line in enumerate(lines):
        if line.place is None and _ANNEX.match(line.text):
            under = []
            for next_line in lines[at + 1 : at + 12]:
                if next_line.place or next_line.align != "center" or not next_line.text:
                    break
                under.append(next_line)
            split = next((i for i, x in enumerate(under) if x.text.startswith("(")), len(under))
            found.append(AnnexPart(line, tuple(under[:split]), tuple(under[split:])))
    return tuple(found)
