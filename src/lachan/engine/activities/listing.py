"""A list of activities that somebody brings as a table: which column holds what, and what each line tells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from lachan.engine.activities.channels import AUDIENCES, CHANNELS, Audience, Channel
from lachan.engine.tables import Line, Remark, Sheet
from lachan.engine.vietnamese import fold, read_number


class Column(StrEnum):
    """What a column of the list may hold."""

    DAY = "day"
    CHANNEL = "channel"
    WHAT = "what"
    TIMES = "times"
    AUDIENCE = "audience"
    COPIES = "copies"
    MINUTES = "minutes"
    AUDIENCES = "audiences"
    LINK = "link"


_HEADINGS: Mapping[Column, str] = {
    Column.DAY: "ngày|ngày thực hiện|thời gian|ngày tháng|ngày tổ chức",
    Column.CHANNEL: "kênh|kênh tuyên truyền|hình thức|loại hình|hình thức tuyên truyền",
    Column.WHAT: "nội dung|đã làm gì|hoạt động|tên hoạt động|nội dung hoạt động|nội dung tuyên truyền",
    Column.TIMES: "số lần|số buổi|số lượt|số lượng|lần|số tin bài|số cuộc",
    Column.AUDIENCE: "số người|số người tiếp cận|số lượt người|số người tham dự|số người dự|người tham dự|lượt người",
    Column.COPIES: "số bản|số tờ|số tờ rơi|bản tờ|số tài liệu|số tin nhắn|số bản tờ tin nhắn",
    Column.MINUTES: "phút|số phút|thời lượng|thời lượng phút",
    Column.AUDIENCES: "đối tượng|đối tượng tuyên truyền|thành phần",
    Column.LINK: "liên kết|đường dẫn|link|địa chỉ|đường link",
}
_BY_HEADING = {fold(words): column for column, some in _HEADINGS.items() for words in some.split("|")}
_NUMBERS = (Column.TIMES, Column.AUDIENCE, Column.COPIES, Column.MINUTES)
_LOOKED_AT = 20  # lines above the headings: a title, an office, a date


class Problem(StrEnum):
    """Why a line is not taken; the caller words the sentence."""

    NO_DAY = "no_day"
    NOT_A_DAY = "not_a_day"
    NO_CHANNEL = "no_channel"
    UNKNOWN_CHANNEL = "unknown_channel"
    NOT_A_NUMBER = "not_a_number"
    UNKNOWN_AUDIENCE = "unknown_audience"
    NOT_A_LINK = "not_a_link"
    MERGED = "merged"  # a number in a merged cell: for which line, nobody can say
    NO_RESULT = "no_result"  # a formula whose result the file does not keep, or that shows a fault
    TOO_LONG = "too_long"


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in which column, and what stands there."""

    column: Column
    problem: Problem
    typed: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """What one line of the list tells. `number` is its number in the file."""

    number: int
    day: date | None
    channel: str
    what: str
    numbers: Mapping[Column, int]
    audiences: tuple[str, ...]
    link: str
    faults: tuple[Fault, ...]


def read_list(sheets: Iterable[Sheet]) -> list[Told] | None:
    """The lines of the first sheet that has headings for the day and the channel; None when there is none."""
    for sheet in sheets:
        for place, line in enumerate(sheet.lines[:_LOOKED_AT]):
            columns = _columns(line)
            if {Column.DAY, Column.CHANNEL} <= columns.keys():
                return [_told(one, columns) for one in sheet.lines[place + 1 :] if not one.hidden]
    return None


def _columns(line: Line) -> dict[Column, int]:
    found: dict[Column, int] = {}
    for place, cell in enumerate(line.cells):
        if column := _BY_HEADING.get(_bare(re.sub(r"\(.*?\)", " ", cell.text))):
            found.setdefault(column, place)
    return found


