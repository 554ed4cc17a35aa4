"""The knowledge files as they are written, line by line, for the checks: reading here never fails."""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

COLUMNS = {
    "official.csv": ("domain", "body", "kind", "senders", "hotlines"),
    "brands.csv": ("brand", "body_domain", "spellings", "short"),
    "shorteners.csv": ("host", "what"),
    "free_hosts.csv": ("host", "what"),
    "endings.csv": ("host", "what"),
    "well_known.csv": ("host", "what"),
    "hotlines.csv": ("number", "body", "what_for", "syntax"),
    "banks.csv": ("bin", "code", "short_name", "name"),
    "reported.csv": ("code", "what", "by", "day", "licence", "file"),
}

_TEXT, _DAY, _NUMBER, _TEXTS, _LIST = "chữ", "ngày, không có dấu nháy", "số", "danh sách chữ", "danh sách"
_NAMED = {"code": _TEXT, "source": _TEXT, "verified_on": _DAY}
_WHY = {"why_vi": _TEXT, "why_en": _TEXT, "weight": _NUMBER}
MUST = {
    "types.toml": {**_NAMED, "name_vi": _TEXT, "name_en": _TEXT, "handbook": _LIST, "hooks": _TEXTS, "advice": _LIST},
    "signs.toml": {**_NAMED, **_WHY, "name_vi": _TEXT, "name_en": _TEXT, "role": _TEXT, "types": _TEXTS},
    "schemes.toml": {**_NAMED, **_WHY, "type": _TEXT, "meets": _TEXTS},
}
"""What every entry of a file has, and of what kind it is."""
MAY = {"signs.toml": {"patterns": _TEXTS, "excluded_by": _TEXTS, "together": _TEXTS, "computed": "true hoặc false"}}
_CODE = re.compile("[a-z][a-z0-9_]*")

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """What is wrong with one entry. `line` 0: the file as a whole."""

    file: str
    line: int
    what: str


@dataclass(frozen=True, slots=True)
class Files:
    """The files of a folder as they are written: rows of CSV, tables of TOML, each with its line."""

    rows: Mapping[str, Sequence[tuple[int, Row]]]
    lists: Mapping[str, Sequence[str]]
    ideas: Mapping[str, Sequence[str]]
    steps: Mapping[str, Any]
    warned: Sequence[str]
    unread: Sequence[Problem]


def load(folder: Path) -> Files:
    """All that can be read of `folder`; what cannot is a problem, not an exception."""
    unread: list[Problem] = []
    found: dict[str, list[tuple[int, Row]]] = {}
    shared: dict[str, Any] = {}
    for file, table in (("types.toml", "type"), ("signs.toml", "sign"), ("schemes.toml", "scheme")):
        text = (folder / file).read_text(encoding="utf-8")
        try:
            data = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            unread.append(Problem(file, 0, f"không đọc được: {error}"))
            data = {}
        starts = [at for at, line in enumerate(text.splitlines(), 1) if line.strip() == f"[[{table}]]"]
        found[file] = []
        for line, row in zip(starts, data.get(table, []), strict=False):
            wrong = [Problem(file, line, f"{row.get('code', '')}: {what}") for what in _misshapen(row, file)]
            unread += wrong
            found[file] += [] if wrong else [(line, row)]
        shared.setdefault("lists", {}).update(data.get("lists", {}))
        shared |= {key: data[key] for key in ("ideas", "steps", "warned") if key in data}
    for file, columns in COLUMNS.items():
        with (folder / file).open(encoding="utf-8", newline="") as opened:
            reader = csv.DictReader(opened)
            found[file] = [(reader.line_num, row) for row in reader]
            if tuple(reader.fieldnames or ()) != (*columns, "source", "verified_on"):
                unread.append(Problem(file, 1, "sai tên hoặc thứ tự cột"))
    return Files(
        found,
        shared["lists"],
        shared.get("ideas", {}),
        shared.get("steps", {}),
        shared.get("warned", ()),
        unread,
    )


def _misshapen(row: Row, file: str) -> Iterator[str]:
    """What an entry lacks, has of another kind than it must be, or has beyond what is read."""
    must, may = MUST[file], MAY.get(file, {})
    yield from (f"thiếu {key}" for key in must if row.get(key) in (None, "", []) and key not in ("handbook", "types"))
    yield from (f"thiếu {key}" for key in ("handbook", "types") if key in must and key not in row)
    kinds = must | may
    yield from (f"{key} phải là {kinds[key]}" for key in row if key in kinds and not _is(row[key], kinds[key]))
    yield from (f"không có ô tên {key}" for key in row if key not in kinds)
    if not _CODE.fullmatch(str(row.get("code", ""))):
        yield "code viết bằng chữ thường không dấu, số và _"


def _is(value: object, kind: str) -> bool:
    if kind == _TEXTS:
        return isinstance(value, list) and all(isinstance(one, str) for one in value)
    kinds: dict[str, type | tuple[type, ...]] = {_TEXT: str, _DAY: date, _NUMBER: (int, float), _LIST: list}
    return isinstance(value, kinds.get(kind, bool))
