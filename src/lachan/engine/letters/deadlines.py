"""The dates of a text and what they stand for; by when things are due."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from lachan.engine.letters.alphabet import UPPER
from lachan.engine.letters.dates import DateHit, When, dates, earliest, latest, year_after
from lachan.engine.letters.found import Found, Span
from lachan.engine.letters.source import Source, flat

_TIME = r"(?:\d{1,2}\s?(?:gio|h|g)\s?(?:\d{1,2})?\s?(?:phut|'|’|p)?\s?,?\s?(?:sang|chieu|toi)?\s?,?\s?)"
_DUE = re.compile(
    rf"(?:\b(?:xong\s)?truoc\s(?:{_TIME})?|\b(?:cham|muon)\snhat\s?(?:la|vao|den|trong|truoc|den het|"
    rf"het)?\s?:?\s?{_TIME}?(?:cua\s)?"
    rf"|\bden\s(?:het\s)?{_TIME}?(?:het\s)?|\bhet\s|\bhan\s(?:cuoi|chot|nop|gui|"
    rf"chot nop)[^.;:\d]{{0,40}}:?\s?(?:la\s|truoc\s|den\s|het\s)*{_TIME}?"
    rf"|\bhoan thanh\s?(?::\s?)?(?:vao\s)?|\bthoi\s(?:gian|han|diem)\s(?:hoan thanh|nop|gui|bao cao|"
    rf"nhan|tiep nhan|ket thuc|cuoi|dang ky|"
    rf"tra loi|xong)[^.;\d]{{0,60}}:?\s?{_TIME}?"
    rf"|\bthoi\shan\s?(?:la|den|:|truoc|hoan thanh)?[^.;\d]{{0,30}}{_TIME}?|\bkhong\s(?:qua|muon hon|"
    rf"cham hon)\s(?:{_TIME})?"
    rf"|\b(?:hoan thanh|hoan thien|xong|hoan tat|ket thuc|gui|nop|bao cao|trinh|dang ky)[^.;:\d]{{0,110}}"
    rf"\b(?:trong|vao|ngay trong)\s{_TIME}?)"
    r"(?:cac\s)?(?:ngay\s)?(?:thu (?:hai|ba|tu|nam|sau|bay)\s?,?\s?)?(?:\(?ngay\s)?\(?(?:trong\s)?$"
)
_NOT_DUE = re.compile(
    r"\b(?:sinh|(?<!cac )(?<!cung )cap|phat sinh|ton tai|xay ra|thanh lap|co hieu luc|hieu luc|giai quyet|"
    r"ky ket|da ky|khoi cong|su dung|lap|so voi|cong bo|nhu|(?<!thong )ke|quan ly|bo nhiem|chuyen|nhap hoc|"
    r"dang ky kinh doanh)(?:\stu)?\s(?:xong\s)?truoc\s(?:ngay\s)?$"
    r"|\btinh\sden\s(?:het\s)?(?:ngay\s)?$|\bduy tri\b[^.;]{0,60}\bden\s(?:het\s)?(?:ngay\s)?$"
    r"|\b(?:so lieu|luy ke|ket qua|tong hop|cap nhat|tinh tu)[^.;:]{0,30}\bden\s(?:het\s)?(?:ngay\s)?$"
)
_PLAIN_TO = re.compile(r"\bden\s(?:het\s)?(?:ngay\s)?$")
_RECURRING = re.compile(
    r"\s{0,2}\(?(?:hang|moi|cua moi|cua)\s(?:nam|thang|quy|tuan)\b(?!\s?(?:\d|nay))|\s{0,2}cua\s(?:thang|"
    r"quy|nam)\s(?:cuoi|sau|lien ke|tiep theo)"
)
_ALSO = re.compile(r"\s{0,2}(?:,|;|va|va truoc|va ngay)\s{1,3}(?:va\s)?(?:truoc\s)?(?:ngay\s)?$")
_VAGUE = re.compile(
    r"\b(?:dinh ky|hang thang|hang quy|hang nam|truoc ngay \d{1,2} (?:hang|moi|cua)|"
    r"cham nhat (?:sau )?\d{1,3} ngay|trong (?:thoi han|vong)\s\d{1,3}|trong quy [ivx]+)\b"
)
_SENTENCE_END = re.compile(
    rf"[;:](?=\s)|(?<![{UPPER}\d]\b)\.(?=\s)|(?<=\d\d\d\d)\.(?=\s)|\./\.|(?<=[;:|])\s*\n|\n\s{{0,9}}(?=[-+•]\s|\d{{1,2}}\.\s|[a-hđ]\)\s)"
)
_REACH = 150


@dataclass(frozen=True)
class Deadline:
    """`date` is None for recurring, relative or quarterly ones; `what` then says which."""

    date: When | None
    what: str


@dataclass(frozen=True)
class Timeline:
    """The dates of the text with what each stands for; one pass serves deadlines and period."""

    hits: tuple[DateHit, ...]
    ranges: tuple[tuple[DateHit, DateHit], ...]


_FROM = re.compile(rf"\b(?:tu|bat dau tu|ke tu|keo dai tu)\s(?:nay\s)?{_TIME}?(?:thu \w+\s?,?\s?)?(?:ngay\s)?\(?$")
_TO = re.compile(
    rf"\s?(?:\([^()]{{0,20}}\))?\s?,?\s?(?:den|toi|cho den|-|–|va ket thuc|ket thuc)\s?(?:luc\s|"
    rf"vao\s|truoc\s)?(?:het\s)?{_TIME}?(?:het\s)?(?:thu \w+\s?,?\s?)?(?:ngay\s)?"
)


def timeline(src: Source, skip: Sequence[Span]) -> Timeline:
    """The dates outside `skip`, and those that make a range "từ … đến …"."""
    hits = tuple(hit for hit in dates(src.bare) if not any(start <= hit.start < end for start, end in skip))
    ranges = []
    for first, last in pairwise(hits):
        between = spaced(src.bare[first.end : last.start])
        if (
            len(between) < 60
            and _TO.fullmatch(between)
            and (
                _FROM.search(spaced(src.bare[max(0, first.start - 50) : first.start]))
                or "-" in between
                or "–" in between
            )
        ):
            ranges.append((first, last))
    days = [pair for pair in (_from_day(src, hit) for hit in hits) if pair]
    return Timeline(hits, tuple(sorted([*ranges, *days], key=lambda pair: pair[0].start)))


_DAY_TO = re.compile(r"\btu (?:ngay )?(\d{1,2}) ?(?:-|–|den (?:het )?(?:ngay )?) ?(?:ngay )?$")


def _from_day(src: Source, last: DateHit) -> tuple[DateHit, DateHit] | None:
    """The range "từ ngày 03 - 06/4/2025", whose first day has no month of its own."""
    before = _DAY_TO.search(spaced(src.bare[max(0, last.start - 40) : last.start]))
    if not before or last.day is None or int(before[1]) >= last.day:
        return None
    return DateHit(last.start - 1, last.start, int(before[1]), last.month, last.year, sure=True), last


def spaced(text: str) -> str:
    """Breaks and runs of spaces as one space, its ends kept."""
    return re.sub(r"\s+", " ", text)


def deadlines(src: Source, line: Timeline, written: When | None, body: int = 0) -> tuple[Found[Deadline], ...]:
    """What is due by when, in order; those before the letter's own date are history, not deadlines.

    `body` is where in the cleaned text the words after the head begin.
    """
    found: list[Found[Deadline]] = []
    in_range = {hit.start for pair in line.ranges for hit in pair}
    closing = {end.start for start, end in line.ranges if closes(src, start)}
    last: DateHit | None = None
    for place, hit in enumerate(line.hits):
        if hit.start not in closing and (hit.start in in_range or not _is_due(src, hit, last)):
            continue
        last = hit
        when = hit.when(year_of(line, place, written))
        if _recurs(src, hit):
            when = None
        if when is not None and written is not None and latest(when) < earliest(written):
            last = None
            continue
        found.append(
            Found(Deadline(when, _what(src, hit, body)), (src.span(hit.start, hit.end),), _certainty(hit, when))
        )
    return (*found, *_of_tables(src, line, written, in_range), *_vague(src, line))


_WINDOW = re.compile(r"\bthoi han\b[^.;\d]{0,60}\bnhan\b[^.;\d]{0,60}$")


def closes(src: Source, start: DateHit) -> bool:
    """The range that begins here is a time set for handing in: "thời hạn tiếp nhận: từ … đến …" falls due at its end."""
    before = spaced(src.bare[max(0, start.start - 140) : start.start])
    return bool(_WINDOW.search(_TIMED.sub("", before)))


_TIMED = re.compile(rf"{_TIME}(?:ngay\s)?$")


def _recurs(src: Source, hit: DateHit) -> bool:
    """The date comes back: "15/6 và 15/12 hằng năm", "định kỳ … trước ngày 10/6"."""
    after = spaced(src.bare[hit.end : hit.end + 60])
    before = re.split(r"[.;]\s", spaced(src.bare[max(0, hit.start - 110) : hit.start]))[-1]
    also = re.match(r"[^.;]{0,25}?\d{1,2}/\d{1,2}(?!/)", after)
    told = hit.year is None and re.search(r"\b(?:dinh ky|hang nam|hang quy|hang thang|moi nam)\b", before)
    return bool(_RECURRING.match(after) or (also and _RECURRING.match(after[also.end() :])) or told)


_DUE_HEAD = re.compile(r"thoi gian hoan thanh|thoi han|han (?:hoan thanh|cuoi|nop)|ngay hoan thanh|hoan thanh truoc")


def _heads(src: Source) -> list[Span]:
    """The lines with strokes that name a column of due dates."""
    lines: list[Span] = []
    for match in _DUE_HEAD.finditer(src.bare):
        start, end = src.bare.rfind("\n", 0, match.start()) + 1, src.bare.find("\n", match.end())
        line = (start, end if end > 0 else len(src.bare))
        if (not lines or lines[-1] != line) and line[1] - line[0] < 2000 and "|" in src.bare[line[0] : line[1]]:
            lines.append(line)
    return lines[:50]


def _of_tables(src: Source, line: Timeline, written: When | None, in_range: set[int]) -> list[Found[Deadline]]:
    """Plain dates in the column of a table that is headed "Thời gian hoàn thành" and the like."""
    found: list[Found[Deadline]] = []
    for head in _heads(src):
        cells = src.bare[head[0] : head[1]].strip().strip("|").split("|")
        column = next((n for n, cell in enumerate(cells) if _DUE_HEAD.search(cell)), None)
        blank = src.bare.find("\n\n", head[1] + 1)
        end = blank if blank > 0 else len(src.bare)
        for place, hit in enumerate(line.hits):
            if not head[1] < hit.start < end or hit.start in in_range or hit.day is None:
                continue
            row = src.bare[src.bare.rfind("\n", 0, hit.start) + 1 : hit.start].lstrip().removeprefix("|")
            when = hit.when(year_of(line, place, written))
            alone = not row.rsplit("|", 1)[-1].strip()
            if (
                row.count("|") == column
                and alone
                and when is not None
                and (written is None or latest(when) >= earliest(written))
            ):
                found.append(Found(Deadline(when, _what(src, hit)), (src.span(hit.start, hit.end),), 0.75))
    return found


def _certainty(hit: DateHit, when: When | None) -> float:
    return (0.92 if hit.day and hit.year else 0.8) if when else 0.6


def _is_due(src: Source, hit: DateHit, last: DateHit | None) -> bool:
    before = spaced(src.bare[max(0, hit.start - _REACH) : hit.start])
    if last is not None and hit.start - last.end < 30 and _ALSO.fullmatch(spaced(src.bare[last.end : hit.start])):
        return True
    match = _DUE.search(before)
    if not match or _NOT_DUE.search(before):
        return False
    if not hit.sure and not re.search(r"\b(?:truoc|ngay|nhat|han)\b", match[0]):
        return False
    if hit.day is None and not re.search(r"hoan thanh|hoan thien|xong|nhat|han|truoc|hoan tat|trinh|gui|nop", match[0]):
        return False
    return not (_PLAIN_TO.search(before) and not _to_is_due(before))


def _to_is_due(before: str) -> bool:
    """ "đến (hết) ngày" is a deadline of a work or a campaign, not the reach of a report or the start of a rule."""
    if re.search(r"\bden\sngay\s$", before):
        return bool(re.search(r"\bhan\b|cham nhat|keo dai|tu nay|tu ngay ky|thoi gian", before))
    return bool(re.search(r"\bden\shet\s(?:ngay\s)?$|\bhan\b|cham nhat|muon nhat|tu nay|thoi gian", before))


def year_of(line: Timeline, place: int, written: When | None) -> int | None:
    """The year of a date without one: that of the letter, else of the nearest date that has one."""
    hit = line.hits[place]
    if place + 1 < len(line.hits) and line.hits[place + 1].year and line.hits[place + 1].start - hit.end < 30:
        return line.hits[place + 1].year
    found = year_after(hit, written)
    if found:
        return found
    years = [other.year for other in line.hits[max(0, place - 5) : place + 6] if other.year]
    return max(years, default=None)


def _what(src: Source, hit: DateHit, body: int = 0) -> str:
    """The clause around a date, in one line."""
    start = max(body if body < hit.start else 0, hit.start - 260)
    for match in _SENTENCE_END.finditer(src.text, start, hit.start):
        start = match.end()
    stop = _SENTENCE_END.search(src.text, hit.end, hit.end + 160)
    clause = flat(src.text[start : stop.start() if stop else min(len(src.text), hit.end + 160)])
    return clause.strip(" -+*•,;:.")[:300]


def _vague(src: Source, line: Timeline) -> list[Found[Deadline]]:
    """Reports due again and again, or so long after something: no date, but told."""
    found = []
    seen: set[str] = set()
    for match in _VAGUE.finditer(src.bare):
        hit = DateHit(match.start(), match.end(), None, 1, None, sure=False)
        what = _what(src, hit)
        if (
            re.search(r"\bb[aá]o c[aá]o|gửi|nộp|hoàn thành", what.lower())
            and what not in seen
            and not any(abs(other.start - match.end()) < 15 for other in line.hits)
        ):
            seen.add(what)
            found.append(Found(Deadline(None, what), (src.span(*match.span()),), 0.55))
    return found[:20]