def _told(line: Line, columns: Mapping[Column, int]) -> Told:
    typed = {column: line.at(place) for column, place in columns.items()}
    faults = [
        Fault(column, Problem.NO_RESULT if cell.remark is not Remark.MERGED else Problem.MERGED, cell.text)
        for column, cell in typed.items()
        if cell.remark in (Remark.NO_RESULT, Remark.FAULT) or (cell.remark is Remark.MERGED and column in _NUMBERS)
    ]
    text = {column: typed[column].text if column in typed else "" for column in Column}
    day = _read_day(text[Column.DAY])
    channel = find_channel(text[Column.CHANNEL])
    audiences, unknown = _read_audiences(text[Column.AUDIENCES])
    numbers = {column: read_number(text[column]) for column in _NUMBERS if text[column]}
    faults += _faults(text, day, channel)
    faults += [Fault(Column.AUDIENCES, Problem.UNKNOWN_AUDIENCE, name) for name in unknown]
    faults += [
        Fault(column, Problem.NOT_A_NUMBER, text[column])
        for column, number in numbers.items()
        if number.value is None and column not in {fault.column for fault in faults}
    ]
    return Told(
        number=line.number,
        day=day,
        channel=channel,
        what=text[Column.WHAT],
        numbers={column: int(number.value) for column, number in numbers.items() if number.value is not None},
        audiences=audiences,
        link=_with_scheme(text[Column.LINK]),
        faults=tuple(faults),
    )


def _faults(text: Mapping[Column, str], day: date | None, channel: str) -> list[Fault]:
    found = []
    if day is None:
        found.append(Fault(Column.DAY, Problem.NOT_A_DAY if text[Column.DAY] else Problem.NO_DAY, text[Column.DAY]))
    if not channel:
        problem = Problem.UNKNOWN_CHANNEL if text[Column.CHANNEL] else Problem.NO_CHANNEL
        found.append(Fault(Column.CHANNEL, problem, text[Column.CHANNEL]))
    if len(text[Column.WHAT]) > 300:
        found.append(Fault(Column.WHAT, Problem.TOO_LONG, text[Column.WHAT]))
    if text[Column.LINK] and not _LINK.fullmatch(_with_scheme(text[Column.LINK])):
        found.append(Fault(Column.LINK, Problem.NOT_A_LINK, text[Column.LINK]))
    return found


_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})|(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_LINK = re.compile(r"https?://[^\s/]+\.[^\s]+", re.ASCII | re.IGNORECASE)


def _with_scheme(link: str) -> str:
    return f"https://{link}" if link and "://" not in link else link


def _read_day(text: str) -> date | None:
    """18/11/2024, 18-11-2024, 18.11.2024 or 2024-11-18."""
    if not (found := _DAY.fullmatch(text.strip())):
        return None
    parts = (found[3], found[2], found[1]) if found[3] else (found[4], found[5], found[6])
    try:
        return date(*map(int, parts))
    except ValueError:
        return None


def find_channel(text: str) -> str:
    """The code of the channel that `text` names, by name, code or a phrase of report forms; "" when it is none or unclear."""
    return _find(text, CHANNELS.values())


def _find(text: str, known: Iterable[Channel | Audience], *, whole: bool = False) -> str:
    """`whole`: the text is a name or a phrase, and does not only hold one."""
    wanted, options = _bare(text), list(known)
    exact = {one.code for one in options if wanted in (_bare(one.name), _bare(one.name_en), _bare(one.code))}
    by_phrase = {one.code for one in options if wanted in map(_bare, one.phrases)}
    inside = {one.code for one in options if any(f" {_bare(phrase)} " in f" {wanted} " for phrase in one.phrases)}
    codes = exact or by_phrase or (inside if not whole else set())
    return codes.pop() if wanted and len(codes) == 1 else ""


def _bare(text: str) -> str:
    """Words only, without marks and signs."""
    return fold(re.sub(r"[\W_]+", " ", text))


def _read_audiences(text: str) -> tuple[tuple[str, ...], list[str]]:
    """The codes of the audiences named, and the names that are none. A name may hold commas itself."""
    if not text:
        return (), []
    if whole := _find(text, AUDIENCES.values(), whole=True):
        return (whole,), []
    names = [name.strip() for name in re.split(r"[;\n]" if ";" in text else r"[;,\n]", text) if name.strip()]
    codes = [_find(name, AUDIENCES.values()) for name in names]
    known = tuple(dict.fromkeys(code for code in codes if code))
    return known, [name for name, code in zip(names, codes, strict=True) if not code]
