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
_GROUP = re.compile(r"\d{2,9}")
_CARD = re.compile(r"9704\d{12}(?:\d{3})?")  # cards of Vietnamese banks: NAPAS, after ISO/IEC 7812
_NOT_ACCOUNTS = frozenset({"don", "dung", "nd", "otp", "hd", "gd", "van", "ho", "bill", "ve"})  # "mã đơn 1234…"
_BETWEEN = frozenset((" ", ".", "-"))  # groups
_LEAST, _MOST = 6, 19  # digits
_NEAR = 8
_LEAD = 4
_UNLED = 8  # digits: fewer beside the name of a bank are something else
_TOO_SHORT = 2  # letters: "MB" are megabytes too


def find(folded: Folded, taken: Sequence[tuple[int, int]] = ()) -> tuple[tuple[int, Account], ...]:
    """The accounts of a text, each with the place of its first word. `taken`: spans of telephone numbers.

    Digits are an account when "số tài khoản", "STK" or a bank's name stands within a few words before them; a telephone number
    needs the former, since many banks let people use it as their account.
    """
    found: list[tuple[int, Account]] = []
    words = folded.words
    after = 0
    for place in folded.numbers:
        if place < after or not words[place].isdigit():
            continue
        if len(words[place]) < _LEAST and not _goes_on(words, place):
            continue
        account, last = _account(folded, place, taken)
        if account:
            found.append((place, account))
            after = last + 1
    return tuple(found)


def _account(folded: Folded, place: int, taken: Sequence[tuple[int, int]]) -> tuple[Account | None, int]:
    """The account that begins at `place`, in one group of digits or several, and the place of its last word."""
    words, start = folded.words, folded.starts[place]
    if place and words[place - 1] in _NOT_ACCOUNTS:
        return None, place
    led = not _LEADS.isdisjoint(words[max(0, place - _LEAD) : place])
    free = not covered(taken, start)
    for number, last in dict.fromkeys((_joined(folded, place), (words[place], place))):
        if not _LEAST <= len(number) <= _MOST:
            continue
        is_card = _CARD.fullmatch(number) is not None
        if not (led or is_card or (free and len(number) >= _UNLED)):
            continue
        bank = (knowledge.banks().get(number[:6]) if is_card else None) or _bank(words, place, last, led=led)
        if led or is_card or bank:
            return Account(folded.span(place, last), number, bank), last
    return None, place


def _joined(folded: Folded, place: int) -> tuple[str, int]:
    """The digits that stand together from `place`, in groups as people write them, and the place of the last group."""
    words = folded.words
    number, last = words[place], place
    while _goes_on(words, last):
        if (
            len(number + words[last + 1]) > _MOST
            or folded.text[folded.span(last, last)[1] : folded.starts[last + 1]] not in _BETWEEN
        ):
            break
        last += 1
        number += words[last]
    return number, last


def _goes_on(words: Sequence[str], place: int) -> bool:
    """Whether another group of digits may follow that at `place`."""
    if len(words[place]) <= 2 or place + 1 == len(words):
        return False
    after = words[place + 1]
    return after < ":" and _GROUP.fullmatch(after) is not None


def _bank(words: Sequence[str], first: int, last: int, *, led: bool) -> knowledge.Bank | None:
    """The bank named nearest to the words from `first` to `last`. `led`: "STK" stands before them, so that "MB" is the bank."""
    names, beginnings = _names(), _beginnings()
    around = [at for far in range(1, _NEAR + 1) for at in (last + far, first - far) if 0 <= at < len(words)]
    for at in around:
        if words[at] not in beginnings:
            continue
        for size in (4, 3, 2, 1):
            name = "".join(words[at : at + size])
            if (bank := names.get(name)) and (led or len(name) > _TOO_SHORT):
                return bank
    return None


@cache
def _beginnings() -> frozenset[str]:
    """What the first word of a bank's name may be."""
    return frozenset(name[:size] for name in _names() for size in range(1, len(name) + 1))


@cache
def _names() -> dict[str, knowledge.Bank]:
    """Banks by their folded short names, codes and the spellings of their brands, without spaces."""
    spellings = {fold(brand.brand).replace(" ", ""): brand.spellings for brand in knowledge.brands()}
    found: dict[str, knowledge.Bank] = {}
    for bank in knowledge.banks().values():
        short = fold(bank.short_name).replace(" ", "")
        for name in (bank.short_name, bank.code, *spellings.get(short, ()), short.removesuffix("bank")):
            key = fold(name).replace(" ", "")
            if len(key) > 1:
                found.setdefault(key, bank)
    return found
