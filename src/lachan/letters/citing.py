"""How a sentence names a letter and the body that issued it."""

import re
from datetime import date

from lachan.letters.models import Letter

_COMMITTEE = re.compile(
    r"(?:ỦY BAN NHÂN DÂN|UBND)\s+(TỈNH|THÀNH PHỐ|QUẬN|HUYỆN|THỊ XÃ|PHƯỜNG|XÃ|THỊ TRẤN|ĐẶC KHU)\s+(.+)"
)

_OPENING = re.compile(r"(về|v/v)[\s:]+", re.IGNORECASE)


def cited(letter: Letter, giver: str) -> str:
    """A letter by kind, number, day and issuer: "Kế hoạch số 116/KH-UBND ngày 10/3/2025 của UBND tỉnh Sông Lam".

    `giver`: the unit here that handed it down, which is its issuer when the letter is our own.
    """
    kind = f"{letter.doc_type[:1].upper()}{letter.doc_type[1:]}"
    number = f" số {letter.full_symbol}" if letter.full_symbol else ""
    day = f" ngày {_day(letter.dated_on)}" if letter.dated_on else ""
    is_own = letter.direction == Letter.Direction.ISSUED or not letter.issuer
    return f"{kind}{number}{day} của {giver if is_own else issuer_in_words(letter)}"


def _day(day: date) -> str:
    """As Decree 30/2020 writes it: a zero before days below 10, and before months 1 and 2 alone."""
    return f"{day:%d/%m/%Y}" if day.month <= 2 else f"{day:%d}/{day.month}/{day.year}"


def about(letter: Letter) -> str:
    """What it is about, to follow its name: "về nâng cao kỹ năng …"; nothing when it does not say."""
    abstract = letter.abstract.strip().rstrip(" .;")
    if opened := _OPENING.match(abstract):
        return f"{'về việc' if opened[1].lower() == 'v/v' else 'về'} {abstract[opened.end() :]}"
    if not abstract:
        return ""
    return f"về {abstract[:1].lower()}{abstract[1:]}" if abstract[1:2].islower() else f"về {abstract}"


def issuer_in_words(letter: Letter) -> str:
    """The issuer as running words: its heading gives it in capitals, its text often as it is to be written."""
    for found in re.finditer(re.escape(letter.issuer), letter.text, re.IGNORECASE) if letter.issuer else ():
        if not found[0].isupper():
            return found[0]
    committee = _COMMITTEE.fullmatch(letter.issuer)
    return f"UBND {committee[1].lower()} {committee[2].title()}" if committee else letter.issuer
