"""Bank accounts named in a text, each with its bank where one is named near."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from lachan.engine.scams import knowledge
from lachan.engine.scams.folding import Folded
from lachan.engine.scams.links import covered
from lachan.engine.vietnamese import fold


@dataclass(frozen=True, slots=True)
class Account:
    """An account to which money is to go. `bank` is None where none is named within a few words."""

    span: tuple[int, int]
    number: str
    bank: knowledge.Bank | None


_LEADS = frozenset({"stk", "tk", "khoan", "sotk", "account"})  # "số tài khoản 0123…"
_NUMBER = re.compile(r"\d{6,19}")
_NEAR = 8
_LEAD = 4


def find(folded: Folded, taken: Sequence[tuple[int, int]] = ()) -> tuple[tuple[int, Account], ...]:
    """The accounts of a text, each with the place of its first word. `taken`: spans of telephone numbers.

    Digits are an account when "số tài khoản", "STK" or a bank's name stands within a few words before them; a telephone number
    needs the former, since many banks let people use it as their account.
    """
    found: list[tuple[int, Account]] = []
    words = folded.words
    for place in folded.numbers:
        word = words[place]
        if not _NUMBER.fullmatch(word):
            continue
        start = folded.spans[place][0]
        led = not _LEADS.isdisjoint(words[max(0, place - _LEAD) : place])
        if not led and (len(word) < 8 or covered(taken, start)):
            continue
        bank = _bank(words, place)
        if led or bank:
            found.append((place, Account(folded.spans[place], word, bank)))
    return tuple(found)


def _bank(words: Sequence[str], place: int) -> knowledge.Bank | None:
    """The bank named nearest to `place`."""
    names = _names()
    around = [at for far in range(1, _NEAR + 1) for at in (place + far, place - far) if 0 <= at < len(words)]
    for at in around:
        for size in (3, 2, 1):
            bank = names.get("".join(words[at : at + size]))
            if bank:
                return bank
    return None


@cache
def _names() -> dict[str, knowledge.Bank]:
    """Banks by their folded short names and codes without spaces. Codes of two letters are too like other words."""
    found: dict[str, knowledge.Bank] = {}
    for bank in knowledge.banks().values():
        for name in (bank.short_name, bank.code):
            key = fold(name).replace(" ", "")
            if len(key) > 2:
                found.setdefault(key, bank)
    return found
