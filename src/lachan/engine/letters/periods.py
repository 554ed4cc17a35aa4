"""The period a campaign or plan runs."""

import re
from dataclasses import dataclass

from lachan.engine.letters.dates import DateHit, When, earliest, latest
from lachan.engine.letters.deadlines import Timeline, closes, spaced, year_of
from lachan.engine.letters.found import Found
from lachan.engine.letters.source import Source, bare


@dataclass(frozen=True)
class Period:
    start: When | None
    end: When | None


_STAGE = re.compile(
    r"\bgiai doan(?: tu)?(?: nam)?\s{1,2}((?:19|20)\d\d)\s{0,2}(?:-|–|den(?: nam)?)\s{0,2}((?:19|20)\d\d)\b"
)
_FROM_YEAR = re.compile(r"\btu nam\s{1,2}((?:19|20)\d\d) den nam\s{1,2}((?:19|20)\d\d)\b")
_YEARS = re.compile(r"\b(?:cac |trong )?(?:2 |hai |3 |5 )?nam\s{1,2}(20\d\d)\s{0,2}(?:-|–)\s{0,2}(20\d\d)\b")
_QUARTER = re.compile(r"\bquy\s(iv|iii|ii|i|[1-4])\s{0,2}(?:,|/|-|nam)?\s{0,2}(?:nam\s)?(20\d\d)\b")
_HALF = re.compile(r"\b(?:6|sau|06) thang (dau|cuoi) nam\s(20\d\d)\b")
_NINE = re.compile(r"\b(?:9|chin|09) thang(?: dau)? nam\s(20\d\d)\b")
_MONTH = re.compile(r"\bthang\s(\d{1,2})\s{0,2}(?:/|nam)\s{0,2}(20\d\d)\b")
_YEAR = re.compile(r"(?<!\bden )(?<!\btruoc )(?<!\btu )\bnam(?: hoc)?\s{1,2}(20\d\d)\b(?!\s?[-–]\s?20\d\d)")
_SCHOOL_YEAR = re.compile(r"\bnam hoc\s{1,2}(20\d\d)\s{0,2}[-–]\s{0,2}(20\d\d)\b")
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_RUNS = re.compile(
    r"thoi gian|chien dich|trien khai|thuc hien|phat dong|ra quan|to chuc|dien ra|dot|cao diem|"
    r"thang hanh dong|tuan le|tuyen truyen|cuoc thi|bat dau|keo dai|phat song|phat thanh|thong diep|treo|duy tri|niem yet|canh bao"
)
_RULINGS = ("quyết định", "nghị quyết")
_PLANNED = re.compile(r"\b(?:ke hoach|chuong trinh|de an|chien dich|nhiem vu|phuong an|phong trao|cao diem|thang)\b")
_REPORTING = re.compile(r"\b(?:bao cao|so lieu|ket qua|dang ky|tiep nhan|nop|gui)\b[^.;:]{0,60}$")
_PLANLIKE = (
    "kế hoạch",
    "chương trình",
    "quyết định",
    "kế hoạch hành động",
    "chương trình hành động",
    "kế hoạch phối hợp",
    "chương trình phối hợp",
    "đề án",
    "phương án",
    "dự án",
    "nghị quyết",
    "chương trình công tác",
    "báo cáo",
    "thể lệ",
    "kế hoạch liên tịch",
)


def period(src: Source, line: Timeline, written: When | None, kind: str | None, subject: str) -> Found[Period] | None:
    """From when to when the campaign or plan runs: a range of days in the text, else the years that the subject of a plan names."""
    plan = kind in _PLANLIKE
    staged = _of_subject(subject) if plan else None
    if staged and _years_apart(staged):
        return Found(staged, (), 0.85)
    ranged = _of_ranges(src, line, written, past=kind == "báo cáo") or _begun_and_ended(src, line, written)
    if ranged:
        return ranged
    if plan and staged and (kind not in _RULINGS or _PLANNED.search(bare(subject))):
        return Found(staged, (), 0.7)
    if plan:
        return _until(src, line, written)
    return _until(src, line, written) or _staged(subject)


def _years_apart(staged: Period) -> bool:
    return (
        isinstance(staged.start, dict) and isinstance(staged.end, dict) and staged.start["year"] != staged.end["year"]
    )


def _staged(subject: str) -> Found[Period] | None:
    match = _STAGE.search(bare(subject))
    return Found(Period({"year": int(match[1])}, {"year": int(match[2])}), (), 0.75) if match else None


