"""Who issues a document, and the body above: from the lines in capitals at its head."""

import re
from collections.abc import Sequence
from functools import cache

from lachan.engine.letters.found import Found
from lachan.engine.letters.knowledge import rows
from lachan.engine.letters.landmarks import ADDRESSEE, COPIES, STAMP, SUBJECT, title_of
from lachan.engine.letters.masthead import Masthead
from lachan.engine.letters.pieces import Piece
from lachan.engine.letters.source import Source, bare, flat

_UNDER_GOVERNMENT = re.compile(r"(?:uy ban nhan dan|ubnd|hoi dong nhan dan|hdnd)\b")
_AREA = re.compile(r"(?:tinh|thanh pho|tp|huyen|quan|thi xa|xa|phuong|thi tran|dac khu)\b")
# Inside one line, a body that stands under the one before it.
_SECOND = re.compile(
    r"(?<=\w )(?:so (?:y te|noi vu|tu phap|tai chinh|xay dung|cong thuong|giao duc|thong tin|khoa hoc|"
    r"van hoa|nong nghiep|tai nguyen|lao dong|giao thong|ke hoach|ngoai vu|du lich|dan toc)"
    r"|phong (?:y te|noi vu|tu phap|tai chinh|giao duc|van hoa|kinh te|lao dong|tai nguyen|nong nghiep|"
    r"dan toc|khoa hoc|an ninh|canh sat)|chi cuc|trung tam|truong (?:thpt|thcs|tieu hoc|mam non|dai hoc|"
    r"cao dang|trung hoc|chinh tri)|benh vien"
    r"|cuc (?!bo)|tong cuc|van phong(?! (?:uy|hdnd|ubnd))|thanh tra (?=tinh|so)|ban (?:quan ly|dan toc|"
    r"tuyen giao|to chuc|noi chinh|dan van|chi dao)|cong an (?=huyen|xa|phuong|quan|thanh pho|thi))\b"
)


_NOT_HEADS = (  # PHÒNG, CHỐNG …; TỔ CHỨC …; BÁO CÁO; HỘI NGHỊ; BỘ PHẬN; KHOA HỌC: no bodies
    r"(?!(?<=\bphong),? (?:chong|ngua))(?!(?<=\bto) chuc)(?!(?<=\bbao) cao)(?!(?<=\bhoi) (?:nghi|thao|thi\b))"
    r"(?!(?<=\bbo) (?:mon|phan))(?!(?<=\bkhoa) hoc)"
)


@cache
def _heads() -> tuple[re.Pattern[str], frozenset[str]]:
    entries = sorted(rows("bodies"), key=lambda row: len(row["words"]), reverse=True)
    words = "|".join(re.escape(bare(row["words"])) for row in entries)
    pattern = re.compile(rf"(?:{words})\b{_NOT_HEADS}")
    return pattern, frozenset(bare(row["words"]) for row in entries if row["open"])


def opens_body(text: str) -> bool:
    """Whether bare `text` begins with the first words of a body's name."""
    return _heads()[0].match(text) is not None


def issuer(src: Source, signs: Masthead, found: Sequence[Piece]) -> tuple[Found[str] | None, Found[str] | None]:
    """The issuing body and the one above it, as in the head; a People's Committee has none above."""
    groups = _without_union(_head_pieces(signs, found))
    if not groups:
        return None, None
    own = _named(src, groups[-1])
    if _UNDER_GOVERNMENT.match(bare(own.value)) or len(groups) == 1:
        return own, None
    return own, _named(src, groups[-2])


_UNION = re.compile(r"\W*doan (?:tncs|thanh nien cong san|thanh nien) ho chi minh\W*")


def _without_union(heads: Sequence[Piece]) -> list[list[Piece]]:
    """The bodies, less the Youth Union's name where it stands on the right as the Party's does."""
    kept = [piece for n, piece in enumerate(heads) if n == 0 or not _UNION.fullmatch(piece.bare)]
    return _bodies(kept)


def _named(src: Source, group: Sequence[Piece]) -> Found[str]:
    value = re.sub(r"^\W+|[^\w.)\"”]+$", "", flat(" ".join(piece.text for piece in group)))
    certainty = 0.95 if opens_body(group[0].bare) else 0.6
    return Found(value, src.spans(piece.span for piece in group), certainty)


def _head_pieces(signs: Masthead, found: Sequence[Piece]) -> list[Piece]:
    """The pieces in capitals around the signs of the head, above title and addressees."""
    cluster = _cluster(signs, found)
    if cluster is None:
        return []
    first, last = cluster
    heads: list[Piece] = []
    for place in range(first, len(found)):
        piece = found[place]
        if piece.line > last or ADDRESSEE.match(piece.bare):
            break
        if title_of(piece, place) and not _HEAD_OF_BODY.match(piece.bare):
            break
        if _in_head(piece):
            heads.append(piece)
    return [piece for piece in heads if piece.upper] or heads


