"""Who signs, and in which post."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from lachan.engine.letters.alphabet import LOWER, UPPER
from lachan.engine.letters.found import Found
from lachan.engine.letters.knowledge import column, words
from lachan.engine.letters.landmarks import ADDRESSEE, ANNEX, COPIES, title_of
from lachan.engine.letters.pieces import Piece
from lachan.engine.letters.source import Source, bare, flat
from lachan.engine.letters.syllables import is_syllable

_AUTHORITY = re.compile(r"\W{0,3}(?:(?:t/?m|k/?t|t/?l|tuq|t\.m|k\.t|q)\s?[.:,]|(?:t/m|k/t|t/l)\b)\s?(?=\w)")
_EDGES = " *_|.,;:-–()"
_SIGNED = re.compile(r"\W*(?:da ky|ky thay|ky va ghi.*|ky,.*|\(?ky ten.*|dau.*)\W*$")
_NAME_WORD = re.compile(rf"(?:[{UPPER}]['’‘`´])?(?:[{UPPER}][{LOWER}]*|[{UPPER}]+)\Z")


@dataclass(frozen=True)
class Signature:
    """`at` is the index of the first piece of the block, `ends` of the first piece after it."""

    name: Found[str] | None
    title: Found[str]
    at: int
    ends: int


@cache
def _posts() -> re.Pattern[str]:
    names = sorted((bare(post) for post in column("posts", "post")), key=len, reverse=True)
    return re.compile(rf"\W{{0,3}}(?:{'|'.join(names)})\b")


@cache
def _ranks() -> re.Pattern[str]:
    ranks = sorted((re.escape(rank) for rank in column("ranks", "rank")), key=len, reverse=True)
    return re.compile(rf"(?:(?:{'|'.join(ranks)})(?:\.|,|:|-|\s)+\s*)+", re.IGNORECASE)


@cache
def _surnames() -> frozenset[str]:
    return frozenset(bare(name) for name in words("surnames"))


_SLIPPED = re.compile(
    r"(?:tm|kt|tl|tuq)\.|(?:pho |quyen )?(?:chu tich|giam doc|tong giam doc|bi thu|truong phong|hieu truong|"
    r"cuc truong|chi cuc truong|bo truong|thu truong|chanh van phong|truong ban)\b"
)
_TAIL = re.compile(
    rf"(?<=[;.:,){LOWER}])(?<!KT\.)(?<!TM\.)(?<!TL\.)(?<!TUQ\.)(?<!Q\.)[ ]{{1,2}}(?=(?:(?:TM|KT|TL|TUQ|"
    rf"Q)\. ?[{UPPER}]|[TK]/[MTL]\.? |(?:PHÓ |QUYỀN |TỔNG )*(?:CHỦ TỊCH|GIÁM ĐỐC|BÍ THƯ|TRƯỞNG|HIỆU TRƯỞNG|CỤC TRƯỞNG|"
    rf"CHI CỤC|BỘ TRƯỞNG|THỨ TRƯỞNG|CHÁNH|VIỆN TRƯỞNG))[{UPPER} ,./]*$)",
    re.MULTILINE,
)


_THEN_NAME = re.compile(
    rf"\b(?:(?:TM|KT|TL|TUQ|Q)\. ?|(?:PHÓ |QUYỀN |TỔNG )*(?:CHỦ TỊCH|GIÁM ĐỐC|BÍ THƯ|TRƯỞNG|HIỆU TRƯỞNG|"
    rf"CỤC TRƯỞNG|CHI CỤC|BỘ TRƯỞNG|THỨ TRƯỞNG|CHÁNH|VIỆN TRƯỞNG))[{UPPER} ,.]{{0,80}}?[ ]"
    rf"(?=(?:[{UPPER}][{LOWER}]+ ){{1,4}}[{UPPER}][{LOWER}]+[ ]*(?:\||$)|\(?[đĐ]ã ký\)?[ ]+[{UPPER}])",
    re.MULTILINE,
)


def run_on(src: Source) -> list[tuple[int, int]]:
    """Places where a post stands at the end of a line of the copy list: two columns written into one line."""
    tails = [match.end() for match in _TAIL.finditer(src.text) if _in_copies(src.text, match.start())]
    names = [match.end() for match in _THEN_NAME.finditer(src.text)]
    names += [match.start("name") for match in _FILED.finditer(src.text) if _is_known(match["name"])]
    return [(place, place) for place in sorted([*tails, *names])]


_FILED = re.compile(
    rf"^[ \t|*]{{0,8}}[-–+]?[ ]?Lưu\b[^\n|]{{0,80}}?(?:[.;)]|[{UPPER}]{{2,}})[ ]{{1,2}}"
    rf"(?P<name>[{UPPER}][{LOWER}]+(?: [{UPPER}][{LOWER}]+){{1,4}})[ ]*$",
    re.MULTILINE,
)  # the last line of the copy list, with the signer's name run into it


def _is_known(name: str) -> bool:
    """A family name first, and as many words as names have: not "Đào Tạo"."""
    return bare(name.split(maxsplit=1)[0]) in _surnames() and not re.search(
        r"\b(?:Phòng|Ban|Sở|Vụ|Cục|Tổ|Khoa)\b", name
    )


def _in_copies(text: str, place: int) -> bool:
    start = text.rfind("\n", 0, place) + 1
    return bare(text[start : start + 16]).lstrip(" |*").startswith(("-", "noi nhan", "+"))


def signature(src: Source, found: Sequence[Piece], *, after: int) -> Signature | None:
    """The block that signs the document: its posts, line by line, and the name without rank or degree.

    `after` is the index of the piece where the body begins: lines in capitals before it are no signature, unless a name follows.
    """
    candidates = [block for block in _blocks(src, found, after) if block]
    if not candidates:
        return None
    return max(candidates, key=lambda pair: pair[0])[1]


def _blocks(src: Source, found: Sequence[Piece], after: int) -> list[tuple[float, Signature]]:
    blocks, place = [], 0
    copies_at = next((n for n, piece in enumerate(found) if COPIES.match(piece.bare)), None)
    while place < len(found):
        if not _opens(found[place]):
            place += 1
            continue
        lines, end = _title_lines(found, place)
        name = _name_after(found, lines, end)
        score = _score(found, place, name, copies_at, after)
        if score > 0:
            title = Found(
                flat(" / ".join(_clean(found[n].text) for n in lines)),
                src.spans(found[n].span for n in lines),
                0.95 if name is not None else 0.7,
            )
            blocks.append(
                (
                    score - place / (10 * len(found)),
                    Signature(
                        _named(src, found[name]) if name is not None else None, title, place, max(end, (name or 0) + 1)
                    ),
                )
            )
        place = max(end, place + 1)
    return blocks


def _score(found: Sequence[Piece], place: int, name: int | None, copies_at: int | None, after: int) -> float:
    score = 0.0
    if name is not None:
        score += 3
    if _AUTHORITY.match(found[place].bare):
        score += 2
    if copies_at is not None and abs(found[copies_at].line - found[place].line) < 40:
        score += 2
    if any("./." in found[n].text for n in range(max(0, place - 45), place)):
        score += 1
    if place < after:
        score -= 2.5
    return score if name is not None or score >= 3 else 0.0


def _clean(text: str) -> str:
    return (
        re.sub(r"(?<=\w) (?=PHÓ |THỨ TRƯỞNG)", " / ", text.strip(" *_|,;:").strip())
        if _AUTHORITY.match(bare(text))
        else text.strip(" *_|,;:").strip()
    )


def _opens(piece: Piece) -> bool:
    return (
        piece.upper
        and len(piece.text) < 90
        and bool(_AUTHORITY.match(piece.bare) or _posts().match(piece.bare))
        and not piece.text.rstrip().endswith(";")
    )


def _title_lines(found: Sequence[Piece], place: int) -> tuple[list[int], int]:
    """The pieces of the block in capitals, passing over copies that stand between them."""
    lines, at = [place], place + 1
    skipped = 0
    while at < len(found) and len(lines) < 5 and skipped < 14:
        piece = found[at]
        if _beside(found, at, lines):
            skipped += 1
        elif piece.upper and not _is_name(piece, strict=True) and len(piece.text) < 90:
            if ANNEX.match(piece.bare) or title_of(piece, at) or not _joins(found[lines[-1]], piece):
                break
            lines.append(at)
        elif _is_copy(piece) or _SIGNED.match(piece.bare):
            skipped += 1
        else:
            break
        at += 1
    return lines, lines[-1] + 1


def _beside(found: Sequence[Piece], at: int, lines: Sequence[int]) -> bool:
    """`found[at]` belongs to another signature in the next column."""
    piece = found[at]
    if not piece.upper:
        return False
    if piece.line == found[lines[-1]].line:
        return True
    return _rank(found, at) != _rank(found, lines[0]) and _width(found, at) > 1 and _width(found, lines[0]) > 1


def _rank(found: Sequence[Piece], at: int) -> int:
    """Which of the pieces in capitals on its line this is."""
    first = at
    while first and found[first - 1].line == found[at].line:
        first -= 1
    return sum(piece.upper for piece in found[first:at])


def _width(found: Sequence[Piece], at: int) -> int:
    line = found[at].line
    return sum(piece.upper for piece in found[max(0, at - 4) : at + 5] if piece.line == line)


def _joins(last: Piece, piece: Piece) -> bool:
    """A second post, or words that go on; not the head of a new page."""
    if piece.line - last.line > 14:
        return False
    return (
        bool(_AUTHORITY.match(last.bare) or _AUTHORITY.match(piece.bare) or _posts().match(piece.bare))
        or len(piece.text) < 40
    )


def _is_copy(piece: Piece) -> bool:
    return bool(
        re.match(r"[-–+*•]\s?\S", piece.text)
        or COPIES.match(piece.bare)
        or piece.bare.startswith(("nhu tren", "luu:", "luu "))
    )


def _name_after(found: Sequence[Piece], lines: Sequence[int], end: int) -> int | None:
    """The first piece after the posts that is a person's name."""
    column, second_column = found[lines[0]].column, None
    for place in range(end, min(len(found), end + 40)):
        piece = found[place]
        if (
            ADDRESSEE.match(piece.bare)
            or title_of(piece, place)
            or (_opens(piece) and piece.line > found[lines[-1]].line + 1 and not _is_name(piece))
        ):
            return second_column
        if _is_name(piece):
            return place
        if len(piece.text) > 120 and not _is_copy(piece):
            return None
    del column
    return None


