"""What a plan sets out to reach: numbers with their unit. Results told in reports are no targets."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from lachan.engine.letters.found import Found, Span
from lachan.engine.letters.knowledge import column
from lachan.engine.letters.source import Source, bare, flat

_NUMBER = r"\d{1,3}(?:\.\d{3})+|\d{1,7}(?:,\d{1,2})?"
_PERCENT = re.compile(rf"(?<![\d.,/])(?:tu\s)?(?P<a>{_NUMBER})(?:[ ]?%?[ ]?(?:-|–|den)[ ]?(?P<b>{_NUMBER}))?[ ]?%")
_CUE = re.compile(
    r"\b(?:tren|it nhat|toi thieu|phan dau|dat|hon|khong duoi|tu|to chuc|xay dung|thiet lap|dang tai|"
    r"san xuat|dao tao|boi duong|cho|moi nam|hang nam|moi thang|hang thang|"
    r"co|phat hanh|in|lap dat|duy tri|thanh lap|thuc hien|trien khai|ket nap|ho tro|tap huan|tuyen truyen|"
    r"dang|phat|tiep can|thu hut|bien soan|moi xa|moi don vi|moi truong|toi da|khong qua|giam|tang|du kien|"
    r"so luong|voi|khoang|mo|lap|ra mat|cap|trong|sinh hoat|gioi thieu|"
    r"viet|huy dong|cung cap|trao|tang|trong moi|van hanh|kiem tra|ra quan|hoan thanh|moi (?:co quan|"
    r"dia phuong|tuan|quy|lop|phuong|huyen|thon|nganh))"
    r"(?:\s(?:duoc|it nhat|toi thieu|co|tren|hon|them|xong|ra|lap|moi|khoang|tu|cho|dat|la))*\s+$"
)
_AT_LEAST = re.compile(
    rf"\b(?:it nhat|toi thieu)\s(?:co\s|dat\s|"
    rf"duoc\s)?(?P<a>{_NUMBER})(?P<b>\b)[ ](?:\([^()\d]{{1,20}}\)[ ])?(?P<unit>[a-z]{{1,7}}"
    rf"(?:[ ][a-z]{{1,7}})?)\b(?!\s?%)"
)  # what is counted is no known unit
_HEADING = re.compile(
    r"^[ \t]*(?:(?P<mark>[IVX]{1,5}|\d{1,2}(?:\.\d{1,2})?|[A-H]|[a-hđ])[ ]?[.)\-:]?[ \t]+)?(?P<words>[^\n]{2,160})$",
    re.MULTILINE,
)
_AIMS = re.compile(r"\b(?:muc tieu|chi tieu)\b")
_NOT_AIMS = re.compile(r"\b(?:ket qua|danh gia|tinh hinh|thuc trang)\b")
_RATE = re.compile(r"\s?/\s?(nam|thang|tuan|quy|ngay|lop|nguoi|dot)\b")
_EACH = re.compile(r"\b(?:hang|moi)\s(nam|thang|tuan|quy)\b")
_RATE_WORDS = {
    "nam": "năm",
    "thang": "tháng",
    "tuan": "tuần",
    "quy": "quý",
    "ngay": "ngày",
    "lop": "lớp",
    "nguoi": "người",
    "dot": "đợt",
}
_TARGETED = (
    "kế hoạch",
    "quyết định",
    "chương trình",
    "nghị quyết",
    "đề án",
    "chỉ thị",
    "công văn",
    "hướng dẫn",
    "phương án",
    "dự án",
    "thông báo",
    "công điện",
    "tờ trình",
)


@dataclass(frozen=True)
class Target:
    """`value` a number, or "5-10" for a range; `unit` "%" or what is counted, with "/năm" and the like; `text` the words around."""

    value: int | float | str
    unit: str
    text: str


@cache
def _units() -> re.Pattern[str]:
    units = sorted(
        (re.escape(bare(unit)).replace("\\ ", r"\s{1,3}") for unit in column("units", "unit")), key=len, reverse=True
    )
    return re.compile(
        rf"(?<![\d.,/\-])(?:tu\s)?(?P<a>{_NUMBER})(?:[ ]?(?:-|–|"
        rf"den)[ ]?(?P<b>{_NUMBER}))?\s{{1,3}}(?:\([^()\d]{{1,20}}\)\s)?(?P<unit>{'|'.join(units)})\b"
    )


@cache
def _unit_names() -> dict[str, str]:
    return {bare(unit): unit for unit in column("units", "unit")}


def targets(src: Source, kind: str | None) -> tuple[Found[Target], ...]:
    """The targets of a plan, decision or letter, in order: those under "mục tiêu" or "chỉ tiêu" where there is such a heading."""
    if kind is not None and not any(kind.startswith(known) for known in _TARGETED):
        return ()
    zones = _zones(src)
    strict = not zones
    found: dict[tuple[str, str], Found[Target]] = {}
    for start, end in zones or [(0, len(src.text))]:
        for hit in sorted(
            [*_percents(src, start, end, strict=strict), *_counts(src, start, end, strict=strict)],
            key=lambda found: found.spans[0],
        ):
            found.setdefault((f"{hit.value.value} {hit.value.unit}", hit.value.text[:40]), hit)
    return tuple(found.values())


def _zones(src: Source) -> list[Span]:
    """The stretches under headings that speak of aims, each to the next heading of its own rank or above."""
    heads = [
        (match.start(), _rank(match), bare(match["words"]))
        for match in _HEADING.finditer(src.text)
        if _is_heading(match)
    ]
    zones: list[Span] = []
    for place, (start, rank, words) in enumerate(heads):
        if not _AIMS.search(words) or _NOT_AIMS.search(words) or (zones and start < zones[-1][1]):
            continue
        end = next((other for other, other_rank, _ in heads[place + 1 :] if other_rank <= rank), len(src.text))
        zones.append((start, end))
    return zones


def _rank(match: re.Match[str]) -> int:
    mark = match["mark"] or ""
    if not mark:
        return 0 if re.match(r"(?i)phần|chương", match["words"]) else 2
    if re.fullmatch(r"[IVX]+|[A-H]", mark):
        return 1
    return 4 if mark.isalpha() else 2 + mark.count(".")


def _is_heading(match: re.Match[str]) -> bool:
    words = match["words"].strip()
    if not words:
        return False
    if match["mark"]:
        return words[0].isupper() and (match["mark"].isupper() or match["mark"][0].isdigit())
    return (words.isupper() and len(words) > 6) or (words.lower().startswith(("phần ", "chương ")) and len(words) < 40)


def _percents(src: Source, start: int, end: int, *, strict: bool) -> Iterator[Found[Target]]:
    for match in _PERCENT.finditer(src.bare, start, end):
        if (strict and not _aimed(src, match.start(), match.end())) or _risen_from(src, match):
            continue
        yield _target(src, match, "%")


def _risen_from(src: Source, match: re.Match[str]) -> bool:
    """The first number of "tăng từ 40% lên 65%" is where things stand, not the aim."""
    return bool(
        re.match(r"\s(?:\(?nam \d{4}\)? )?(?:len|xuong)\s", src.bare[match.end() : match.end() + 24])
        and re.search(r"\btu\s$", src.bare[max(0, match.start("a") - 4) : match.start("a")])
    )


_RESULT = re.compile(
    r"\b(?:da|chiem|so voi|cung ky|ghi nhan|ket qua|moi dat|chi dat|xay ra|thiet hai|lai suat|phi|thue|"
    r"muc)\b[^.;]{0,60}$"
)
_DUTY = re.compile(
    r"\s?(?:cac|so|co quan|can bo|don vi|truong|hoc sinh|sinh vien|nguoi|ho|doanh nghiep|cong chuc|xa|thon|"
    r"to|dang vien|doan vien|giao vien|ho so|thu tuc|co so|van ban|he thong)\b"
)


def _aimed(src: Source, start: int, end: int) -> bool:
    before = src.bare[max(0, start - 90) : start]
    if _RESULT.search(" ".join(before.split())):
        return False
    return bool(end)


_HEAD_NOUN = re.compile(
    r"(lớp|buổi|khóa|cuộc|đợt|lượt) (?:tập huấn|tuyên truyền|đào tạo|diễn tập|kiểm tra|cao điểm|tiếp cận)"
)
_ONWARD = re.compile(r"[^.\n\d;]{0,70}(?:,|;|\bva)\s(?:[a-z]+\s){0,2}")  # one more thing counted in the same sentence


def _counts(src: Source, start: int, end: int, *, strict: bool) -> Iterator[Found[Target]]:
    known: list[Span] = []
    taken = -1
    for match in _units().finditer(src.bare, start, end):
        known.append(match.span())
        before = " ".join(src.bare[max(0, match.start() - 60) : match.start()].split()) + " "
        cued = (
            re.search(r"\b(?:it nhat|toi thieu|phan dau|tren|khong duoi)\s(?:co\s|dat\s|duoc\s)?$", before)
            if strict
            else _CUE.search(before) or _line_start(src, match.start())
        ) or (taken >= 0 and match.start() - taken < 80 and _ONWARD.fullmatch(src.bare, taken, match.start()))
        if (
            not cued
            or re.search(r"\b(?:so|ngay|thang|nam|dieu|khoan|muc|quy|phu luc|thu)\s$", before)
            or (strict and _RESULT.search(before))
            or (match["unit"] in ("gio", "phut") and before.endswith("trong "))
        ):
            continue
        taken = match.end()
        yield _target(src, match, _HEAD_NOUN.sub(r"\1", _unit_names()[" ".join(match["unit"].split())]))

    for match in _AT_LEAST.finditer(src.bare, start, end):
        if not any(first <= match.start("a") < last for first, last in known) and not re.search(r"\d", match["unit"]):
            yield _target(src, match, flat(src.text[match.start("unit") : match.end("unit")]).lower())


def _line_start(src: Source, place: int) -> bool:
    return not src.text[src.text.rfind("\n", 0, place) + 1 : place].strip(" -+*•\t")


_MARK = re.compile(r"^(?:(?:\d{1,2}\.)+|\d{1,2}\)|[-+*•])\s+")


def _target(src: Source, match: re.Match[str], unit: str) -> Found[Target]:
    value: int | float | str = _value(match["a"])
    if match["b"]:
        value = f"{_value(match['a'])}-{_value(match['b'])}"
    clause = max(src.bare.rfind(mark, max(0, match.start() - 70), match.start()) for mark in (";", "\n-", ". ", "\n\n"))
    rate = _RATE.match(src.bare, match.end()) or _EACH.search(
        src.bare, clause + 1 if clause >= 0 else max(0, match.start() - 50), match.start()
    )
    if rate and unit != "%":
        unit = f"{unit}/{_RATE_WORDS[rate[1]]}"
    line = src.bare.rfind("\n", 0, match.start()) + 1
    begin = max(line, src.bare.rfind(" ", line, max(line, match.start() - 1)) + 1)
    text = _MARK.sub("", flat(src.text[begin : match.end() + 90].split(";")[0].split("\n-")[0]))
    return Found(Target(value, unit, text), (src.span(*match.span()),), 0.85)


def _value(number: str) -> int | float:
    whole = number.replace(".", "")
    if "," in whole:
        value = float(whole.replace(",", "."))
        return int(value) if value.is_integer() else value
    return int(whole)
