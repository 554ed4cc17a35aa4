"""Checks of the knowledge files, for editors: what is wrong, in which file, on which line."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from lachan.engine.scams.knowledge import HERE, OF_WARNINGS_TOO, ROLES, SHORTEST_KNOWN, meeting
from lachan.engine.scams.knowledge.patterns import BadPattern, OneOf, Pattern, read
from lachan.engine.scams.lexicon import Lexicon
from lachan.engine.scams.lint import hosts
from lachan.engine.scams.lint.files import COLUMNS, Files, Problem, Row, is_step, load
from lachan.engine.scams.lint.unmatched import always_barred, too_wide, unread
from lachan.engine.scams.signs import COMPUTED
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
HANDBOOK = range(1, 25)
LEAST_STEPS = 3

_NUMBER = re.compile(r"[0-9]{3,11}")
_HELD = re.compile(r"\{(number|content|domain)\}")
_FIRST_DAY = date(2020, 1, 1)
_WHAT_SOURCE = f"source là địa chỉ trang (https://…), văn bản có năm, hoặc “{UNKNOWN_SOURCE}”"
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
    if files.broken:
        return sorted(set(files.broken))
    later = _later(files, today) if today else ()
    found = {*files.unread, *later, *(problem for check in CHECKS for problem in check(files, folder))}
    return sorted(_of_entry(problem, files) for problem in found)


def _of_entry(problem: Problem, files: Files) -> Problem:
    """The problem with the name of its entry, which says more than a line to who has just changed the file."""
    name = files.entries.get((problem.file, problem.line))
    return replace(problem, what=f"{name}: {problem.what}") if name else problem


def counts(folder: Path = HERE) -> list[Count]:
    """The entries of each file."""
    return [
        Count(file, len(rows), sum(row.get("source") not in (None, "", UNKNOWN_SOURCE) for _, row in rows))
        for file, rows in load(folder).rows.items()
    ]


def _cells(files: Files, _folder: Path) -> Iterator[Problem]:
    for file, columns in COLUMNS.items():
        for line, row in files.rows[file]:
            yield from (
                Problem(file, line, f"ô {column} bỏ trống hoặc thừa dấu cách ở đầu, cuối")
                for column in columns
                if row[column] != row[column].strip() or (not row[column] and column not in MAY_BE_EMPTY)
            )


def _seen(files: Files, _folder: Path) -> Iterator[Problem]:
    for file, rows in files.rows.items():
        for line, row in rows:
            if not row.get("source"):
                yield Problem(file, line, "thiếu nguồn (source)")
            elif not _SOURCE.fullmatch(str(row["source"])):
                yield Problem(file, line, _WHAT_SOURCE)
            for key in ("verified_on", "day"):
                if key in row and not _is_day(row[key]):
                    yield Problem(file, line, f"{key} phải là ngày dạng 2026-11-26, từ năm 2020")


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
                yield Problem(file, line, f"ngày ghi ở sau hôm nay ({today.isoformat()}): ghi ngày đã đọc nguồn")


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
    steps = files.part("types.toml", "steps")
    for line, row in files.rows["types.toml"]:
        covered |= {number for number in row["handbook"] if isinstance(number, int)}
        if any(type(number) is not int or number not in HANDBOOK for number in row["handbook"]):
            yield Problem("types.toml", line, "handbook là các số từ 1 đến 24; hình thức mới thì để trống []")
        if len(row["advice"]) < LEAST_STEPS:
            yield Problem("types.toml", line, f"advice cần ít nhất {LEAST_STEPS} bước")
        for step in row["advice"]:
            if isinstance(step, str) and step not in steps:
                yield Problem("types.toml", line, f"advice gọi bước “{step}” không có trong [steps]")
            elif not isinstance(step, str) and not is_step(step):
                yield Problem("types.toml", line, "bước viết riêng cần có đủ vi và en")
    if missing := sorted(set(HANDBOOK) - covered):
        yield Problem("types.toml", 0, f"cẩm nang có 24 hình thức; thiếu: {', '.join(map(str, missing))}")


def _signs(files: Files, _folder: Path) -> Iterator[Problem]:
    types = {row.get("code") for _, row in files.rows["types.toml"]}
    simple = {row.get("code") for _, row in files.rows["signs.toml"] if "together" not in row}
    for what in _sign_patterns({"patterns": files.warned}, files.lists):
        yield Problem("signs.toml", 0, f"warned: {what}")
    for line, row in files.rows["signs.toml"]:
        for what in (*_sign_words(row), *_sign_ties(row, types, simple), *_sign_patterns(row, files.lists)):
            yield Problem("signs.toml", line, what)


def _schemes(files: Files, _folder: Path) -> Iterator[Problem]:
    types = {row["code"] for _, row in files.rows["types.toml"]}
    ideas = files.part("schemes.toml", "ideas")
    for idea, ways in ideas.items():
        for what in _sign_patterns({"patterns": ways}, files.idea_lists):
            yield Problem("schemes.toml", 0, f"ý {idea}: {what}")
    named: set[str] = set()
    for line, row in files.rows["schemes.toml"]:
        called = {idea for each in row["meets"] for idea in _ideas_of(each)}
        named |= called
        for what in _scheme(row, types, called - ideas.keys()):
            yield Problem("schemes.toml", line, what)
        if any(choice <= met.barred for met in map(meeting, row["meets"]) for choice in met.wanted):
            yield Problem("schemes.toml", line, "một dòng meets vừa cần vừa cấm cùng một ý")
    if unused := ideas.keys() - named:
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
    if not all(len(meeting(each).wanted) > 1 for each in row["meets"]):
        yield "mỗi dòng meets cần ít nhất hai ý phải có, nối bằng &: một ý thì tin thường cũng có"
    if not all(str(row.get(key, "")).endswith(".") for key in ("why_vi", "why_en")):
        yield "why_vi và why_en là một câu, hết bằng dấu chấm"
    if not 0 < row["weight"] <= 6:
        yield f"weight từ trên 0 đến 6, không phải {row['weight']}"


def _sign_words(row: Row) -> Iterator[str]:
    roles = {"together"} if "together" in row else {*ROLES} - {"together", "scheme"}
    if row["role"] not in roles:
        yield f"role phải là {' hoặc '.join(one for one in ROLES if one in roles)}, không phải {row['role']}"
    if row["code"].startswith("scheme_"):
        yield "code bắt đầu bằng scheme_ là của kịch bản, viết trong schemes.toml"
    if not (row["why_vi"].endswith(".") and row["why_en"].endswith(".")):
        yield "why_vi và why_en là một câu, hết bằng dấu chấm"
    if row["role"] == "genuine" and not -6 <= row["weight"] < 0:
        yield f"weight của dấu hiệu genuine từ -6 đến dưới 0, không phải {row['weight']}"
    if row["role"] != "genuine" and not 0 < row["weight"] <= 6:
        yield f"weight từ trên 0 đến 6, không phải {row['weight']}; số âm chỉ khi role là genuine"


def _sign_ties(row: Row, types: set[Any], simple: set[Any]) -> Iterator[str]:
    ways = sum((bool(row.get("patterns")), bool(row.get("together")), bool(row.get("computed"))))
    if ways != 1:
        yield "cần đúng một trong patterns, together, computed"
    if row.get("computed") and row["code"] not in COMPUTED:
        yield "computed chỉ dành cho dấu hiệu phần mềm tự tìm: viết patterns"
    if unknown := set(row.get("types", [])) - types:
        yield f"không có hình thức {', '.join(sorted(unknown))} trong types.toml"
    named = {code for each in row.get("together", []) for code in each.split("|")}
    if unknown := named - simple:
        yield f"together gọi dấu hiệu không có, hoặc cũng là together: {', '.join(sorted(unknown))}"


def _sign_patterns(row: Row, lists: Mapping[str, Sequence[str]]) -> Iterator[str]:
    for pattern in (*row.get("patterns", []), *row.get("excluded_by", [])):
        try:
            places = read(pattern, lists)
        except BadPattern as bad:
            yield str(bad)
            continue
        if row.get("role", "genuine") != "genuine" and pattern in row.get("patterns", []):
            yield from too_wide(places)
    written: list[str] = row.get("patterns", [])
    yield from (f"mẫu “{one}” viết hai lần" for one, times in Counter(written).items() if times > 1)


def _unmatched(files: Files, _folder: Path) -> Iterator[Problem]:
    warned = _readable(files.warned, files.lists)
    ideas = [way for ways in files.part("schemes.toml", "ideas").values() for way in ways]
    groups: list[tuple[str, int, list[Pattern], list[Pattern]]] = [
        ("signs.toml", 0, warned, []),
        ("schemes.toml", 0, _readable(ideas, files.idea_lists), []),
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


def _numbers(files: Files, _folder: Path) -> Iterator[Problem]:
    for line, row in files.rows["official.csv"]:
        for number in (one.strip() for one in row["hotlines"].split(";") if one.strip()):
            if not _NUMBER.fullmatch(number):
                yield Problem("official.csv", line, f"hotlines: “{number}” phải là 3 đến 11 chữ số viết liền")
    for line, row in files.rows["banks.csv"]:
        if not re.fullmatch(r"[0-9]{6}", row["bin"]):
            yield Problem("banks.csv", line, "bin có 6 chữ số")


def _hotlines(files: Files, _folder: Path) -> Iterator[Problem]:
    for line, row in files.rows["hotlines.csv"]:
        if not _NUMBER.fullmatch(row["number"]):
            yield Problem("hotlines.csv", line, f"“{row['number']}” phải là 3 đến 11 chữ số viết liền")
        if re.search(r"[{}]", _HELD.sub("", row["syntax"])):
            yield Problem("hotlines.csv", line, "syntax chỉ có {number}, {content}, {domain} trong ngoặc nhọn")


CHECKS: tuple[Callable[[Files, Path], Iterator[Problem]], ...] = (
    _cells,
    _seen,
    _keys,
    _types,
    _signs,
    _schemes,
    _unmatched,
    hosts.official,
    hosts.brands,
    hosts.listed,
    hosts.reported,
    _numbers,
    _hotlines,
)
