"""Checks of the knowledge files, for editors: what is wrong, in which file, on which line."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from lachan.engine.scams.domains import STATE, is_ending, is_state, split
from lachan.engine.scams.knowledge import HERE, KINDS, OF_WARNINGS_TOO, ROLES, SHORTEST_KNOWN, meeting
from lachan.engine.scams.knowledge.patterns import BadPattern, OneOf, Pattern, read
from lachan.engine.scams.lexicon import Lexicon
from lachan.engine.scams.lint.files import COLUMNS, Files, Problem, Row, load
from lachan.engine.scams.lint.unmatched import always_barred, unread
from lachan.engine.vietnamese import fold

MAY_BE_EMPTY = {"senders", "hotlines", "spellings", "syntax"}
KEYS = {file: columns[:1] for file, columns in COLUMNS.items()} | {
    "hotlines.csv": ("number", "what_for", "syntax"),  # one number may take several kinds of text
    "types.toml": ("code",),
    "signs.toml": ("code",),
    "schemes.toml": ("code",),
}
"""What of an entry no other entry of its file has."""
UNKNOWN_SOURCE = "biết chung"
STATE_ONLY = {"ministry", "province"}
OF_STATE = {"state", "public_service"}
HANDBOOK = range(1, 25)

_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]*[a-z0-9])?")
_NUMBER = re.compile(r"[0-9]{3,11}")
_FIRST_DAY = date(2020, 1, 1)
_SOURCE = re.compile(rf"https?://\S+|docs/\S+|.*\b(?:19|20)\d\d\b.*|{UNKNOWN_SOURCE}")


@dataclass(frozen=True, slots=True)
class Count:
    """How many entries a file holds, and how many of them name a source that can be looked up."""

    file: str
    entries: int
    with_source: int


def problems(folder: Path = HERE, today: date | None = None) -> list[Problem]:
    """Everything wrong with the knowledge in `folder`; `today`: no entry may have been seen later."""
    files = load(folder)
    later = _later(files, today) if today else ()
    return sorted({*files.unread, *later, *(problem for check in CHECKS for problem in check(files, folder))})


def counts(folder: Path = HERE) -> list[Count]:
    """The entries of each file."""
    return [
        Count(file, len(rows), sum(row.get("source") not in (None, "", UNKNOWN_SOURCE) for _, row in rows))
        for file, rows in load(folder).rows.items()
    ]


def _cells(files: Files, _folder: Path) -> Iterator[Problem]:
    for file, columns in COLUMNS.items():
        for line, row in files.rows[file]:
            if None in row or None in row.values():
                yield Problem(file, line, "thừa hoặc thiếu ô")
            yield from (
                Problem(file, line, f"ô {column} bỏ trống hoặc thừa dấu cách")
                for column in columns
                if (value := row.get(column) or "") != value.strip() or (not value and column not in MAY_BE_EMPTY)
            )


def _seen(files: Files, _folder: Path) -> Iterator[Problem]:
    for file, rows in files.rows.items():
        for line, row in rows:
            if not row.get("source"):
                yield Problem(file, line, "thiếu nguồn (source)")
            elif not _SOURCE.fullmatch(str(row["source"])):
                yield Problem(file, line, f"source là địa chỉ trang, văn bản có năm, hoặc “{UNKNOWN_SOURCE}”")
            if not _is_day(row.get("verified_on")):
                yield Problem(file, line, "verified_on phải là ngày dạng 2026-11-26")


def _is_day(value: object) -> bool:
    try:
        day = value if isinstance(value, date) else date.fromisoformat(str(value))
    except ValueError:
        return False
    return day >= _FIRST_DAY


def _later(files: Files, today: date) -> Iterator[Problem]:
    for file, rows in files.rows.items():
        for line, row in rows:
            if any(_is_day(row.get(key)) and str(row[key]) > today.isoformat() for key in ("verified_on", "day")):
                yield Problem(file, line, f"ngày ghi ở sau hôm nay ({today.isoformat()})")


def _keys(files: Files, _folder: Path) -> Iterator[Problem]:
    for file, columns in KEYS.items():
        seen: set[tuple[str, ...]] = set()
        for line, row in files.rows[file]:
            key = tuple(str(row.get(column) or "") for column in columns)
            if key in seen:
                yield Problem(file, line, f"“{' '.join(key).strip()}” đã có ở dòng trên")
            seen.add(key)


def _types(files: Files, _folder: Path) -> Iterator[Problem]:
    covered: set[int] = set()
    for line, row in files.rows["types.toml"]:
        covered |= set(row.get("handbook", []))
        if len(row.get("advice", [])) < 3 or not all(_is_step(step, files.steps) for step in row.get("advice", [])):
            yield Problem("types.toml", line, "cần ít nhất 3 bước; mỗi bước là tên trong [steps] hoặc có đủ vi và en")
    if missing := sorted(set(HANDBOOK) ^ covered):
        yield Problem("types.toml", 0, f"cẩm nang có 24 hình thức; thiếu hoặc lạ: {missing}")


def _is_step(step: Any, shared: Mapping[str, Any]) -> bool:
    written = shared.get(step) if isinstance(step, str) else step
    return isinstance(written, dict) and bool(written.get("vi")) and bool(written.get("en"))


def _signs(files: Files, _folder: Path) -> Iterator[Problem]:
    types = {row.get("code") for _, row in files.rows["types.toml"]}
    simple = {row.get("code") for _, row in files.rows["signs.toml"] if "together" not in row}
    for what in _sign_patterns({"patterns": files.warned}, files.lists):
        yield Problem("signs.toml", 0, f"warned: {what}")
    for line, row in files.rows["signs.toml"]:
        for what in (*_sign_words(row), *_sign_ties(row, types, simple), *_sign_patterns(row, files.lists)):
            yield Problem("signs.toml", line, f"{row.get('code')}: {what}")


def _schemes(files: Files, _folder: Path) -> Iterator[Problem]:
    types = {row.get("code") for _, row in files.rows["types.toml"]}
    for what in (what for ways in files.ideas.values() for what in _sign_patterns({"patterns": ways}, files.lists)):
        yield Problem("schemes.toml", 0, f"ideas: {what}")
    named: set[str] = set()
    for line, row in files.rows["schemes.toml"]:
        ideas = {idea for each in row.get("meets", []) for idea in _ideas_of(each)}
        named |= ideas
        for what in _scheme(row, types, ideas - files.ideas.keys()):
            yield Problem("schemes.toml", line, f"{row.get('code')}: {what}")
        if any(choice <= met.barred for met in map(meeting, row.get("meets", [])) for choice in met.wanted):
            yield Problem("schemes.toml", line, f"{row.get('code')}: một dòng meets vừa cần vừa cấm cùng một ý")
    if unused := files.ideas.keys() - named:
        yield Problem("schemes.toml", 0, f"ý không kịch bản nào gọi: {', '.join(sorted(unused))}")


def _ideas_of(written: str) -> frozenset[str]:
    met = meeting(written)
    return met.barred.union(*met.wanted)


def _scheme(row: Row, types: set[Any], unknown: set[str]) -> Iterator[str]:
    if not str(row.get("code", "")).startswith("scheme_"):
        yield "code bắt đầu bằng scheme_"
    if row.get("type") not in types:
        yield f"không có hình thức {row.get('type')} trong types.toml"
    if unknown:
        yield f"meets gọi ý không có trong ideas: {', '.join(sorted(unknown))}"
    if not all(meeting(each).wanted for each in row.get("meets", [""])):
        yield "mỗi dòng meets cần ít nhất một ý phải có"
    if not all(str(row.get(key, "")).endswith(".") for key in ("why_vi", "why_en")):
        yield "why_vi và why_en là một câu, hết bằng dấu chấm"
    if not 0 < row.get("weight", 0) <= 6:
        yield "weight từ trên 0 đến 6"


def _sign_words(row: Row) -> Iterator[str]:
    if row.get("role") not in ROLES:
        yield f"role phải là một trong {', '.join(ROLES)}"
    if not (row["why_vi"].endswith(".") and row["why_en"].endswith(".")):
        yield "why_vi và why_en là một câu, hết bằng dấu chấm"
    if not -6 <= row["weight"] <= 6 or (row["weight"] < 0) != (row.get("role") == "genuine"):
        yield "weight từ -6 đến 6, âm khi và chỉ khi role là genuine"


def _sign_ties(row: Row, types: set[Any], simple: set[Any]) -> Iterator[str]:
    ways = sum((bool(row.get("patterns")), bool(row.get("together")), bool(row.get("computed"))))
    if ways != 1:
        yield "cần đúng một trong patterns, together, computed"
    if unknown := set(row.get("types", [])) - types:
        yield f"không có hình thức {', '.join(sorted(unknown))} trong types.toml"
    named = {code for each in row.get("together", []) for code in each.split("|")}
    if unknown := named - simple:
        yield f"together gọi dấu hiệu không có, hoặc cũng là together: {', '.join(sorted(unknown))}"


def _sign_patterns(row: Row, lists: Mapping[str, Sequence[str]]) -> Iterator[str]:
    for pattern in (*row.get("patterns", []), *row.get("excluded_by", [])):
        try:
            read(pattern, lists)
        except BadPattern as bad:
            yield str(bad)
    written: list[str] = row.get("patterns", [])
    yield from (f"mẫu “{one}” viết hai lần" for one, times in Counter(written).items() if times > 1)


def _unmatched(files: Files, _folder: Path) -> Iterator[Problem]:
    warned = _readable(files.warned, files.lists)
    ideas = [way for ways in files.ideas.values() for way in ways]
    groups: list[tuple[str, int, list[Pattern], list[Pattern]]] = [
        ("signs.toml", 0, warned, []),
        ("schemes.toml", 0, _readable(ideas, files.lists), []),
    ]
    for line, row in files.rows["signs.toml"]:
        bars = _readable(row.get("excluded_by", []), files.lists)
        barred_too = warned if row.get("role") not in OF_WARNINGS_TOO else []
        groups.append(("signs.toml", line, _readable(row.get("patterns", []), files.lists), [*bars, *barred_too]))
        groups.append(("signs.toml", line, bars, []))
    places = (place for *_, patterns, _bars in groups for pattern in patterns for place in pattern)
    runs = (words for place in places if isinstance(place, OneOf) for words in place.words)
    known = frozenset(word for words in runs for word in map(fold, words) if len(word) >= SHORTEST_KNOWN)
    lexicon = Lexicon(known)
    for file, line, patterns, bars in groups:
        for pattern in patterns:
            yield from (Problem(file, line, what) for what in unread(pattern, lexicon))
            if always_barred(pattern, bars):
                yield Problem(file, line, "một mẫu luôn bị chính excluded_by hoặc warned loại, nên không bao giờ khớp")


def _readable(written: Sequence[str], lists: Mapping[str, Sequence[str]]) -> list[Pattern]:
    """The patterns that can be read; `_signs` tells of the others."""
    found = []
    for one in written:
        with suppress(BadPattern):
            found.append(read(one, lists))
    return found


def _official(files: Files, _folder: Path) -> Iterator[Problem]:
    bodies: dict[str, str] = {}
    for line, row in files.rows["official.csv"]:
        if row["kind"] not in KINDS:
            yield Problem("official.csv", line, f"kind phải là một trong {', '.join(KINDS)}")
        if not _is_domain(row["domain"]):
            yield Problem("official.csv", line, f"“{row['domain']}” không phải tên miền viết thường")
        elif wrong := _wrong_ending(row["domain"], row["kind"]):
            yield Problem("official.csv", line, f"“{row['domain']}” {wrong}")
        for sender in (one.strip().upper() for one in (row["senders"] or "").split(";") if one.strip()):
            if bodies.setdefault(sender, row["body"]) != row["body"]:
                yield Problem("official.csv", line, f"tên gửi {sender} đã ghi cho {bodies[sender]}")


def _wrong_ending(domain: str, kind: str) -> str:
    """What is wrong with the end of an official domain: trusting it would trust others too."""
    name = split(domain)
    if not name.label:
        return "là một đuôi, ai cũng đăng ký được tên dưới đó"
    if not is_ending(name.suffix):
        return f"có đuôi .{name.suffix} không có thật"
    if name.private:
        return f"nằm dưới {name.suffix}, nơi ai cũng lập được trang"
    if kind in STATE_ONLY and not is_state(domain):
        return f"là của bộ hoặc tỉnh mà không có đuôi .{STATE}"
    if kind in OF_STATE and name.suffix.rpartition(".")[2] != "vn":
        return "là của cơ quan nhà nước mà không có đuôi .vn"
    return ""


def _brands(files: Files, _folder: Path) -> Iterator[Problem]:
    domains = {row["domain"] for _, row in files.rows["official.csv"]}
    owners: dict[str, str] = {}
    for line, row in files.rows["brands.csv"]:
        if row["body_domain"] not in domains:
            yield Problem("brands.csv", line, f"{row['body_domain']} không có trong official.csv")
        if row["short"] not in ("0", "1"):
            yield Problem("brands.csv", line, "short là 0 hoặc 1")
        for spelling in {fold(one) for one in (row["brand"], *(row["spellings"] or "").split(";")) if one.strip()}:
            if owners.setdefault(spelling, row["brand"]) != row["brand"]:
                yield Problem("brands.csv", line, f"“{spelling}” đã ghi cho {owners[spelling]}")


def _hosts(files: Files, folder: Path) -> Iterator[Problem]:
    official = {row["domain"] for _, row in files.rows["official.csv"]}
    for file in ("shorteners.csv", "free_hosts.csv", "endings.csv", "well_known.csv"):
        for line, row in files.rows[file]:
            if not _HOST.fullmatch(row["host"]) or row["host"] in official:
                yield Problem(file, line, f"“{row['host']}” sai dạng, hoặc là tên miền chính thức")
            elif not is_ending(row["host"].rpartition(".")[2]):
                yield Problem(file, line, f"“{row['host']}” có đuôi không có thật")
    for line, row in files.rows["reported.csv"]:
        listed = folder / "reported" / row["file"]
        hosts = listed.read_text(encoding="utf-8").split() if listed.exists() else []
        if not hosts or not _is_day(row["day"]):
            yield Problem("reported.csv", line, "danh sách không có, rỗng, hoặc day sai")
        if wrong := official.intersection(hosts):
            yield Problem("reported.csv", line, f"có tên miền chính thức: {', '.join(sorted(wrong))}")


def _numbers(files: Files, _folder: Path) -> Iterator[Problem]:
    for line, row in files.rows["hotlines.csv"]:
        if not _NUMBER.fullmatch(row["number"]):
            yield Problem("hotlines.csv", line, f"“{row['number']}” phải là 3 đến 11 chữ số")
    for line, row in files.rows["official.csv"]:
        for number in filter(None, (row["hotlines"] or "").split(";")):
            if not _NUMBER.fullmatch(number):
                yield Problem("official.csv", line, f"hotlines: “{number}” phải là 3 đến 11 chữ số")
    for line, row in files.rows["banks.csv"]:
        if not re.fullmatch(r"[0-9]{6}", row["bin"]):
            yield Problem("banks.csv", line, "bin có 6 chữ số")


def _is_domain(name: str) -> bool:
    return "." in name and bool(_HOST.fullmatch(name))


CHECKS: tuple[Callable[[Files, Path], Iterator[Problem]], ...] = (
    _cells,
    _seen,
    _keys,
    _types,
    _signs,
    _schemes,
    _unmatched,
    _official,
    _brands,
    _hosts,
    _numbers,
)
