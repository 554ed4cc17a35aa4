"""Whose group a line means: "cấp tỉnh", "trên địa bàn huyện Bến Đá", "thuộc Sở"."""

from collections.abc import Sequence

from lachan.engine.addressing.book import TYPES, AddressableUnit, AddressBook
from lachan.engine.addressing.words import Word, match, pattern_of

_OF = frozenset(
    {
        "trên", "địa", "bàn", "của", "trong", "thuộc", "trực", "toàn", "tại", "ở", "cấp", "đóng", "hoạt", "động", "có",
        "liên", "quan", "công", "lập", "trung", "ương",
    }
)  # fmt: skip
_AND_DIRECTLY = (("và", "va"), ("trực", "truc"), ("thuộc", "thuoc"))  # "thuộc và trực thuộc"
_COMMITTEE = pattern_of("ủy ban nhân dân")
Areas = list[AddressableUnit]


def whose(words: Sequence[Word], at: int, book: AddressBook) -> tuple[int, Areas | None]:
    """Reads what follows a group's name at `at`: where it ends, and the areas meant (None: nothing is said, so the issuer's)."""
    start = at
    while at < len(words) and words[at].marked in _OF and not words[at].begins_part:
        at += 1
        at += match(_AND_DIRECTLY, words, at, loose=False) is not None
    if at < len(words) and at > start:
        at = match(_COMMITTEE, words, at, loose=False) or at
    if at == len(words) or words[at].begins_part:
        return at, None
    return (
        _of_issuer(words, at, book) or _of_type(words, at, book, of_level=words[at - 1].marked == "cấp") or (at, None)
    )


def _of_issuer(words: Sequence[Word], at: int, book: AddressBook) -> tuple[int, Areas] | None:
    """ "thuộc Sở": right under the issuer, when that is no area; "Sông Lam" alone: the issuer's area."""
    if words[at].marked in ("sở", "ngành") and book.issuer and not book.issuer.level:
        return at + 1, [book.issuer]
    end = match(pattern_of(book.home.area), words, at, loose=False) if book.home else None
    return (end, [book.home]) if end is not None and book.home else None


def _of_type(words: Sequence[Word], at: int, book: AddressBook, *, of_level: bool) -> tuple[int, Areas] | None:
    """ "tỉnh", "cấp huyện", "huyện Bến Đá"."""
    for size in (2, 1):
        said, end = " ".join(word.marked for word in words[at : at + size]), at + size
        if said not in TYPES or end > len(words):
            continue
        if of_level:
            return end, book.areas_named(TYPES[said] or said, "")
        for unit in book.units.values():
            stop = match(pattern_of(unit.area), words, end, loose=False) if unit.type == said else None
            if stop is not None and not words[end].begins_part:
                return stop, book.areas_named(said, unit.area)
        return end, book.areas_named(said, "")
    return None
