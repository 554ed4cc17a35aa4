"""A recipient line as words: abbreviations written out, each with its place in the line, marked and bare."""

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from lachan.engine.vietnamese import fold, normalise

_WORD = re.compile(r"[^\W_]+(?:[&][^\W_]+)*")
JOINING = frozenset({"và", "cùng", "hoặc", "với"})
_MANY = frozenset({"các", "những"})


@dataclass(frozen=True)
class Word:
    """One word; `gap` is what stands between it and the word before (an abbreviation's later words have none)."""

    marked: str
    bare: str
    start: int
    end: int
    gap: str = " "

    @property
    def begins_part(self) -> bool:
        return bool(set(self.gap) & set(",;:()/+\n-–•.")) or self.marked in JOINING


def is_many(word: Word) -> bool:
    """Whether `word` says that several are meant: "các", or how many ("27 huyện")."""
    return word.marked in _MANY or (word.marked.isdecimal() and len(word.marked) <= 4)


Pattern = tuple[tuple[str, str], ...]
"""Words to look for: (marked, bare) each."""


@lru_cache
def abbreviations() -> dict[str, tuple[str, ...]]:
    with Path(__file__).with_name("abbreviations.csv").open(encoding="utf-8", newline="") as lines:
        return {row["written"]: tuple(row["means"].split()) for row in csv.DictReader(lines)}


def words_of(line: str) -> list[Word]:
    """The words of `line`, which is in NFC: places are those of `line` itself."""
    settled = normalise(line).lower()
    words: list[Word] = []
    last = 0
    for found in _WORD.finditer(settled):
        gap = settled[last : found.start()] if words or found.start() else ""
        for meant in abbreviations().get(found[0], (found[0],)):
            words.append(Word(meant, fold(meant), found.start(), found.end(), gap))
            gap = ""
        last = found.end()
    return words


@lru_cache(maxsize=100_000)
def pattern_of(text: str) -> Pattern:
    """The words of a name or phrase to look for; "và" does not count."""
    return tuple((word.marked, word.bare) for word in words_of(text) if word.marked not in JOINING)


def match(pattern: Pattern, words: Sequence[Word], at: int, *, loose: bool, plural: bool = False) -> int | None:
    """Where `pattern` ends when it begins at `at`, else None.

    "và", "các" and a number may stand between its words. `loose`: marks do not count. `plural`: a leading "các" of the pattern
    was already said before ("các sở, trường học").
    """
    if plural and pattern and pattern[0][0] in _MANY and not (at < len(words) and is_many(words[at])):
        pattern = pattern[1:]
    for marked, bare in pattern:
        while at < len(words) and not _same(words[at], marked, bare, loose=loose):
            if words[at].marked not in JOINING and not is_many(words[at]):
                return None
            at += 1
        if at == len(words):
            return None
        at += 1
    return at


def _same(word: Word, marked: str, bare: str, *, loose: bool) -> bool:
    return word.marked == marked or (loose and word.bare == bare) or (marked in _MANY and is_many(word))
