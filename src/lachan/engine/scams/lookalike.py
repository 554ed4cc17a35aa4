"""Whether the name of a host poses as a body that it does not belong to.

Four ways are known: the whole official domain as the beginning of another ("vietcombank.com.vn-kps.top"), the brand's name as a
part of a name ("svip-acb.com"), a name that is nearly the brand's ("vietconbank.com"), letters that only look alike. Short names
("acb") count only standing alone between hyphens, dots or digits, since as a part they are in ordinary words too: a block list
that guessed there needed hundreds of exceptions (MetaMask eth-phishing-detect, #3342, #4388).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from itertools import combinations

from lachan.engine.scams import knowledge
from lachan.engine.scams.characters import plain
from lachan.engine.scams.domains import Name, is_state, official, split
from lachan.engine.vietnamese import fold


class Way(StrEnum):
    """How a host poses as another."""

    PREFIX = "prefix"
    PART = "part"
    NEAR = "near"
    LETTERS = "letters"


@dataclass(frozen=True, slots=True)
class Imitation:
    """What a host poses as. `sure`: the way is one that no honest site uses."""

    brand: str
    domain: str  # where the brand's own site is
    way: Way
    sure: bool


_NOT_PLAIN = re.compile(r"[^a-z0-9]+")
_PIECES = re.compile(r"[a-z]+")
_LEET = str.maketrans("0135", "oles")
_LONG = 7  # letters from which a brand is looked for inside other words, and nearly spelled
_FAR = 10  # letters from which two slips are allowed
# What is put beside a short brand to make a name look like the bank's: a short word alone says nothing.
# fmt: off
_COMPANIONS = frozenset((
    "vn", "vnn", "viet", "vietnam", "login", "dangnhap", "online", "ebank", "ibank", "ibanking", "bank", "banking",
    "digibank", "digi", "smart", "vip", "svip", "app", "mobile", "hotro", "cskh", "khachhang", "support", "the",
    "tindung", "credit", "card", "cards", "vay", "quatang", "tang", "qua", "km", "khuyenmai", "trungthuong", "xacthuc",
    "xacnhan", "verify", "secure", "security", "baomat", "otp", "nangcap", "capnhat", "update", "service", "dichvu",
    "dvc", "gov", "chinhphu", "hoantien", "tien", "nhantien", "rut", "diem", "doidiem", "uudai", "tuyendung", "vieclam",
    "account", "visa", "khoan", "hanmuc", "uutien",
))
# fmt: on
_OF_STATE = frozenset({"ministry", "state", "province", "public_service", "utility"})
# Bodies that have sites of their own in other countries, more than can be known: their name in an address is no proof.
# fmt: off
_WORLDWIDE = frozenset((
    "hsbc", "shinhan", "woori", "uob", "publicbank", "cimbbank", "citibank", "standardchartered", "manulife",
    "prudential", "homecredit", "shopee", "shopeepay", "lazada", "jtexpress", "spx",
))
# fmt: on
_OWN = 8  # letters of a name that no firm of another country has by chance
# Endings of countries that people everywhere take for words, so that they say nothing of where a site is at home.
_NOWHERE = frozenset(("ai", "cc", "co", "fm", "gg", "io", "ly", "me", "pw", "sh", "to", "tv", "us", "vn", "ws"))
# What many names end with: where little stands before it, a slip in that little makes another firm.
_GENERIC = re.compile(r"(?:bank|card|credit|express|finance|life|mart|mobile|pay|post|shop|store)$")
_TELLING = 4  # letters that must stand before it


@lru_cache(maxsize=20_000)
def imitated(host: str) -> Imitation | None:
    """What `host` poses as; None for official hosts, those of the state, and where nothing is seen."""
    name = split(host)
    flat = plain(name.host).replace("\0", "")
    if name.is_number or official(name.host) or is_state(name.host):
        return None
    body = None if name.host.isascii() else official(flat)
    if body:
        return Imitation(body.body, body.domain, Way.LETTERS, sure=True)
    return _prefix(flat) or _part(flat) or _near(flat)


def _prefix(flat: str) -> Imitation | None:
    """An official domain that others follow. "google.com.af" is no such name: it is "google" under "com.af"."""
    name = split(flat)
    registered = len(flat) - len(name.domain)
    for place in range(len(flat)):
        if place and flat[place - 1] not in ".-":
            continue
        for end in _ends(flat, place):
            body = knowledge.official().get(flat[place:end])
            if body and not (place == registered and end > len(flat) - len(name.suffix)):
                return Imitation(body.body, body.domain, Way.PREFIX, sure=True)
    return None


def _ends(flat: str, place: int) -> list[int]:
    return [at for at in range(place + 4, len(flat)) if flat[at] in ".-"]


def _labels(flat: str) -> list[str]:
    name = split(flat)
    return [label for label in (name.label, *reversed(name.under)) if label and label != "www"]


def _part(flat: str) -> Imitation | None:
    """A brand's name as a part of the labels."""
    long, short = _names()
    name = split(flat)
    for label in _labels(flat):
        joined = _NOT_PLAIN.sub("", label)
        pieces = _PIECES.findall(label)
        unleet = joined.translate(_LEET)
        spelling = next((one for one in long if one in joined or one in unleet), "")
        brand = long.get(spelling)
        if not brand and (len(pieces) > 1 or name.under):
            brand = next((short[one] for one in pieces if one in short and _is_company(one, pieces, name.under)), None)
        if brand:
            whole = label in name.under and label.replace("-", "") in long
            sure = _stands_alone(spelling, label) and _is_sure(brand, name, whole=whole)
            return Imitation(brand.brand, brand.body_domain, Way.PART, sure=sure)
    return None