_HEAD_OF_BODY = re.compile(r"bao (?!cao)|huong dan vien")
_POST = re.compile(
    r"(?:tm|kt|tl|tuq|q)\s?\.|(?:pho )?(?:chu tich|giam doc|bi thu|hieu truong|cuc truong|bo truong|thu truong)\b"
)


def _in_head(piece: Piece) -> bool:
    if STAMP.fullmatch(piece.bare) or SUBJECT.match(piece.bare) or COPIES.match(piece.bare) or _POST.match(piece.bare):
        return False
    if piece.upper:
        return len(piece.text) > 1
    return (
        opens_body(piece.bare)
        and piece.text[0].isupper()
        and len(piece.text) < 60
        and not re.search(r"[;:]|\.$", piece.text)
    )


def _cluster(signs: Masthead, found: Sequence[Piece]) -> tuple[int, int] | None:
    """The first piece and the last line of the head: from a few lines above its first sign to a few below its last."""
    if not signs.anchors or not found:
        return None
    lines = [_line_at(found, place) for place in signs.anchors]
    own = _line_at(found, signs.number_at) if signs.number_at is not None else lines[0]
    near = [own]
    for line in sorted(lines, key=lambda line: abs(line - own)):
        if min(abs(line - other) for other in near) <= 14:
            near.append(line)
    first_line, last_line = min(near), max(near)
    place = next((n for n, piece in enumerate(found) if piece.line >= first_line), len(found))
    for _ in range(8):
        if place == 0 or not (
            _in_head(found[place - 1]) or STAMP.fullmatch(found[place - 1].bare) or len(found[place - 1].text) < 4
        ):
            break
        place -= 1
    return place, last_line + 4


def _line_at(found: Sequence[Piece], place: int) -> int:
    low, high = 0, len(found)
    while low < high:
        middle = (low + high) // 2
        if found[middle].start < place:
            low = middle + 1
        else:
            high = middle
    return found[min(low, len(found) - 1)].line


def _bodies(heads: Sequence[Piece]) -> list[list[Piece]]:
    """The pieces grouped by body, from the top one down."""
    pattern, opened = _heads()
    groups: list[list[Piece]] = []
    for piece in (part for head in heads for part in _parts(head)):
        match = pattern.match(piece.bare.lstrip("* -_"))
        if groups and (not match or _unfinished(groups[-1], piece, opened)):
            groups[-1].append(piece)
        elif match or piece.upper:
            groups.append([piece])
    if (
        len(groups) > 1
        and not pattern.match(groups[0][0].bare)
        and not _AREA.match(groups[0][0].bare)
        and len(groups[0][0].text) < 6
    ):
        groups = groups[1:]
    return groups


_GOES_ON = (
    *(
        " va",
        " -",
        ",",
        " va cac",
        " thuoc",
        " cac",
        " tnhh",
        " mtv",
        " co phan",
        " buu chinh",
        " quan ly",
        " phat thanh",
    ),
    *(" bao ve", " chi dao", " phong chong", " ve", " phoi hop", " phong", " quoc gia", " ung pho"),
)


def _unfinished(group: Sequence[Piece], piece: Piece, opened: frozenset[str]) -> bool:
    """The words so far are no full name, so that `piece` belongs to them: "VĂN PHÒNG" before "CHÍNH PHỦ"."""
    so_far = bare(flat(" ".join(part.text for part in group))).strip(" *-")
    across = _heads()[0].match(f"{so_far} {piece.bare}")
    if so_far in opened or (across and across.end() > len(so_far)):
        return True
    return so_far.endswith(_GOES_ON) or piece.bare.startswith(("va ", "- "))


def _parts(piece: Piece) -> list[Piece]:
    """A line holding two bodies becomes two pieces."""
    if not opens_body(piece.bare):
        return [piece]
    starts = [
        match.start()
        for match in _SECOND.finditer(piece.bare, 8)
        if not piece.bare[: match.start()].rstrip().endswith(("va", "thuoc", "cac", "van phong", "cua"))
    ]
    if not starts:
        return [piece]
    cut = starts[0]
    first = Piece(piece.start, piece.start + cut, piece.line, piece.column, piece.text[:cut], piece.bare[:cut])
    second = Piece(piece.start + cut, piece.end, piece.line, piece.column, piece.text[cut:], piece.bare[cut:])
    return [first, second]


_AUTHORITY = re.compile(
    r"(?:chu tich|giam doc|bo truong|cuc truong|chi cuc truong|tong giam doc|hieu truong|truong ban|"
    r"vien truong|thong doc|chanh an|tong cuc truong|truong phong)\s+(?=\w)"
)


def from_authority(src: Source, piece: Piece) -> Found[str]:
    """The issuer behind a line such as "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH X" under the title of a decision."""
    post = _AUTHORITY.match(piece.bare)
    start = piece.start + (post.end() if post else 0)
    return Found(flat(src.text[start : piece.end]).rstrip(" ,;:."), (src.span(start, piece.end),), 0.7)
