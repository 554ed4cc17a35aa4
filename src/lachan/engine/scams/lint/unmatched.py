"""Patterns that no text can match, and patterns that too many do: slips that no sample shows."""

from collections.abc import Collection, Iterator

from lachan.engine.scams.folding import fold
from lachan.engine.scams.knowledge.patterns import OneOf, Pattern
from lachan.engine.scams.lexicon import Lexicon
from lachan.engine.scams.spelling import is_syllable
from lachan.engine.vietnamese import fold as letters


def unread(pattern: Pattern, lexicon: Lexicon) -> Iterator[str]:
    """The words of `pattern` that are read otherwise where a text has them: digits among letters are taken for a disguise.

    `lexicon`: whose known words reading leaves as they are, as those of all patterns.
    """
    for words in (words for place in pattern if isinstance(place, OneOf) for words in place.words):
        written = [letters(word) for word in words]
        for word in written:
            if any(sign.isdigit() for sign in word) and (read := fold(word, lexicon=lexicon).words) != (word,):
                yield f"“{word}” không bao giờ khớp: máy đọc là “{' '.join(read)}”"


def always_barred(pattern: Pattern, bars: Collection[Pattern]) -> bool:
    """Whether one of `bars` stands wherever `pattern` does: it is the same, or one place that holds all of a place of it."""
    return pattern in bars or any(
        len(bar) == 1 and isinstance(held := bar[0], OneOf) and any(_holds(held, place) for place in pattern)
        for bar in bars
    )


def _holds(wide: OneOf, place: object) -> bool:
    return isinstance(place, OneOf) and {*place.words} <= {*wide.words} and {*place.things} <= {*wide.things}


_EVERYWHERE = frozenset({"number", "money", "percent", "phone", "brand"})


def too_wide(pattern: Pattern) -> Iterator[str]:
    """The words and things of `pattern` that are enough for it by themselves, and stand in ordinary messages too."""
    if len(pattern) == 1 and isinstance(only := pattern[0], OneOf):
        alone = [run[0] for run in only.words if len(run) == 1 and is_syllable(letters(run[0]))]
        if found := [*alone, *(f"<{thing}>" for thing in only.things if thing in _EVERYWHERE)]:
            yield f"mẫu quá rộng: chỉ “{'”, “'.join(found)}” là đủ, tin thường cũng có. Thêm từ đứng cạnh, như “đòi *2 phí”"