def _is_name(piece: Piece, *, strict: bool = False) -> bool:
    name = _bare_name(piece.text)
    parts = re.sub(r"(?<=\w)-(?=\w)", " ", name).split()
    if len(parts) == 1 and _MINORITY.fullmatch(name):
        return not strict
    if not 2 <= len(parts) <= 6 or len(name) > 40:
        return False
    if (
        not all(_NAME_WORD.match(part) for part in parts)
        or len({part.isupper() for part in parts if len(part) > 1}) > 1
    ):
        return False
    known = bare(parts[0]) in _surnames() or any(_MINORITY.fullmatch(part) for part in parts)
    if strict or name.isupper():
        return known and not _posts().match(bare(name)) and not _AUTHORITY.match(bare(name))
    return known or all(is_syllable(part) for part in parts)


_MINORITY = re.compile(rf"[{UPPER}]['’‘`´][{UPPER}][{LOWER}]+|[HKY]['’‘`´][{UPPER}]+")  # H’Yim, K’Brêu
_ABBREVIATED = re.compile(r"(?:[^\W\d_]{1,8}\.\s*)+(?=\w+ \w)")  # a degree, rightly read or not


def _bare_name(text: str) -> str:
    """The name without "(Đã ký)", rank and degree."""
    name = re.sub(r"^\W*(?:\(?[đĐ]ã ký\)?|[Kk]ý bởi|[Nn]gười ký)\W*", "", text).strip(_EDGES)
    for before in (_ranks(), _ABBREVIATED):
        match = before.match(name)
        name = name[match.end() :].strip(_EDGES) if match else name
    return name


def _named(src: Source, piece: Piece) -> Found[str]:
    name = flat(_bare_name(piece.text))
    start = piece.text.find(name.split()[0])
    certainty = 0.95 if bare(name.split()[0]) in _surnames() else 0.75
    return Found(name, (src.span(piece.start + max(start, 0), piece.end),), certainty)
