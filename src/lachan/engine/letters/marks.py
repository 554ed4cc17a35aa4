"""The marks a letter carries in a frame near its head: how urgent it is, and how far it may go (Decree 30/2020, annex I, III.2)."""

import re

from lachan.engine.vietnamese import fold

_HEAD = 40  # lines in which the marks stand
_URGENCY = {"hoa toc": "HOẢ TỐC", "thuong khan": "THƯỢNG KHẨN", "khan": "KHẨN"}
_CIRCULATION = {"xem xong tra lai": "XEM XONG TRẢ LẠI", "luu hanh noi bo": "LƯU HÀNH NỘI BỘ"}
_TIMED = re.compile(r"hoa toc(?: hen gio)?")


def urgency(text: str) -> str:
    """The mark of urgency, spelt as the decree spells it; "" when the letter has none.

    It is a line of capitals of its own: "khẩn" inside a sentence is no mark.
    """
    for line in _capitals(text):
        if _TIMED.fullmatch(line):
            return _URGENCY["hoa toc"]
        if line in _URGENCY:
            return _URGENCY[line]
    return ""


def circulation(text: str) -> str:
    """How far the letter may go, as its mark says; "" when it has none."""
    return next((_CIRCULATION[line] for line in _capitals(text) if line in _CIRCULATION), "")


def _capitals(text: str) -> list[str]:
    lines = (line.strip(" \t[]|*_.:") for line in text.splitlines()[:_HEAD])
    return [" ".join(fold(line).split()) for line in lines if line and line.isupper()]
