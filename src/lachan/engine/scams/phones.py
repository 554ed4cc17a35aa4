"""Telephone numbers in a text, by the Vietnamese numbering plan.

Sources: the plan of Thông tư 22/2014/TT-BTTTT with its later changes: area codes of 2017, mobile numbers from eleven to ten digits
in 2018. Numbers move between networks since 2018, so that the network named is the one the number was given to.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from lachan.engine.scams.folding import plain


class PhoneKind(StrEnum):
    """What sort of number it is."""

    MOBILE = "mobile"
    FIXED = "fixed"
    FREE = "free"  # 1800
    PAID = "paid"  # 1900: the caller pays by the minute
    FOREIGN = "foreign"
    SHORT = "short"  # three to five digits: services of the networks, emergencies
    UNKNOWN = "unknown"  # of no form that the plan knows, as fraud calls from the internet often show


@dataclass(frozen=True, slots=True)
class Phone:
    """One number. `number` as it is dialled in Vietnam: "0912345678", "19001234", "+22512345678"."""

    span: tuple[int, int]
    number: str
    kind: PhoneKind
    network: str = ""  # the network or the area it was given to


_NETWORKS = (
    ("Viettel", "032 033 034 035 036 037 038 039 086 096 097 098"),
    ("VinaPhone", "081 082 083 084 085 088 091 094"),
    ("MobiFone", "070 076 077 078 079 089 090 093"),
    ("Vietnamobile", "052 056 058 092"),
    ("Gmobile", "059 099"),
    ("iTel", "087"),
    ("Wintel", "055"),
)
_NETWORK = {prefix: network for network, prefixes in _NETWORKS for prefix in prefixes.split()}
_RUN = re.compile(r"[+(\d][\do .\-()]{5,19}[\do]")
_NUMBER = re.compile(
    r"(?P<foreign>(?:\+|00)(?!84)[1-9]\d{0,2}(?:[ .\-]?\d){6,12})"
    r"|(?P<service>1[89]00(?:[ .\-]?\d){4,6})"
    r"|(?P<home>(?:(?:\+|00)?84[ .\-]?(?:\(0\)|0)?|\(?0|(?<=o))(?:[ .\-)]{0,2}[\do]){8,10})"
)
_BEFORE = frozenset("0123456789.,/=")
_SIGNS = re.compile(r"[^\d+]")


def find(text: str, flat: str | None = None) -> tuple[Phone, ...]:
    """The numbers of `text` with seven digits or more, in order. `flat` is `folding.plain(text)`."""
    flat = plain(text) if flat is None else flat
    found: list[Phone] = []
    for run in _RUN.finditer(flat):
        at = run.start()
        while at < run.end():
            number = None if flat[at - 1 : at] in _BEFORE else _NUMBER.match(flat, at, run.end())
            phone = _phone(number, flat) if number and flat[number.end() : number.end() + 1] not in _BEFORE else None
            if phone:
                found.append(phone)
                at = phone.span[1]
            else:
                at = _next(flat, at, run.end())
    return tuple(found)


def _next(flat: str, at: int, end: int) -> int:
    """Where the next group of digits of a run begins."""
    at += 1
    while at < end and flat[at - 1].isdigit() and flat[at].isdigit():
        at += 1
    while at < end and not (flat[at].isdigit() or flat[at] in "+("):
        at += 1
    return at


def _phone(found: re.Match[str], flat: str) -> Phone | None:
    digits = _SIGNS.sub("", found[0].replace("o", "0"))
    start = found.start()
    if found["home"]:
        if flat[start - 1 : start] == "o" and not found[0].startswith(("0", "+", "(0")):
            start, digits = start - 1, f"0{digits}"
        digits = re.sub(r"^(?:\+84|0084|84)0?", "0", digits)
    elif found["foreign"]:
        digits = re.sub("^00", "+", digits)
    kind, network = judge(digits)
    if kind is PhoneKind.UNKNOWN and not found[0].startswith(("+", "0")):
        return None  # digits that only begin like a number
    return Phone((start, found.end()), digits, kind, network)


def judge(number: str) -> tuple[PhoneKind, str]:
    """The kind of a number as dialled in Vietnam, and the network or area it was given to."""
    if len(number) == 10 and number[:3] in _NETWORK:
        return PhoneKind.MOBILE, _NETWORK[number[:3]]
    kind = next((kind for kind, form in _FORMS if form.fullmatch(number)), PhoneKind.UNKNOWN)
    return kind, _AREAS.get(number[:3], "") if kind is PhoneKind.FIXED else ""


_FORMS = (
    (PhoneKind.FOREIGN, re.compile(r"\+\d+")),
    (PhoneKind.FREE, re.compile(r"1800\d{4,6}")),
    (PhoneKind.PAID, re.compile(r"1900\d{4,6}")),
    (PhoneKind.FIXED, re.compile(r"02\d{9}")),
    (PhoneKind.SHORT, re.compile(r"[1-9]\d{2,4}")),
)
_AREAS = {"024": "Hà Nội", "028": "TP. Hồ Chí Minh"}
