"""What a document is and what it is about: kind, and abstract."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from lachan.engine.letters.found import Found
from lachan.engine.letters.knowledge import rows
from lachan.engine.letters.landmarks import (
    ABOUT,
    ADDRESSEE,
    COPIES,
    ENUMERATOR,
    OPENER,
    STAMP,
    SUBJECT,
    Title,
    title_of,
)
from lachan.engine.letters.masthead import Masthead
from lachan.engine.letters.pieces import Piece
from lachan.engine.letters.source import Source, bare, flat

_RULING = re.compile(
    r"(?:chu tich|giam doc|pho giam doc|bo truong|thu tuong|hieu truong|cuc truong|chi cuc truong|"
    r"tong cuc truong|tong giam doc|vien truong|thong doc|chanh an|truong ban|truong phong|"
    r"uy ban nhan dan|ubnd|hoi dong|hdnd|ban thuong vu|ban chap hanh|chinh phu|quoc hoi|tong thanh tra|"
    r"tong kiem toan|chu nhiem|thuong truc|quyet dinh|quyet nghi|dang uy|bi thu)\b"
)
_ASIDE = re.compile(
    r"\W*(?:\(?(?:ban hanh )?kem theo|\(du thao|\(?trinh |\(?thuc hien (?:nghi|quyet|chi|ke)[^)]{0,200}\)$)"
)
_OPEN_END = re.compile(
    r"(?:,|(?<!\w)(?:và|của|tại|cho|về|đối với|theo|trong|trên|các|với|đến|từ|giữa|do|ở|là|những|cấp|số|năm|"
    r"tháng|giai đoạn|địa bàn))$"
)
_SHORTER = {"thông báo kết luận": "thông báo"}  # a notice of conclusions is a notice, about conclusions
_MAX_LINES = 14


@dataclass(frozen=True)
class Subject:
    """`ends` is the index of the first piece after kind and abstract; `ruling` the line naming who decides, if any."""

    kind: Found[str] | None
    abstract: Found[str] | None
    begins: int
    ends: int
    ruling: Piece | None = None


def subject(src: Source, signs: Masthead, found: Sequence[Piece], *, loose: bool) -> Subject:
    """Read the kind of document and its abstract; the abstract without "V/v", "Về việc", line breaks and hyphens."""
    addressee = next((n for n, piece in enumerate(found) if ADDRESSEE.match(piece.bare)), None)
    line = _subject_line(signs, found, addressee)
    title = _title(signs, found, addressee, line)
    if title is None and line is not None:
        taken = _lines(found, line, loose=loose, start=_word_start(found[line], SUBJECT), before=addressee)
        return Subject(_letter_kind(src, signs, found, line), _abstract(src, found, taken, 0.95), line, taken.after)
    if title is None:
        return Subject(_kind_by_symbol(signs, has_addressee=addressee is not None), None, len(found), addressee or 0)
    start = (title.place, title.rest) if title.rest is not None else (title.place + 1, 0)
    taken = _lines(found, start[0], loose=loose, start=start[1], titled=True)
    kind = Found(_SHORTER.get(title.name, title.name), (src.span(*found[title.place].span),), 0.97)
    ruling = (
        found[taken.after]
        if taken.after < len(found) and found[taken.after].upper and _RULING.match(found[taken.after].bare)
        else None
    )
    abstract = _abstract(src, found, taken, 0.9)
    if abstract and title.name in _SHORTER:
        abstract = replace(abstract, value=f"Kết luận {abstract.value}")
    return Subject(kind, abstract, title.place, taken.after, ruling)


def _subject_line(signs: Masthead, found: Sequence[Piece], addressee: int | None) -> int | None:
    """The piece that begins with V/v and stands by the number, or above the addressees."""
    for place, piece in enumerate(found):
        if SUBJECT.match(piece.bare) and (piece.text.lstrip('"“(*_ ')[:1] in ("V", "v", "T")):
            return place
        if piece.bare.startswith("ve ") and _under_number(signs, piece) and not _titled_before(found, place):
            return place
        if addressee is None and place > 60:
            break
    return None


def _under_number(signs: Masthead, piece: Piece) -> bool:
    """ "Về việc …" without V/v, close below the number."""
    reach = 400 if piece.bare.startswith("ve viec") else 60
    return signs.number_at is not None and 0 <= piece.start - signs.number_at < reach


def _titled_before(found: Sequence[Piece], place: int) -> bool:
    return any(title_of(found[n], n) for n in range(max(0, place - 3), place))


def _title(signs: Masthead, found: Sequence[Piece], addressee: int | None, line: int | None) -> Title | None:
    """The title of the document itself, not of an annex to a letter."""
    by_symbol = _by_symbol(signs)
    first: Title | None = None
    for place, piece in enumerate(found):
        title = title_of(piece, place)
        if title is None or not _may_be_title(title, piece, place):
            continue
        if line is not None and not place < line <= place + 2:
            if (line < place and place - line > 6) or (addressee is not None and line < addressee < place):
                return None
            if by_symbol != title.name:
                continue
        if by_symbol in (None, title.name) or line is not None:
            return title
        first = first or title
    return first


def _may_be_title(title: Title, piece: Piece, place: int) -> bool:
    if title.rest is None:
        return not (title.name == "quyết định" and piece.text.rstrip().endswith(":") and place > 12)
    rest = piece.text[title.rest :]
    return (
        place < 40
        and title.name not in ("văn bản", "luật", "lệnh", "thư", "dự án")
        and len(rest) > 8
        and "|" not in rest
    )


@dataclass(frozen=True)
class _Taken:
    places: tuple[tuple[int, int], ...]  # piece, and where in it the words begin
    after: int


def _lines(
    found: Sequence[Piece], first: int, *, loose: bool, start: int, titled: bool = False, before: int | None = None
) -> _Taken:
    """The pieces of the abstract from `first` on; `before` is the index of the addressees, above which no body of text begins."""
    taken: list[tuple[int, int]] = []
    place = first
    while place < len(found) and len(taken) < _MAX_LINES:
        piece = found[place]
        if STAMP.fullmatch(piece.bare) and not taken:
            place += 1
            continue
        if taken and not _follows(found[taken[-1][0]], piece, loose=loose, ahead=before is not None and place < before):
            if _ends(found[taken[-1][0]], piece, found[taken[0][0]], loose=loose):
                break
        elif not taken and titled and _never(piece):
            break
        begin = start if place == first else 0
        if not taken and titled and begin == 0:
            begin = _word_start(piece, ABOUT)
        taken.append((place, begin))
        place += 1
    return _Taken(tuple(taken), place)


def _never(piece: Piece) -> bool:
    """What no abstract begins with."""
    return (
        piece.bare.startswith(("can cu ", "kinh gui", "so:", "noi nhan"))
        or bool(_ASIDE.match(piece.bare))
        or (piece.upper and bool(_RULING.match(piece.bare)))
    )


_DATED = re.compile(r"\W{0,3}[^,:;]{2,40}, ?(?:ngay|thang)\b[^,:;]{0,40}\bnam\b\W*[\d ]{0,6}\W*")


def _is_stamp(piece: Piece) -> bool:
    """Urgency, secrecy or a date of receipt, with or without brackets."""
    return not piece.text[0].islower() and STAMP.fullmatch(piece.bare.lstrip("( ")) is not None


def _follows(last: Piece, piece: Piece, *, loose: bool, ahead: bool) -> bool:
    """The next line of a V/v, whatever words it begins with: the addressees are still ahead."""
    return (
        ahead
        and piece.line == last.line + 1
        and piece.column == last.column
        and piece.start - last.end < 25  # no line of place and date was cut out between
        and not piece.upper
        and not last.upper
        and (loose or not piece.gap_before)
        and not last.text.rstrip().endswith((".", ";", ":"))
        and not any(part.match(piece.bare) for part in _OTHER_PARTS)
        and not _is_stamp(piece)
    )


_OTHER_PARTS = (ADDRESSEE, COPIES, _ASIDE, SUBJECT, ENUMERATOR, _DATED)


def _ends(last: Piece, piece: Piece, first: Piece, *, loose: bool) -> bool:
    """Whether `piece` no longer belongs to the abstract that `first` begins and `last` has reached."""
    if any(part.match(piece.bare) for part in _OTHER_PARTS) or _is_stamp(piece):
        return True
    if piece.text[0].islower():
        return False
    if piece.upper != first.upper and len(piece.text) > 6 and not (piece.text.startswith("(") and _open_end(last)):
        return True
    if _open_end(last):
        return False
    if piece.upper:
        return bool(piece.text.startswith("(") or _RULING.match(piece.bare) or title_of(piece, 0)) or _closes(
            last, piece, loose=loose
        )
    return piece.text.startswith("(") or _closes(last, piece, loose=loose) or OPENER.match(piece.bare) is not None


def _closes(last: Piece, piece: Piece, *, loose: bool) -> bool:
    """A full stop, or an empty line where lines stand close."""
    return last.text.rstrip().endswith((".", ";", ":")) or (piece.gap_before and not loose)


def _open_end(piece: Piece) -> bool:
    """The line stops where no title stops: after a comma, or a small word that wants another."""
    match = _OPEN_END.search(piece.text.lower())
    return match is not None and (piece.upper or not piece.text[match.start() : match.end()][:1].isupper())


def _word_start(piece: Piece, pattern: re.Pattern[str]) -> int:
    match = pattern.match(piece.bare)
    return match.end() if match else 0


def _abstract(src: Source, found: Sequence[Piece], taken: _Taken, certainty: float) -> Found[str] | None:
    stretches = [(found[place].start + begin, found[place].end) for place, begin in taken.places]
    words = flat(" ".join(src.text[start:end] for start, end in stretches))
    words = re.sub(r"^[\W_]*(?:[Vv]ề việc|VỀ VIỆC|V/v|[Vv]ề|VỀ)?(?!\w)[\s:.,;\-–]*(?=[\w“\"(])", "", words).rstrip(
        " .;,:_-–*/"
    )
    if words.count(")") > words.count("("):
        words = words.rstrip(") ")
    if not words:
        return None
    if words.count("(") > words.count(")"):
        certainty -= 0.2
    return Found(words, src.spans(stretches), certainty if len(words) > 12 else 0.5)


def _letter_kind(src: Source, signs: Masthead, found: Sequence[Piece], line: int) -> Found[str]:
    by_symbol = _by_symbol(signs)
    certainty = 0.95 if by_symbol in (None, "công văn") else 0.8
    return Found("công văn", (src.span(found[line].start, found[line].start + 3),), certainty)


def _by_symbol(signs: Masthead) -> str | None:
    """The kind that the first part of the symbol abbreviates; None when it names a body."""
    if signs.symbol is None:
        return None
    first = re.split(r"[-/]", re.sub(r"^\d{4}[/-]", "", signs.symbol.value))[0]
    names = {row["abbreviation"]: row["name"] for row in reversed(rows("types")) if row["abbreviation"]}
    return (
        names.get(first) or {bare(key): name for key, name in names.items()}.get(bare(first))
        if len(first) > 1
        else None
    )


def _kind_by_symbol(signs: Masthead, *, has_addressee: bool) -> Found[str] | None:
    kind = _by_symbol(signs)
    if kind:
        return Found(kind, signs.symbol.spans if signs.symbol else (), 0.7)
    return Found("công văn", (), 0.5) if has_addressee or signs.symbol else None