def _of_ranges(src: Source, line: Timeline, written: When | None, *, past: bool) -> Found[Period] | None:
    places = {hit.start: place for place, hit in enumerate(line.hits)}
    for first, last in line.ranges:
        before = spaced(src.bare[max(0, first.start - 220) : first.start])
        closing = closes(src, first)
        if not (closing or _RUNS.search(before)) or (_REPORTING.search(before) and not past and not closing):
            continue
        if _anniversary(first, last):
            continue
        end_year = last.year or year_of(line, places[last.start], written)
        start_year = first.year or end_year
        start, end = first.when(start_year), last.when(end_year)
        if (
            start is not None
            and end is not None
            and (past or written is None or latest(end) >= earliest(written))
            and earliest(start) <= latest(end)
        ):
            return Found(Period(start, end), (src.span(first.start, last.end),), 0.9)
    return None


def _anniversary(first: DateHit, last: DateHit) -> bool:
    """The same day years apart, "(27/7/1947 - 27/7/2024)", tells of a jubilee."""
    return bool(
        first.year and last.year and first.year < last.year and (first.day, first.month) == (last.day, last.month)
    )


_BEGUN = re.compile(r"\b(?:bat dau|khoi dong|phat dong)\s?:\s?(?:tu\s)?(?:ngay\s)?$")
_ENDED = re.compile(r"\b(?:ket thuc|be mac)\s?:\s?(?:vao\s|den\s)?(?:het\s)?(?:ngay\s)?$")
_IN_MONTH = re.compile(
    r"\bthoi gian(?: (?:phat dong|thuc hien|trien khai|to chuc|dien ra|tuyen truyen|cao diem))?"
    r"(?: chien dich)?\s?:\s?(?:trong |ca )?$"
)


def _begun_and_ended(src: Source, line: Timeline, written: When | None) -> Found[Period] | None:
    """Two lines "Bắt đầu: …" and "Kết thúc: …", or one "Thời gian thực hiện: tháng 10 năm 2024"."""
    before = [spaced(src.bare[max(0, hit.start - 60) : hit.start]) for hit in line.hits]
    for place, hit in enumerate(line.hits):
        last = hit if hit.day is None and _IN_MONTH.search(before[place]) else None
        if _BEGUN.search(before[place]) and place + 1 < len(line.hits) and _ENDED.search(before[place + 1]):
            last = line.hits[place + 1]
        if last is None:
            continue
        end_year = last.year or year_of(line, place, written)
        start, end = hit.when(hit.year or end_year), last.when(end_year)
        if start is not None and end is not None and earliest(start) <= latest(end):
            return Found(Period(start, end), (src.span(hit.start, last.end),), 0.85)
    return None


def _until(src: Source, line: Timeline, written: When | None) -> Found[Period] | None:
    """The end alone: "tuyên truyền … đến hết ngày 20/11/2024"."""
    in_range = {hit.start for pair in line.ranges for hit in pair}
    for place, hit in enumerate(line.hits):
        before = spaced(src.bare[max(0, hit.start - 140) : hit.start])
        if (
            hit.start in in_range
            or not hit.day
            or not re.search(r"\bden het\s(?:ngay\s)?$", before)
            or not _RUNS.search(before)
        ):
            continue
        when = hit.when(year_of(line, place, written))
        if (
            when is not None
            and not _REPORTING.search(before)
            and (written is None or latest(when) >= earliest(written))
        ):
            return Found(Period(None, when), (src.span(hit.start, hit.end),), 0.75)
    return None


_DAY_NAMED = re.compile(
    r"\bngay\s{1,2}\d{1,2}(?:\s{1,2}thang\s{1,2}\d{1,2}\s{1,2}nam\s{1,2}\d{4}|[/.-]\d{1,2}[/.-]\d{4})"
)


_AHEAD = re.compile(r"\b(?:phuong huong|nhiem vu)[^.;]{0,30}\b(?:6|06|sau) thang cuoi nam(?:\s20\d\d)?")


def _of_subject(subject: str) -> Period | None:
    text = _DAY_NAMED.sub(" ", bare(subject))  # the date of a document named in the subject
    text = _AHEAD.sub(" ", text)
    for pattern in (_STAGE, _SCHOOL_YEAR, _FROM_YEAR, _YEARS):
        if match := pattern.search(text):
            return Period({"year": int(match[1])}, {"year": int(match[2])})
    return _part_of_year(text) or _whole_year(text)


def _part_of_year(text: str) -> Period | None:
    if match := _QUARTER.search(text):
        last = 3 * _ROMAN[match[1]]
        return _months(int(match[2]), last - 2, last)
    if match := _HALF.search(text):
        return _months(int(match[2]), *((1, 6) if match[1] == "dau" else (7, 12)))
    if match := _NINE.search(text):
        return _months(int(match[1]), 1, 9)
    if match := _MONTH.search(text):
        return _months(int(match[2]), int(match[1]), int(match[1]))
    return None


def _whole_year(text: str) -> Period | None:
    match = _YEAR.search(text)
    return Period({"year": int(match[1])}, {"year": int(match[1])}) if match else None


def _months(year: int, first: int, last: int) -> Period:
    return Period({"year": year, "month": first}, {"year": year, "month": last})
