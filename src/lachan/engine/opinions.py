"""What many units wrote, gathered: an answer split into its points, near-identical points together, and whose they are.

Nothing is lost and nothing is invented: every point stands in exactly one theme, under the words most units used. Two points are
put together only when they say the same in nearly the same words; a different number, or one word that turns the meaning (tăng,
giảm, không …), keeps them apart.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Generic, TypeVar

from lachan.engine.vietnamese import fold

Key = TypeVar("Key", bound=Hashable)

ALIKE = 0.75
"""From here on two points say the same: mean of the Dice coefficients of their words and of their pairs of words."""
TURNING = frozenset(
    "khong chua tang giam bot ngung dung cam bo huy cham som truoc sau it nhieu keo rut".split()  # noqa: SIM905
)
"""Words, folded, that turn what a sentence asks for: points that differ in one of them are never put together."""
FILLING = frozenset("da bi cac nhung cua va cung rat them".split())  # noqa: SIM905
"""Words, folded, that may come or go without changing what is said."""
NOTHING_SAID = frozenset(
    "".join(words.split())
    for words in (
        "khong", "khong co", "khong co y kien", "khong co kien nghi", "khong co de xuat", "khong co de xuat kien nghi",
        "khong co kien nghi de xuat", "khong co kho khan", "khong co kho khan vuong mac", "khong co noi dung",
        "khong phat sinh", "chua co", "khong a", "khong co gi",
    )
)  # fmt: skip
"""Answers, folded and without blanks, that say there is nothing to say."""
_BULLET = re.compile(r"^\s*(?:[-–—+*•●▪]|\(?\d{1,2}[.)]|[a-zđ][.)])\s+", re.IGNORECASE)
_WORD = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Said:
    """One point, and what it comes from: the key of a return, say."""

    source: Hashable
    text: str


@dataclass(frozen=True, slots=True)
class Theme:
    """Points that say the same. `text` are the words that most of them use."""

    text: str
    said: tuple[Said, ...]


def says_nothing(text: str) -> bool:
    """Whether the answer only says that there is nothing to say ("Không có.")."""
    plain = _plain(text)
    return not plain or plain in NOTHING_SAID


def points(text: str) -> list[str]:
    """The points of an answer, in order: its list items where it has a list, else its paragraphs; empty for nothing said.

    Words that lead a list ("Đề nghị tỉnh:") are put before each of its items. A line that goes on in lower case belongs to the one
    before.
    """
    found: list[str] = []
    lead = ""
    for line in filter(None, map(str.strip, text.splitlines())):
        item = _BULLET.sub("", line)
        is_item = item != line
        if line.endswith(":"):
            lead = line
        elif found and not is_item and line[0].islower():
            found[-1] = f"{found[-1]} {line}"
        else:
            lead = lead if is_item else ""
            found.append(f"{lead} {item}".strip())
    tidy = (" ".join(point.split()).rstrip(" ;,") for point in found or [text])
    return [point for point in tidy if not says_nothing(point)]


def gather(said: Iterable[Said]) -> list[Theme]:
    """The themes, those of most sources first. The order in which the points come changes nothing."""
    no_kept: dict[str, Sequence[str]] = {}
    _placed, themes = place(said, no_kept)
    return themes


def place(said: Iterable[Said], kept: Mapping[Key, Sequence[str]]) -> tuple[dict[Said, Key], list[Theme]]:
    """Put each point with the kept theme whose words it is like, by the theme's key; the others are gathered into new themes.

    `kept`: by key, the wordings that already stand in a theme, such as those a person put together.
    """
    leaders = _Leaders[tuple[str, Key | str]]()
    for key, wordings in kept.items():
        for wording in wordings:
            leaders.add(("kept", key), wording)
    by_wording: dict[str, list[Said]] = defaultdict(list)
    for one in said:
        by_wording[_plain(one.text)].append(one)
    placed: dict[Said, Key] = {}
    new: dict[str, list[Said]] = {}
    for plain in sorted(by_wording, key=lambda plain: (-len(by_wording[plain]), plain)):
        group = by_wording[plain]
        wording = min(one.text for one in group)
        known = leaders.like(wording)
        if known is None:
            new[plain] = list(group)
            leaders.add(("new", plain), wording)
        elif known[0] == "kept":
            placed |= dict.fromkeys(group, known[1])  # type: ignore[arg-type]  # the key of a kept theme
        else:
            new[str(known[1])] += group
    themes = [Theme(_commonest(group), tuple(group)) for group in new.values()]
    return placed, sorted(themes, key=lambda theme: (-len({one.source for one in theme.said}), fold(theme.text)))


def alike(one: str, other: str) -> bool:
    """Whether two points say the same in nearly the same words. Symmetric; true of a point and itself."""
    return _plain(one) == _plain(other) or _close(_Shape.of(one), _Shape.of(other))


def _plain(text: str) -> str:
    return "".join(_WORD.findall(fold(text)))


def _commonest(group: Sequence[Said]) -> str:
    """The wording most of the group use; of equals the longest, and of its spellings the commonest, not one in capitals."""
    count = Counter(_plain(one.text) for one in group)
    best = max(count, key=lambda plain: (count[plain], len(plain), plain))
    spelt = Counter(one.text for one in group if _plain(one.text) == best)
    return min(spelt, key=lambda text: (text.isupper(), -spelt[text], not text[:1].isupper(), text))


Numbered = frozenset[tuple[str, int]]
"""A bag as a set: the second "loa" of a sentence is ("loa", 1)."""


@dataclass(frozen=True, slots=True)
class _Shape:
    words: Numbered
    pairs: Numbered
    telling: frozenset[str]  # numbers and turning words: what must not differ

    @classmethod
    def of(cls, text: str) -> _Shape:
        words = [word for word in _WORD.findall(fold(text)) if word not in FILLING]
        telling = frozenset(word for word in words if word in TURNING or word.isdecimal())
        return cls(_numbered(words), _numbered(map(" ".join, pairwise(words))), telling)


def _numbered(things: Iterable[str]) -> Numbered:
    seen: Counter[str] = Counter()
    found = []
    for thing in things:
        found.append((thing, seen[thing]))
        seen[thing] += 1
    return frozenset(found)


def _close(one: _Shape, other: _Shape) -> bool:
    return one.telling == other.telling and _nearness(one, other) >= ALIKE


def _nearness(one: _Shape, other: _Shape) -> float:
    return (_dice(one.words, other.words) + _dice(one.pairs, other.pairs)) / 2


def _dice(one: Numbered, other: Numbered) -> float:
    size = len(one) + len(other)
    return 2 * len(one & other) / size if size else 1.0


class _Leaders(Generic[Key]):
    """Themes by key, found by the pairs of words they share with a point: never all against all."""

    def __init__(self) -> None:
        self.plain: dict[str, Key] = {}
        self.by_pair: dict[tuple[frozenset[str], tuple[str, int]], list[tuple[Key, _Shape]]] = defaultdict(list)

    def add(self, key: Key, wording: str) -> None:
        shape = _Shape.of(wording)
        self.plain.setdefault(_plain(wording), key)
        for pair in shape.pairs:
            self.by_pair[shape.telling, pair].append((key, shape))

    def like(self, wording: str) -> Key | None:
        """The theme that says the same in the nearest words; of equally near ones the first added."""
        if known := self.plain.get(_plain(wording)):
            return known
        shape = _Shape.of(wording)
        best: tuple[float, Key | None] = (0.0, None)
        for key, leader in self._candidates(shape):
            near = _nearness(shape, leader)
            if near >= ALIKE and near > best[0]:
                best = (near, key)
        return best[1]

    def _candidates(self, shape: _Shape) -> list[tuple[Key, _Shape]]:
        """Those with one of the rarer two thirds of the point's pairs: points that are alike share a third of them or more."""
        lists = sorted((self.by_pair.get((shape.telling, pair), []) for pair in shape.pairs), key=len)
        found: dict[int, tuple[Key, _Shape]] = {}
        for candidates in lists[: len(lists) * 2 // 3 + 1]:
            for candidate in candidates:
                found.setdefault(id(candidate[1]), candidate)
        return list(found.values())
