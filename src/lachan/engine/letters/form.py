"""The form in which a letter wants to be answered: its questions and its table of indicators."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from lachan.engine.letters.found import Found, Span
from lachan.engine.letters.knowledge import column
from lachan.engine.letters.landmarks import ANNEX
from lachan.engine.letters.pieces import Piece
from lachan.engine.letters.source import Source, bare, flat

_FORMLIKE = re.compile(r"\b(?:bao cao|bieu|mau|phieu|thong ke|de cuong|tong hop|ket qua)\b")
_DOTS = re.compile(r"(?:…|\.{4,}|_{4,}|\.\s\.\s\.)[.…_\s]*")
_HEAD = re.compile(
    r"^\W*(?:stt|tt|so tt|so thu tu)\b.{0,200}\b(?:noi dung|chi tieu|chi so|tieu chi|hang muc|ten|nhiem vu|"
    r"hoat dong|thong tin|danh muc|hinh thuc)\b"
)
_FOR = re.compile(
    r"\(?\b(?:danh cho|chi danh cho|ap dung (?:cho|doi voi)|do)\s+(?P<whom>.+?)(?:\s+(?:bao cao|thuc hien|"
    r"dien))?\)?\s*$|\((?P<only>(?:cac |ubnd|so |truong)[^()]{3,80})\)\s*$"
)
_UNIT_HEAD = re.compile(r"don vi(?: tinh)?|dvt")
_NOTE_HEAD = re.compile(r"ghi chu|doi tuong|don vi bao cao|don vi thuc hien|ap dung|trach nhiem")
_TEXT_HEAD = re.compile(
    r"noi dung|chi tieu|chi so|tieu chi|hang muc|ten|nhiem vu|hoat dong|danh muc|thong tin|hinh thuc"
)
_NUMBER_HEAD = re.compile(r"^\W*(?:stt|tt|số tt|số thứ tự)\b\W*", re.IGNORECASE)
_HEAD_BEGINS = re.compile(
    r"\s+(?=(?:Số|Tổng số|Tỷ lệ|Tỉ lệ|Kết quả|Lũy kế|Kinh phí|Thời gian|Địa điểm|Ghi chú|Đơn vị|ĐVT|Đối tượng|Trong đó)\b)"
)
_UNIT_IN = re.compile(
    r"\((?:đơn vị(?: tính)?:?\s*|ĐVT:?\s*)?(lượt(?: người)?|người|cơ quan|đơn vị|bài|tin|cuộc|buổi|lớp|"
    r"hội nghị|%|đồng|triệu đồng|vụ|điểm|video|tờ|lần)\)",
    re.IGNORECASE,
)
_ROW = re.compile(r"^\W*(?P<number>\d{1,2}(?:\.\d{1,2})?|[IVX]{1,4}|[a-hđ])\s?[.)]?(?:\s+|$)(?P<text>.*)$", re.DOTALL)


@dataclass(frozen=True)
class Indicator:
    """A row to be filled with a number. `applies_to` is whom it is for; None when it is for all."""

    number: str
    text: str
    unit: str | None
    applies_to: str | None


@dataclass(frozen=True)
class Form:
    """`columns`: heads of the columns to be filled in, where the table has more than one; each row is asked under each."""

    title: str
    questions: tuple[Found[str], ...]
    indicators: tuple[Found[Indicator], ...]
    columns: tuple[str, ...] = ()


def form(src: Source, found: Sequence[Piece], after: int) -> Form | None:
    """The report form in the annex that begins at or after the piece `after`; None when the text has none."""
    begin = _begin(found, after)
    if begin is None:
        return None
    title = _title(found, begin)
    head = _table_head(found, begin)
    questions = _questions(src, found[begin:head] if head is not None else found[begin:])
    indicators = _indicators(src, found, head) if head is not None else ()
    if (not questions and not indicators) or not (_FORMLIKE.search(bare(title)) or questions):
        return None
    return Form(title, questions, indicators, _columns(found, head) if head is not None else ())


def _begin(found: Sequence[Piece], after: int) -> int | None:
    for place in range(after, len(found)):
        piece = found[place]
        if (
            (ANNEX.match(piece.bare) and len(piece.text) < 80)
            or (piece.upper and _FORMLIKE.search(piece.bare))
            or _HEAD.match(_line(found, place))
        ):
            return place
    return None


def _line(found: Sequence[Piece], place: int) -> str:
    """All pieces of the line that `found[place]` begins."""
    line = found[place].line
    parts = []
    for piece in found[place : place + 14]:
        if piece.line != line:
            break
        parts.append(piece.bare)
    return " ".join(parts)


def _title(found: Sequence[Piece], begin: int) -> str:
    lines: list[str] = []
    for piece in found[begin : begin + 8]:
        if ANNEX.match(piece.bare) and not lines and not _FORMLIKE.search(piece.bare.split("phu luc")[-1]):
            continue
        if _HEAD.match(piece.bare) or piece.bare in ("stt", "tt"):
            break
        if not (piece.upper or (not lines and _FORMLIKE.search(piece.bare))) or _DOTS.search(piece.text):
            break
        lines.append(piece.text)
    return flat(" ".join(lines)).strip(" :.")


def _questions(src: Source, found: Sequence[Piece]) -> tuple[Found[str], ...]:
    """The lines that end in dots to be written on."""
    asked: list[Found[str]] = []
    held: list[Piece] = []
    for piece in found:
        dots = _DOTS.search(piece.text)
        label = piece.text[: dots.start()].strip() if dots else piece.text
        if held and re.match(r"[-–+*]|\d{1,2}[.)]|[IVX]+\.", piece.text.strip()):
            held = []
        if not dots:
            held = [*held, piece][-3:] if piece.text[0] in "-–+*" or held else []
            continue
        words = flat(" ".join([*(part.text for part in held), label])).strip(" -–+*:.|")
        if (
            len(words) > 2
            and not re.search(r"\bngay\b.{0,12}\bthang\b", bare(words))
            and not re.match(r"so\s?:|kinh gui", bare(words))
        ):
            stretch: Span = (held[0].start if held else piece.start, piece.start + (dots.start() or 1))
            asked.append(Found(words, (src.span(*stretch),), 0.85))
        held = []
    return tuple(asked[:60])


def _table_head(found: Sequence[Piece], begin: int) -> int | None:
    """The piece that begins the line of column heads."""
    return next(
        (
            n
            for n in range(begin, len(found))
            if (n == begin or found[n].line != found[n - 1].line) and _HEAD.match(_line(found, n))
        ),
        None,
    )


def _indicators(src: Source, found: Sequence[Piece], head: int) -> tuple[Found[Indicator], ...]:
    heads = [piece for piece in found[head : head + 12] if piece.line == found[head].line]
    rows = _rows(found, head + len(heads))
    if len(heads) > 2 and "|" in src.text[heads[0].end : heads[1].start]:
        return tuple(_from_cells(src, heads, row) for row in rows)
    units = any(_UNIT_HEAD.search(piece.bare) for piece in heads)
    return tuple(_from_words(src, row, units=units) for row in rows)


def _columns(found: Sequence[Piece], head: int) -> tuple[str, ...]:
    """What is left of the heads without the running number, the name of the row, its unit and remarks."""
    heads = _heads(found, head)
    name = next((at for at, label in enumerate(heads) if _TEXT_HEAD.match(bare(label))), None)
    if name is None:
        return ()
    asked = [label for label in heads[name + 1 :] if _is_asked(bare(label).strip())]
    return tuple(asked) if len(asked) > 1 else ()


def _heads(found: Sequence[Piece], head: int) -> list[str]:
    """The heads after that of the running number; where they ran together, parted by the words that begin one."""
    cells = [piece.text for piece in found[head : head + 12] if piece.line == found[head].line]
    if len(cells) == 1:
        return _HEAD_BEGINS.split(flat(_NUMBER_HEAD.sub("", cells[0])))
    return [flat(cell) for cell in cells[1:]]


def _is_asked(head: str) -> bool:
    """Whether units fill in what stands under this head: no unit of measure, no remark, nor whom the row is for."""
    return head.startswith(("so ", "tong so ")) or not (_UNIT_HEAD.fullmatch(head) or _NOTE_HEAD.search(head))


def _rows(found: Sequence[Piece], first: int) -> list[list[Piece]]:
    rows: list[list[Piece]] = []
    expected = 1
    for place in range(first, len(found)):
        piece = found[place]
        match = _ROW.match(piece.text)
        starts_line = place == 0 or found[place - 1].line != piece.line
        if match and starts_line and match["number"] == str(expected):
            rows.append([piece])
            expected += 1
        elif match and starts_line and re.fullmatch(r"\d+\.\d+|[IVX]+", match["number"]) and rows:
            rows.append([piece])
        elif (
            (piece.upper and len(piece.text) > 25)
            or ANNEX.match(piece.bare)
            or re.match(r"(?:nguoi lap|thu truong|noi nhan|ghi chu:|\*? ?luu y)", piece.bare)
        ):
            break
        elif rows:
            rows[-1].append(piece)
    return rows


def _from_words(src: Source, row: Sequence[Piece], *, units: bool) -> Found[Indicator]:
    match = _ROW.match(row[0].text)
    number = match["number"] if match else ""
    words = flat(" ".join([match["text"] if match else row[0].text, *(piece.text for piece in row[1:])]))
    whom = _FOR.search(bare(words))
    applies = None
    if whom:
        group = "whom" if whom["whom"] else "only"
        applies = words[whom.start(group) : whom.end(group)].strip(" .;()")
        words = words[: whom.start()]
    words = words.strip(" -.;|…")
    words, unit = _with_unit(words, row[-1]) if units else (words, _unit(words))
    return _made(src, row, Indicator(number, words.strip(" -.;|…"), unit, applies))


def _with_unit(words: str, last: Piece) -> tuple[str, str | None]:
    """The words of a row and the unit that ends them, in a cell of its own or where the cells ran together."""
    for unit in sorted(column("units", "unit"), key=len, reverse=True):
        stands_alone = last.column > 0 and flat(last.text).lower() == unit
        if words.lower().endswith(f" {unit}") and (stands_alone or words[-len(unit)].isupper()):
            return words[: -len(unit)], unit
    return words, _unit(words)


def _from_cells(src: Source, heads: Sequence[Piece], row: Sequence[Piece]) -> Found[Indicator]:
    """A row of a table written with strokes: its cells by the column heads above them."""
    cells = _cells(src, row)
    named = [piece.bare for piece in heads]
    cell = dict(enumerate(cells))
    text = next((cell.get(n, "") for n, name in enumerate(named) if n and _TEXT_HEAD.search(name)), cell.get(1, ""))
    unit = next((cell.get(n, "") for n, name in enumerate(named) if _UNIT_HEAD.fullmatch(name.strip())), "") or _unit(
        text
    )
    note = next((cell.get(n, "") for n, name in enumerate(named) if _NOTE_HEAD.search(name) and cell.get(n)), "")
    whom = _FOR.search(bare(note)) or _FOR.search(bare(text))
    applies = None
    if whom:
        whole, group = (note if _FOR.search(bare(note)) else text), "whom" if whom["whom"] else "only"
        applies = whole[whom.start(group) : whom.end(group)].strip(" .;()")
        text = text[: whom.start()] if whole == text else text
    return _made(src, row, Indicator(cells[0].strip(" ."), text.strip(" -.;…"), unit or None, applies))


def _cells(src: Source, row: Sequence[Piece]) -> list[str]:
    text = src.text[src.text.rfind("\n", 0, row[0].start) + 1 : row[-1].end]
    first, *more = text.split("\n")
    cells = [flat(cell) for cell in first.strip().strip("|").split("|")]
    if more:
        cells[-1] = flat(" ".join([cells[-1], *more]))
    return cells


def _unit(text: str) -> str | None:
    match = _UNIT_IN.search(text)
    return match[1] if match else None


def _made(src: Source, row: Sequence[Piece], indicator: Indicator) -> Found[Indicator]:
    return Found(indicator, (src.span(row[0].start, row[-1].end),), 0.85 if indicator.text else 0.4)
