"""Reads recipient lines word by word: groups, names, lists of names, exceptions; the rest is kept as unmatched."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from lachan.engine.addressing.book import AddressableGroup, AddressableUnit, AddressBook
from lachan.engine.addressing.finder import Finder, How
from lachan.engine.addressing.words import Word, match, pattern_of, words_of


@dataclass(frozen=True)
class Resolved:
    """One part of one recipient line. `certainty` is 0 for what a person must settle."""

    line: str
    part: str
    unit_keys: tuple[int, ...]
    how: How
    certainty: float
    group: str = ""
    candidates: tuple[int, ...] = ()

    @property
    def settled(self) -> bool:
        return bool(self.unit_keys) or self.how == How.ABOVE


def resolve(
    lines: Sequence[str],
    units: Sequence[AddressableUnit],
    groups: Sequence[AddressableGroup],
    issuer: int | None = None,
) -> list[Resolved]:
    """The units that `lines` address, part by part, in the order of the letter.

    `units`: those there on the letter's date, the issuer and the units above it among them. `issuer`: the key of the unit whose
    letter it is; groups are taken below its area ("các sở" of this province), names are looked for there first. None: anywhere.
    """
    by_key = {unit.key: unit for unit in units}
    book = AddressBook(by_key, groups, by_key[issuer] if issuer is not None else None)
    return [part for line in lines for part in _parts(unicodedata.normalize("NFC", line).strip(), book)]


def _parts(line: str, book: AddressBook) -> Iterator[Resolved]:
    segment: list[Word] = []
    for word in words_of(line):
        if segment and (";" in word.gap or "\n" in word.gap):
            yield from _Segment(line, segment, book).read()
            segment = []
        segment.append(word)
    if segment:
        yield from _Segment(line, segment, book).read()


_ABOVE = pattern_of("như trên")
_EXCEPT = [pattern_of(words) for words in ("trừ", "ngoại trừ", "không bao gồm", "không gồm")]
_BODIES = [
    pattern_of(words)
    for words in (
        "sở", "ban", "báo", "đài", "trường", "hội", "viện", "cục", "phòng", "đoàn", "thuế", "quỹ", "các", "huyện", "xã",
        "phường", "tỉnh", "quận", "bộ", "tổ", "vnpt", "viettel", "mobifone", "ủy ban", "công an", "công ty", "công đoàn",
        "hiệp hội", "trung tâm", "văn phòng", "chi cục", "chi nhánh", "tập đoàn", "ngân hàng", "bệnh viện", "liên đoàn",
        "liên minh", "liên hiệp", "mặt trận", "tòa án", "kho bạc", "bảo hiểm", "điện lực", "bưu điện", "tổng công ty",
        "tạp chí", "hợp tác xã", "học viện", "thị xã", "thị trấn", "thành phố", "hội đồng", "đảng ủy", "tổng cục",
    )
]  # fmt: skip
"""Words that begin the name of another body: "Thể thao và Du lịch" goes on with the name before it, "Báo …" does not."""


class _Segment:
    """One stretch of a line without semicolons."""

    def __init__(self, line: str, words: list[Word], book: AddressBook) -> None:
        self.line, self.words, self.book = line, words, book
        self.found: list[Resolved] = []
        self.finder = Finder(words, book)
        self.taken_from = 0  # where the last part found begins
        self.head: int | None = None  # where a list begins whose first name is still to come
        self.unread: list[int] = []  # places of words no rule took yet

    def read(self) -> list[Resolved]:
        if match(_ABOVE, self.words, 0, loose=True) == len(self.words):
            return [self._resolved(0, len(self.words), How.ABOVE, (), 1.0)]
        at = 0
        while at < len(self.words):
            begins = not self.unread or self.words[at].begins_part
            at = (self._take(at) if begins else None) or self._leave(at)
        self._give_up()
        return self.found

    def _leave(self, at: int) -> int:
        self.unread.append(at)
        return at + 1

    def _take(self, at: int) -> int | None:
        """Read what begins at `at`, if a rule knows it; where it ends."""
        start = at + 1 if self.words[at].marked == "và" else at
        if (end := self._exception(start)) is not None:
            return end
        hit = self.finder.find(start)
        if hit is None:
            return None
        self._give_up()
        if hit.heads_list:
            self.head = start
            return hit.end
        start, self.head = (start if self.head is None else self.head), None
        self.taken_from, end = start, self._aside(hit.end)
        self.found.append(
            replace(
                self._resolved(start, end, hit.how, hit.keys, hit.certainty),
                group=hit.group.code if hit.group else "",
                candidates=hit.candidates,
            )
        )
        return end

    def _exception(self, at: int) -> int | None:
        """ "trừ huyện X": taken away from the part before; runs to the end of the bracket or of the segment."""
        ends = [end for words in _EXCEPT if (end := match(words, self.words, at, loose=False)) is not None]
        if not ends or not self.found or self.unread:
            return None
        self._give_up()
        stop = self._close_of_bracket(at)
        inner = _Segment(self.line, self.words[max(ends) : stop], self.book)
        last = self.found[-1]
        inner.finder.pool = [self.book.units[key] for key in last.unit_keys if self.book.units[key].level]
        taken = inner.read()
        away = {key for part in taken for key in part.unit_keys}
        kept = tuple(key for key in last.unit_keys if key not in away)
        self.found[-1] = replace(last, unit_keys=kept, part=self._text(self.taken_from, stop))
        self.found += [part for part in taken if not part.settled]
        return stop

    def _aside(self, at: int) -> int:
        """Past a bracket that names nobody: "(03 hệ)", "(để báo cáo)"."""
        if at >= len(self.words) or "(" not in self.words[at].gap:
            return at
        stop = self._close_of_bracket(at)
        inner = _Segment(self.line, self.words[at:stop], self.book)
        is_exception = any(match(words, self.words, at, loose=False) is not None for words in _EXCEPT)
        return at if is_exception or any(part.settled for part in inner.read()) else stop

    def _close_of_bracket(self, at: int) -> int:
        if "(" not in self.words[at].gap:
            return len(self.words)
        return next((i for i in range(at + 1, len(self.words)) if ")" in self.words[i].gap), len(self.words))

    def _give_up(self) -> None:
        """What no rule took becomes one unmatched part, or several where another body's name begins."""
        places, self.unread = self.unread, []
        if places and self.head is not None:
            places, self.head = [self.head, *places], None
        while places and self.words[places[0]].marked == "và":
            places = places[1:]
        if not places:
            return
        cuts = [i for i in places[1:] if self.words[i].begins_part and self._begins_body(i)]
        for start, end in zip([places[0], *cuts], [*cuts, places[-1] + 1], strict=True):
            self.found.append(self._resolved(start, end, How.UNMATCHED, (), 0.0))

    def _begins_body(self, at: int) -> bool:
        at += self.words[at].marked == "và"
        return any(match(words, self.words, at, loose=False) is not None for words in _BODIES)

    def _resolved(self, start: int, end: int, how: How, keys: tuple[int, ...], certainty: float) -> Resolved:
        while start < end - 1 and self.words[start].marked == "và":
            start += 1
        while end - 1 > start and self.words[end - 1].marked == "và":
            end -= 1
        return Resolved(self.line, self._text(start, end), keys, how, certainty)

    def _text(self, start: int, end: int) -> str:
        first, last = self.words[start].start, self.words[end - 1].end
        closes = self.line[last : last + 1] == ")" and "(" in self.line[first:last]
        return self.line[first : last + closes]
