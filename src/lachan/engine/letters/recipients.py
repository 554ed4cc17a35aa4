"""Whom a letter is addressed to, and who gets a copy."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from lachan.engine.letters.found import Found, Span
from lachan.engine.letters.landmarks import ADDRESSEE, COPIES, ENUMERATOR, OPENER, title_of
from lachan.engine.letters.pieces import Piece
from lachan.engine.letters.source import Source, flat

_DASH = re.compile(r"[-–—+*•·]+\s*|\(?\d{1,2}[.)]\s+")
_CLOSED = re.compile(r"[;.]\W*$")
_TELEGRAM = re.compile(r"[^\n:]{3,90}\bdien\s?:\s?")
_NUMBERED = re.compile(r"(?:[ivx]{1,5}|\d{1,2}|[a-hđ])\s?[.)]\s|dieu \d")


@dataclass(frozen=True)
class Entries:
    """The entries of a list in the letter; `begins` and `ends` are the indexes of its first piece and of the first after it."""

    entries: tuple[Found[str], ...]
    begins: int
    ends: int


def recipients(src: Source, found: Sequence[Piece], kind: str | None, *, loose: bool) -> Entries | None:
    """The entries after "Kính gửi" (or after "… điện:" of a telegram), without dash and closing mark; None without such a line."""
    for place, piece in enumerate(found):
        match = ADDRESSEE.match(piece.bare) or (
            _TELEGRAM.match(piece.bare) if kind == "công điện" and place < 40 else None
        )
        if match and (
            ":" in match[0] or match.end() == len(piece.bare) or piece.text[match.end() : match.end() + 1].isspace()
        ):
            return _gather(src, found, place, match.end(), loose=loose)
    return None


def _gather(src: Source, found: Sequence[Piece], place: int, skip: int, *, loose: bool) -> Entries:
    items: list[list[Span]] = []
    first = found[place]
    dashed = False
    if first.text[skip:].strip(" :;.-–*"):
        items.append([(first.start + skip, first.end)])
        dashed = bool(_DASH.match(first.text[skip:].lstrip(" :")))
    after = place + 1
    while after < len(found):
        piece = found[after]
        if items and _PAGE.fullmatch(piece.bare) and _goes_on(found, after + 1):
            after += 1
            continue
        last = src.text[items[-1][0][0] : items[-1][-1][1]] if items else ""
        starts = bool(_DASH.match(piece.text))
        if items and not starts and _ended(piece, last, dashed=dashed, loose=loose):
            break
        if (
            _stops(piece, after)
            or (not items and OPENER.match(piece.bare))
            or len(items) > 80
            or _counts(src, items, piece)
        ):
            break
        dashed = dashed or starts
        if starts or not items or (_CLOSED.search(last) and not dashed):
            items.append([piece.span])
        else:
            items[-1].append(piece.span)
        after += 1
    inline = bool(items) and items[0][0][0] < first.end and not dashed
    entries = (entry for item in items for entry in _entries(src, item, single=inline or len(items) == 1))
    return Entries(tuple(entries), place, after)


def _counts(src: Source, items: Sequence[Sequence[Span]], piece: Piece) -> bool:
    """A numbered line after entries with dashes that came to a full stop: the letter's first point."""
    if not items or not piece.text[0].isdigit() or not _DASH.match(piece.text):
        return False
    first, last = src.text[items[0][0][0] : items[0][0][1]].lstrip(" :"), src.text[items[-1][0][0] : items[-1][-1][1]]
    return first.startswith(("-", "–", "+", "*")) and last.rstrip().endswith(".")


_PAGE = re.compile(r"\W*(?:trang\s)?\d{1,3}(?:\s?/\s?\d{1,3})?\W*")


def _goes_on(found: Sequence[Piece], place: int) -> bool:
    """After a page number the list goes on with another dash, or inside an entry."""
    return place < len(found) and (bool(_DASH.match(found[place].text)) or found[place].text[0].islower())


def _stops(piece: Piece, place: int) -> bool:
    return bool(
        COPIES.match(piece.bare)
        or (place and title_of(piece, place))
        or (_NUMBERED.match(piece.bare) and len(piece.text) > 100)
    )


def _ended(piece: Piece, last: str, *, dashed: bool, loose: bool) -> bool:
    """Whether the list ended before `piece`, which has no dash of its own."""
    if re.search(r"\.\W*$", last) and not re.search(r"\b(?:TP|Tp|St|TX|P)\.\s*$", last):
        return True
    if piece.text[0].islower():
        return False
    if dashed and re.search(r";\s*$", last):
        return True
    if (piece.gap_before and not loose) or len(piece.text) > 200:
        return not re.search(r",\s*$|\b(?:va|và|các)\s*$", last)
    return OPENER.match(piece.bare) is not None or re.search(r"\bngay \d", piece.bare) is not None


def _entries(src: Source, item: Sequence[Span], *, single: bool) -> list[Found[str]]:
    """One dashed item is one entry. A list run into one line is cut at its marks."""
    whole = flat(" ".join(src.text[start:end] for start, end in item))
    body = whole.strip(" :")
    if re.match(r"[-–+*•]\s*\S", body):
        parts = re.split(r"[;.]\s*[-–+*•]\s*(?=\S)", body)
    else:
        parts = re.split(r";\s+", body) if single else [body]
    values = [re.sub(r"^(?:[-–—+*•·]+\s*|\(?\d{1,2}[.)]\s+)+|[\s;.,:/]+$", "", part.strip()) for part in parts]
    return [Found(value, src.spans(item), 0.93 if len(values) == 1 else 0.85) for value in values if len(value) > 1]


def copies(src: Source, found: Sequence[Piece]) -> Entries | None:
    """The entries of "Nơi nhận", to the line that says what is filed."""
    place = next((n for n, piece in enumerate(found) if COPIES.match(piece.bare)), None)
    if place is None:
        return None
    match = COPIES.match(found[place].bare)
    items: list[list[Span]] = []
    if match and found[place].text[match.end() :].strip(" :;.-"):
        items.append([(found[place].start + match.end(), found[place].end)])
    after = place + 1
    while after < len(found) and len(items) < 80:
        piece = found[after]
        if re.match(r"[-–—+*•·]\s*\S", piece.text) or (not items and piece.bare.startswith(("nhu ", "luu"))):
            items.append([piece.span])
        elif items and _continues(src, items[-1], piece):
            items[-1].append(piece.span)
        elif (not piece.upper and len(piece.text) > 60) or ENUMERATOR.match(piece.bare) or ADDRESSEE.match(piece.bare):
            break
        after += 1
    return Entries(tuple(entry for item in items for entry in _entries(src, item, single=False)), place, after)


def _continues(src: Source, item: Sequence[Span], piece: Piece) -> bool:
    last = src.text[item[0][0] : item[-1][1]]
    return (
        not piece.upper
        and not _CLOSED.search(last)
        and len(item) < 4
        and (piece.text[0].islower() or last.rstrip().endswith((",", "-", "(")))
    )