def _stands_alone(spelling: str, label: str) -> bool:
    """Whether a name is not just letters inside other words, as "mcredit" is in "farmcredit"; long ones never are."""
    if not spelling or len(spelling) >= _OWN or re.search("(?<![a-z])" + "-*".join(spelling), label):
        return True
    before = label.replace("-", "").partition(spelling)[0]
    return any(before.endswith(word) for word in _COMPANIONS if len(word) > 2)


def _is_company(piece: str, pieces: list[str], under: tuple[str, ...]) -> bool:
    return any(other in _COMPANIONS for other in (*pieces, *under) if other != piece)


def _is_sure(brand: knowledge.Brand, name: Name, *, whole: bool) -> bool:
    """Whether no honest site has this name. `whole`: the brand is a label of its own, before another's domain.

    Bodies of Vietnam register many names under .vn for themselves; firms that deal with customs or taxes have their word in a name.
    """
    if name.suffix.rpartition(".")[2] in knowledge.endings():
        return True
    if _is_abroad(name) and ("gov" in name.suffix or _is_short(brand, name)):
        return False
    own = knowledge.official()[brand.body_domain]
    if name.suffix.endswith("vn") or own.domain.partition(".")[0] in _WORLDWIDE:
        return False
    if own.kind in _OF_STATE:
        return whole or "gov" in name.host
    return own.domain.endswith(".vn")


def _is_short(brand: knowledge.Brand, name: Name) -> bool:
    return "-" not in name.label and len(_NOT_PLAIN.sub("", fold(brand.brand))) < _OWN


def _is_abroad(name: Name) -> bool:
    """Whether it is at home in another country, where firms have names like ours: "otpbank.hu", "seabank.co.id"."""
    ending = name.suffix.rpartition(".")[2]
    return len(ending) == 2 and ending not in _NOWHERE and ending not in knowledge.endings()


def _near(flat: str) -> Imitation | None:
    """A label that is a brand's name but for a slip, or two in a long name; of several brands the nearest."""
    words = {word for label in _labels(flat)[:2] for word in (_NOT_PLAIN.sub("", label), *_PIECES.findall(label))}
    least = _FAR if _is_abroad(split(flat)) else _LONG
    near = [one for word in words if len(word) >= _LONG - 1 for one in _slipped(word) if len(one[1]) >= least]
    if not near:
        return None
    _, _, brand = min(near, key=lambda one: one[:2])
    return Imitation(brand.brand, brand.body_domain, Way.NEAR, sure=False)


def _slipped(word: str) -> Iterator[tuple[int, str, knowledge.Brand]]:
    """The brands that `word` may be a misspelling of: how many slips, the right spelling, the brand."""
    index, brands = _slips(), _names()[0]
    if len(word) > _longest():
        return
    keys = _cut(word, 2 if len(word) >= _FAR else 1)
    for spelling in {spelling for key in keys for spelling in index.get(key, ())}:
        slips = distance(word, spelling)
        if 0 < slips <= (2 if len(spelling) >= _FAR else 1):
            yield slips, spelling, brands[spelling]


@cache
def _names() -> tuple[dict[str, knowledge.Brand], dict[str, knowledge.Brand]]:
    """Brands by their spellings without spaces: those looked for inside words, and those that must stand alone."""
    long: dict[str, knowledge.Brand] = {}
    short: dict[str, knowledge.Brand] = {}
    for brand in knowledge.brands():
        for name in (brand.brand, *brand.spellings):
            key = _NOT_PLAIN.sub("", fold(name))
            if len(key) >= _LONG - 1 and not brand.short:
                long.setdefault(key, brand)
            elif len(key) > 1:
                short.setdefault(key, brand)
    return long, short


@cache
def _slips() -> dict[str, tuple[str, ...]]:
    """Spellings of brands by what is left of them when a letter, or two of a long name, is struck out."""
    index: dict[str, tuple[str, ...]] = {}
    for spelling in _names()[0]:
        if len(spelling) >= _LONG and len(_GENERIC.sub("", spelling)) >= _TELLING:
            for key in _cut(spelling, 2 if len(spelling) >= _FAR else 1):
                index[key] = (*index.get(key, ()), spelling)
    return index


@cache
def _longest() -> int:
    """Letters of the longest name that one of a brand may be taken for."""
    return max(map(len, _names()[0])) + 2


def _cut(word: str, letters: int) -> set[str]:
    """`word`, and what is left of it when up to so many letters, 1 or 2, are struck out."""
    left = {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}
    if letters > 1:
        left.update(word[:at] + word[at + 1 : to] + word[to + 1 :] for at, to in combinations(range(len(word)), 2))
    return left


def distance(one: str, other: str) -> int:
    """How many letters must be put in, left out, changed or swapped with the next to make one word of the other."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        new = [i]
        for j, b in enumerate(other, 1):
            cost = min(row[j] + 1, new[j - 1] + 1, row[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, before[j - 2] + 1)
            new.append(cost)
        before, row = row, new
    return row[-1]
