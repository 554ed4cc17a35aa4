"""What stands at one place of a line: the name of a unit, or that of a group."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from lachan.engine.addressing.book import TYPES, AddressableGroup, AddressableUnit, AddressBook
from lachan.engine.addressing.whose import whose
from lachan.engine.addressing.words import Word, is_many, match, pattern_of


class How(StrEnum):
    """By which rule a part of a line was resolved."""

    GROUP = "group"
    NAME = "name"
    ABOVE = "above"  # "như trên": those already named
    AMBIGUOUS = "ambiguous"  # several units of that name: `candidates`
    UNMATCHED = "unmatched"


@dataclass(frozen=True)
class Hit:
    """What was found at a place: where it ends, and the units or group it means. `heads_list`: the names follow."""

    end: int
    how: How
    keys: tuple[int, ...]
    certainty: float
    group: AddressableGroup | None = None
    candidates: tuple[int, ...] = ()
    heads_list: bool = False


_LEADING = [
    pattern_of(words)
    for words in (
        "chủ tịch", "giám đốc", "tổng giám đốc", "hiệu trưởng", "thủ trưởng", "người đứng đầu", "bí thư", "lãnh đạo", "trưởng",
        "đồng chí", "các đồng chí", "ông", "bà", "các ông", "quý", "đề nghị", "kính gửi", "ban lãnh đạo", "thường trực", "các",
    )
]  # fmt: skip
_LOOSE, _LISTED, _NAMESAKE, _SURE = 0.9, 0.95, 0.8, 0.99


class Finder:
    """Finds names and groups in the words of one segment, remembering what its earlier words allow."""

    def __init__(self, words: Sequence[Word], book: AddressBook) -> None:
        self.words, self.book = words, book
        self.pool: list[AddressableUnit] = []  # units a bare name may mean: after "các huyện:" those of that type
        self.prefix: list[Word] = []  # what every name of a list begins with: "các sở: Y tế, Nội vụ"
        self.plural = False  # "các" was said: it holds for what follows it too

    def find(self, at: int) -> Hit | None:
        """The longest name or group at `at`, after titles such as "Chủ tịch"; with marks if possible, else without."""
        if head := self._head(at):
            return head
        for loose in (False, True):
            for start in self._starts(at):
                hits = [*self._names(start, loose=loose), *self._groups(start, loose=loose)]
                if hits:
                    hit = max(hits, key=lambda hit: (hit.end, hit.how == How.NAME, bool(hit.keys)))
                    self._remember(start, hit)
                    return hit
        return None

    def _head(self, at: int) -> Hit | None:
        """Words before a colon with which the names after it begin: "các sở: Y tế, Nội vụ", "Văn phòng: Tỉnh ủy, UBND tỉnh"."""
        colon = next((i for i in range(at + 1, len(self.words)) if self.words[i].begins_part), None)
        if colon is None or ":" not in self.words[colon].gap:
            return None
        prefix = [word for word in self.words[at:colon] if not is_many(word)]
        named = self.book.called([*prefix, *self.words[colon:]], 0, loose=True) if prefix else {}
        if not any(end > len(prefix) for end in named):
            return None
        self.prefix, self.pool = prefix, []
        return Hit(colon, How.GROUP, (), 0.0, heads_list=True)

    def ends(self, at: int) -> bool:
        """Whether a name may end before `at`."""
        return at >= len(self.words) or self.words[at].begins_part

    def _remember(self, start: int, hit: Hit) -> None:
        self.plural = self.plural or is_many(self.words[start])
        if hit.heads_list:
            self.pool = self._listed(hit.group) if hit.group else []
            self.prefix = [word for word in self.words[start : hit.end] if not is_many(word)]
        elif hit.how == How.NAME and self.book.units[hit.keys[0]].level:
            self.pool = self.book.alike(self.book.units[hit.keys[0]])
        elif hit.how == How.NAME and self.plural and not self.prefix:
            self.prefix = [self.words[start]]

    def _starts(self, at: int) -> Iterator[int]:
        """`at`, and the places after the titles that stand there."""
        while at < len(self.words):
            yield at
            ends = [end for title in _LEADING if (end := match(title, self.words, at, loose=False)) is not None]
            if not ends:
                return
            self.plural = self.plural or is_many(self.words[at])
            at = max(ends)

    def _names(self, at: int, *, loose: bool) -> Iterator[Hit]:
        trust = _LOOSE if loose else 1.0
        for end, keys in self._in_list(at, loose=loose).items():
            if self.ends(end):
                yield self._named(end, keys, _LISTED * trust)
        for name_end, called in self.book.called(self.words, at, loose=loose).items():
            end, keys = self._of_parent(name_end, called)
            if self.ends(end):
                yield self._named(end, keys, _SURE * trust)

    def _named(self, end: int, keys: set[int], certainty: float) -> Hit:
        best, namesakes = self.book.best(keys)
        if len(best) > 1:
            return Hit(end, How.AMBIGUOUS, (), 0.0, candidates=tuple(sorted(best)))
        return Hit(end, How.NAME, tuple(best), certainty * (_NAMESAKE if namesakes else 1.0))

    def _in_list(self, at: int, *, loose: bool) -> dict[int, set[int]]:
        """Names of which a list leaves out the beginning: keys by where the name ends."""
        found: dict[int, set[int]] = {}
        for unit in self.pool:
            end = match(pattern_of(unit.area), self.words, at, loose=loose)
            if end is not None:
                found.setdefault(end, set()).add(unit.key)
        if self.prefix:
            whole = [*self.prefix, *self.words[at:]]
            for end, keys in self.book.called(whole, 0, loose=loose).items():
                if end > len(self.prefix):
                    found.setdefault(end - len(self.prefix) + at, set()).update(keys)
        return found

    def _of_parent(self, end: int, keys: set[int]) -> tuple[int, set[int]]:
        """ "xã Gò Cao, huyện Bến Đá": the second area says which Gò Cao is meant, and is no recipient."""
        above = {parent for key in keys for parent in self.book.units[key].path[:-1]}
        start = end + 1 if end < len(self.words) and self.words[end].marked == "thuộc" else end
        if start >= len(self.words) or not above:
            return end, keys
        for stop, called in sorted(self.book.called(self.words, start, loose=False).items(), reverse=True):
            if self.words[start].marked != "ủy" and (parents := called & above) and self.ends(stop):
                return stop, {key for key in keys if parents & set(self.book.units[key].path)}
        return end, keys

    def _groups(self, at: int, *, loose: bool) -> Iterator[Hit]:
        places = [(at, self.plural)]
        if is_many(self.words[at]) and at + 1 < len(self.words):
            places.append((at + 1, True))
        for place, plural in places:
            for end, group, types in self.book.grouped(self.words, place, loose=loose, plural=plural):
                yield from self._group(at, end, group, types, trust=_SURE * (_LOOSE if loose else 1.0))
        if self.words[at].marked in TYPES and at + 1 < len(self.words) and ":" in self.words[at + 1].gap:
            kinds = frozenset(unit.kind for unit in self.book.units.values() if unit.type == self.words[at].marked)
            yield Hit(at + 1, How.GROUP, (), 0.0, AddressableGroup("", kinds, ()), heads_list=True)

    def _group(
        self, at: int, end: int, group: AddressableGroup, types: frozenset[str], *, trust: float
    ) -> Iterator[Hit]:
        if self._heads_list(at, end, group):
            yield Hit(end, How.GROUP, (), 0.0, group, heads_list=True)
            return
        stop, areas = whose(self.words, end, self.book)
        if self.ends(stop):
            keys = self.book.members(group, areas, types)
            yield Hit(stop, How.GROUP, keys, trust if keys else 0.0, group)

    def _heads_list(self, at: int, end: int, group: AddressableGroup) -> bool:
        """Whether names of the group's units follow: "UBND các huyện: A, B", "UBND các huyện A, B", "các sở: Y tế, Nội vụ"."""
        if end >= len(self.words):
            return False
        members = self._listed(group)
        opens = set(self.words[end].gap) & set(":(")
        if not opens and (self.words[end].begins_part or len({unit.type for unit in members}) > 1):
            return False
        prefix = [word for word in self.words[at:end] if not is_many(word)]
        following = [match(pattern_of(unit.area), self.words, end, loose=True) for unit in members]
        following += self.book.called(self.words, end, loose=False) if opens else ()
        following += [
            stop for stop in self.book.called([*prefix, *self.words[end:]], 0, loose=True) if stop > len(prefix)
        ]
        return any(stop is not None for stop in following)

    def _listed(self, group: AddressableGroup) -> list[AddressableUnit]:
        """The areas of a group that a list after it may name without their type."""
        members = self.book.members(replace(group, direct=False), None)
        return [self.book.units[key] for key in members if self.book.units[key].level]
