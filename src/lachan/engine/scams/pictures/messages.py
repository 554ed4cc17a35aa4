"""Lines to messages: what stands around a chat is set apart, and links that were broken where the bubble ended are joined."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from lachan.engine.scams.spelling import is_syllable
from lachan.engine.vietnamese import fold

if TYPE_CHECKING:
    from lachan.engine.scams.pictures.bubbles import Block, Box
    from lachan.engine.scams.pictures.words import Line


@dataclass(frozen=True, slots=True)
class Message:
    """Words that stand together, such as one bubble. `around`: they belong to the chat program and not to what somebody wrote."""

    text: str
    box: Box  # left, top, right, bottom, in pixels of the picture read
    sure: float  # 0 to 1, as the reading program says
    around: bool


_DAY = (
    r"hom nay|hom qua|thu (?:hai|ba|tu|nam|sau|bay)|chu nhat|t[2-7]|cn|today|yesterday"
    r"|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?"
)
_DATE = r"\d{1,2} ?(?:[/.\-]|thg|thang) ?\d{1,2}(?:(?:[/.\-]|,? ?(?:nam)? ?)\d{2,4})?"
_TIME = r"\d{1,2} ?[:.h] ?\d{2}(?: ?(?:am|pm|sa|ch))?"
_STAMP = re.compile(rf"(?:luc|[\s,•·\-]|{_DAY}|{_DATE}|{_TIME}|(?:da|vua) (?:xem|nhan|gui)|delivered|read|seen|sent)+")
_BOX = re.compile(
    r"(?:nhap |gui )?tin nhan(?: (?:sms|van ban|moi))?\W*|aa|imessage|(?:text |type a )?message|sms|rcs|nhan tin|tra loi|reply"
    r"|@, tin nhan.*|xem them|see more|dich|translate|them vao danh ba|chan|bao cao tin rac.*|report junk.*"
    r"|nguoi gui khong (?:co|nam) trong danh (?:ba|sach lien he).*"
)
_STATUS = re.compile(
    r"(?:\d{1,2}[:.]\d{2}|\d{1,3} ?%?|[245]g\+?|lte|vowifi|volte|viettel|vinaphone|mobifone|wifi|[\W_]|\b\w\b)+"
)
_HEAD, _FOOT = 0.16, 0.9  # parts of the height of an upright picture
_ELSEWHERE = 3  # letters
_SENTENCE = 5  # words: so many outside a bubble are something written


def messages(blocks: Sequence[Block], lines: Sequence[Line], size: tuple[int, int]) -> list[Message]:
    """The messages of a picture of `size`, from the top."""
    found: list[Message] = []
    for number, own in groupby(sorted(lines, key=lambda line: line.block), key=lambda line: line.block):
        block = blocks[number]
        middle = (block.box[1] + block.box[3]) / 2 / size[1]
        at_edge = not _HEAD < middle < _FOOT and not block.in_bubble
        for rows in _aligned(list(own)):
            kept = _without_stamps(rows, in_bubble=block.in_bubble, in_head=middle < _HEAD)
            text = joined(kept)
            if len(text) == 1:
                continue  # a piece of a frame or of a shadow far more often than an answer
            sure = sum(line.sure for line in kept) / len(kept)
            found.append(Message(text, block.box, round(sure, 3), _is_around(text, at_edge=at_edge)))
    return found


def _aligned(rows: Sequence[Line]) -> list[list[Line]]:
    """Lines parted where the next begins elsewhere: two bubbles that only have a frame are one block."""
    found = [[rows[0]]]
    for before, row in pairwise(rows):
        if abs(row.left - before.left) > _ELSEWHERE * row.letter:
            found.append([])
        found[-1].append(row)
    return found


def _without_stamps(rows: list[Line], *, in_bubble: bool, in_head: bool) -> list[Line]:
    first, last = 0, len(rows)
    while last - first > 1 and _STAMP.fullmatch(_plain(rows[last - 1].text)):  # the hour at the foot of a bubble
        last -= 1
    heads = [_STATUS] if in_head else [] if in_bubble else [_STAMP]
    while last - first > 1 and any(head.fullmatch(_plain(rows[first].text)) for head in heads):
        first += 1
    return rows[first:last]


def _plain(text: str) -> str:
    return fold(text).strip(" .,|•·-")


def _is_around(text: str, *, at_edge: bool) -> bool:
    plain = _plain(text)
    if _STAMP.fullmatch(plain) or _BOX.fullmatch(plain):
        return True
    words = [word for word in plain.split() if sum(map(str.isalnum, word)) > 1]
    return at_edge and (len(words) < _SENTENCE or bool(_STATUS.fullmatch(plain)))


_LINK = re.compile(r"://|www\.|[A-Za-z0-9\-\])][.\[(]\S*[A-Za-z0-9\-/]|/\S*$", re.ASCII)


_SCHEME = re.compile(r"\bh[tf†l]{1,3}p(s?)[:;] ?[/⁄\\]{1,2}(?=\w)")  # as it is misread: "hftps://", "http:/⁄"


def joined(lines: Sequence[Line]) -> str:
    """One text. A link that the edge of the bubble broke is put together again; elsewhere a line ends with a space."""
    text = ""
    edge = max(line.right for line in lines)
    for number, line in enumerate(lines):
        glue = "" if number and _is_broken(lines[number - 1], line, edge) else " "
        text += (glue if text else "") + line.text
    return _SCHEME.sub(r"http\1://", text)


def _is_broken(line: Line, after: Line, edge: int) -> bool:
    """Whether the last word of `line` goes on in `after`: a piece of a link at the edge, before what is no word of its own."""
    last, first = line.text.split()[-1], after.text.split()[0]
    if line.right < edge - 1.6 * line.letter or not _LINK.search(last) or last[-1] in ",;!?)":
        return False
    if "://" in first or first.startswith("www.") or not first.isascii():  # "để" is a word, no piece of a link
        return False
    bare = first.rstrip(".,;:!?")
    alone = len(line.text.split()) == 1
    return alone or (not is_syllable(fold(bare)) and bool(re.search(r"[./\d\-?=]", bare)))
