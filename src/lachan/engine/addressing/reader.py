"""Reads recipient lines word by word: groups, names, lists of names, exceptions; the rest is kept as unmatched."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from lachan.engine.addressing.book import TYPES, AddressableGroup, AddressableUnit, AddressBook
from lachan.engine.addressing.whose import whose
from lachan.engine.addressing.words import MANY, Word, match, pattern_of, words_of


class How(StrEnum):
    """By which rule a part of a line was resolved."""

    GROUP = "group"
    NAME = "name"
    ABOVE = "above"  # "như trên": those already named
    AMBIGUOUS = "ambiguous"  # several units of that name: `candidates`
    UNMATCHED = "unmatched"


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
_LEADING = [
    pattern_of(words)
    for words in (
        "chủ tịch", "giám đốc", "tổng giám đốc", "hiệu trưởng", "thủ trưởng", "người đứng đầu", "bí thư", "lãnh đạo", "trưởng",
        "đồng chí", "các đồng chí", "ông", "bà", "các ông", "quý", "đề nghị", "kính gửi", "ban lãnh đạo", "thường trực", "các",
    )
]  # fmt: skip
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
_LOOSE, _LISTED, _NAMESAKE, _SURE = 0.9, 0.95, 0.8, 0.99


@dataclass(frozen=True)
class _Hit:
    """What was found at a place: where it ends, and the units or group it means."""

    end: int
    how: How
    keys: tuple[int, ...]
    certainty: float
    group: AddressableGroup | None = None
    candidates: tuple[int, ...] = ()
    heads_list: bool = False


class _Segment:
    """One stretch of a line without semicolons."""

    def __init__(self, line: str, words: list[Word], book: AddressBook) -> None:
        self.line, self.words, self.book = line, words, book
        self.found: list[Resolved] = []
        self.pool: list[AddressableUnit] = []  # units a bare name may mean: after "các huyện:" those of that type
        self.plural = False  # "các" was said: it holds for what follows it too
        self.taken_from = 0  # where the last part found begins
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
        hit = self._hit(start)
        if hit is None:
            return None
        self._give_up()
        self.taken_from = start
        if hit.heads_list:
            self.pool = self._pool_of(hit)
            return hit.end
        end = self._aside(hit.end)
        self.found.append(
            replace(
                self._resolved(start, end, hit.how, hit.keys, hit.certainty),
                group=hit.group.code if hit.group else "",
                candidates=hit.candidates,
            )
        )
        if hit.how == How.NAME and self.book.units[hit.keys[0]].level:
            self.pool = self.book.alike(self.book.units[hit.keys[0]])
        return end

    def _hit(self, at: int) -> _Hit | None:
        """The longest name or group at `at`, after titles such as "Chủ tịch"; with marks if possible, else without."""
        for loose in (False, True):
            for start in self._starts(at):
                hits = [*self._names(start, loose=loose), *self._groups(start, loose=loose)]
                if hits:
                    return max(hits, key=lambda hit: (hit.end, hit.how == How.NAME, bool(hit.keys)))
        return None

    def _starts(self, at: int) -> Iterator[int]:
        """`at`, and the places after the titles that stand there."""
        while at < len(self.words):
            yield at
            ends = [end for title in _LEADING if (end := match(title, self.words, at, loose=False)) is not None]
            if not ends:
                return
            self.plural = self.plural or self.words[at].marked in MANY
            at = max(ends)

    def _names(self, at: int, *, loose: bool) -> Iterator[_Hit]:
        trust = _LOOSE if loose else 1.0
        for name_end, called in self.book.called(self.words, at, loose=loose).items():
            end, keys = self._of_parent(name_end, called)
            if self._ends(end):
                yield self._named(end, keys, _SURE * trust)
        for end, keys in self._bare(at, loose=loose).items():
            if self._ends(end):
                yield self._named(end, keys, _LISTED * trust)

    def _named(self, end: int, keys: set[int], certainty: float) -> _Hit:
        best, namesakes = self.book.best(keys)
        if len(best) > 1:
            return _Hit(end, How.AMBIGUOUS, (), 0.0, candidates=tuple(sorted(best)))
        return _Hit(end, How.NAME, tuple(best), certainty * (_NAMESAKE if namesakes else 1.0))

    def _bare(self, at: int, *, loose: bool) -> dict[int, set[int]]:
        """Names without their type, where a list allows them."""
        found: dict[int, set[int]] = {}
        for unit in self.pool:
            end = match(pattern_of(unit.area), self.words, at, loose=loose)
            if end is not None:
                found.setdefault(end, set()).add(unit.key)
        return found

    def _of_parent(self, end: int, keys: set[int]) -> tuple[int, set[int]]:
        """ "xã Gò Cao, huyện Bến Đá": the second area says which Gò Cao is meant, and is no recipient."""
        above = {parent for key in keys for parent in self.book.units[key].path[:-1]}
        start = end + 1 if end < len(self.words) and self.words[end].marked == "thuộc" else end
        if start >= len(self.words) or not above:
            return end, keys
        for stop, called in sorted(self.book.called(self.words, start, loose=False).items(), reverse=True):
            if self.words[start].marked != "ủy" and (parents := called & above) and self._ends(stop):
                return stop, {key for key in keys if parents & set(self.book.units[key].path)}
        return end, keys

    def _groups(self, at: int, *, loose: bool) -> Iterator[_Hit]:
        places = [(at, self.plural)]
        if self.words[at].marked in MANY and at + 1 < len(self.words):
            places.append((at + 1, True))
        for place, plural in places:
            for end, group in self.book.grouped(self.words, place, loose=loose, plural=plural):
                if self._heads_list(end, group):
                    yield _Hit(end, How.GROUP, (), 0.0, group, heads_list=True)
                    continue
                stop, areas = whose(self.words, end, self.book)
                if self._ends(stop):
                    self.plural = self.plural or self.words[at].marked in MANY
                    keys = self.book.members(group, areas)
                    trust = (_LOOSE if loose else 1.0) * _SURE
                    yield _Hit(stop, How.GROUP, keys, trust if keys else 0.0, group)
        if self.words[at].marked in TYPES and at + 1 < len(self.words) and ":" in self.words[at + 1].gap:
            kinds = frozenset(unit.kind for unit in self.book.units.values() if unit.type == self.words[at].marked)
            yield _Hit(at + 1, How.GROUP, (), 0.0, AddressableGroup("", kinds, ()), heads_list=True)

    def _heads_list(self, end: int, group: AddressableGroup) -> bool:
        """Whether names of the group's units follow: "UBND các huyện: A, B", "UBND các huyện A, B"."""
        if end >= len(self.words):
            return False
        members = [self.book.units[key] for key in self.book.members(replace(group, direct=False), None)]
        if not members or not all(unit.level for unit in members):
            return False
        opens = set(self.words[end].gap) & set(":(")
        if not opens and (self.words[end].begins_part or len({unit.type for unit in members}) > 1):
            return False
        return any(match(pattern_of(unit.area), self.words, end, loose=True) is not None for unit in members)

    def _pool_of(self, hit: _Hit) -> list[AddressableUnit]:
        group = replace(hit.group, direct=False) if hit.group else None
        return [self.book.units[key] for key in self.book.members(group, None)] if group else []

    def _exception(self, at: int) -> int | None:
        """ "trừ huyện X": taken away from the part before; runs to the end of the bracket or of the segment."""
        ends = [end for words in _EXCEPT if (end := match(words, self.words, at, loose=False)) is not None]
        if not ends or not self.found or self.unread:
            return None
        self._give_up()
        stop = self._close_of_bracket(at)
        inner = _Segment(self.line, self.words[max(ends) : stop], self.book)
        last = self.found[-1]
        inner.pool = [self.book.units[key] for key in last.unit_keys if self.book.units[key].level]
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

    def _ends(self, at: int) -> bool:
        """Whether a name may end before `at`."""
        return at >= len(self.words) or self.words[at].begins_part

    def _give_up(self) -> None:
        """What no rule took becomes one unmatched part, or several where another body's name begins."""
        places, self.unread = self.unread, []
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
