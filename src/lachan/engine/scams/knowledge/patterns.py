"""Phrase patterns, as an editor writes them.

A pattern is places, separated by spaces. A place is

- a word, with or without its marks: `chuyển`
- words to choose from: `chuyển|gửi|tiền|<money>`; words that belong together are tied by `_`: `công_an|viện_kiểm_sát`
- a list of words that signs.toml names: `{police}`
- a gap of up to so many words: `*3`
- a thing: `<link>`, `<money>` …, one of THINGS.

Matching is on folded words (lower case, no marks): see `lachan.engine.vietnamese.fold`. Where both the pattern and the text write
marks, these must agree: `đừng` is found in "đừng" and "dung", not in "dùng"; `dung` is found in all three. A pattern matches words
that follow one another, whatever punctuation stands between them. There is no repetition but the bounded gap, so that the cost of
looking for a pattern is bounded for every place in a text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lachan.engine.vietnamese import fold, normalise

THINGS = frozenset({"link", "phone", "money", "brand", "account", "otp", "number", "percent", "dear"})
"""What a place may stand for beside words. `otp`: the words for a one-time code, not its digits. `number`: any digits. `dear`: a
service number to which a message costs much (`phones.is_dear`)."""
WIDEST_GAP = 8


@dataclass(frozen=True, slots=True)
class OneOf:
    """One of several runs of words, as written but for case, or of several things."""

    words: tuple[tuple[str, ...], ...]
    things: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Gap:
    """None up to `most` words of any kind."""

    most: int


Place = OneOf | Gap
Pattern = tuple[Place, ...]

_WORD = re.compile(r"[a-z0-9]+")


class BadPattern(ValueError):
    """The pattern cannot be read; the message says where and why."""


def read(pattern: str, lists: Mapping[str, Sequence[str]]) -> Pattern:
    """The places of `pattern`; `lists` are the named lists of words."""
    places = tuple(_place(part, lists) for part in pattern.split())
    if not places:
        raise BadPattern("mẫu câu rỗng")
    if isinstance(places[0], Gap) or isinstance(places[-1], Gap):
        raise BadPattern(f"“{pattern}”: khoảng cách *N không đứng đầu hoặc cuối mẫu")
    return places


def words(written: str) -> tuple[str, ...]:
    """The words of a run that is tied by `_` or spaces."""
    found = tuple(normalise(written.replace("_", " ").lower()).split())
    if not found or not all(_WORD.fullmatch(fold(word)) for word in found):
        raise BadPattern(f"“{written}”: một từ chỉ gồm chữ và số")
    return found


def _place(part: str, lists: Mapping[str, Sequence[str]]) -> Place:
    if part.startswith("*"):
        return _gap(part)
    runs: list[tuple[str, ...]] = []
    things: list[str] = []
    for choice in part.split("|"):
        if choice.startswith("<"):
            things.append(_thing(choice))
        elif choice.startswith("{"):
            runs += _listed(choice, lists)
        else:
            runs.append(words(choice))
    return OneOf(tuple(dict.fromkeys(runs)), tuple(dict.fromkeys(things)))


def _gap(part: str) -> Gap:
    most = part[1:]
    if not most.isdecimal() or not 1 <= int(most) <= WIDEST_GAP:
        raise BadPattern(f"“{part}”: khoảng cách viết *1 đến *{WIDEST_GAP}")
    return Gap(int(most))


def _thing(part: str) -> str:
    kind = part[1:-1]
    if not part.endswith(">") or kind not in THINGS:
        raise BadPattern(f"“{part}”: chỉ có {', '.join(f'<{thing}>' for thing in sorted(THINGS))}")
    return kind


def _listed(choice: str, lists: Mapping[str, Sequence[str]]) -> list[tuple[str, ...]]:
    name = choice[1:-1]
    if not choice.endswith("}") or name not in lists:
        raise BadPattern(f"“{choice}”: không có danh sách từ này trong [lists]")
    return [words(one) for one in lists[name]]
