"""The knowledge files as they are written, line by line, for the checks: reading here never fails."""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from lachan.engine.scams.lint.slips import in_toml

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
PARTS = {
    "types.toml": ("steps", "type"),
    "signs.toml": ("warned", "borrowed", "lists", "sign"),
    "schemes.toml": ("lists", "ideas", "scheme"),
}
"""The parts of a file; the last holds its entries."""
_CODE = re.compile("[a-z][a-z0-9_]*")

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """What is wrong with one entry. `line` 0: the file as a whole."""

    file: str
    line: int
    what: str


@dataclass(slots=True)
class Files:
    """The files of a folder as they are written: rows of CSV, tables of TOML, each with its line."""

    rows: dict[str, list[tuple[int, Row]]] = field(default_factory=dict)
    parts: dict[tuple[str, str], Any] = field(default_factory=dict)  # by file and name
    broken: list[Problem] = field(
        default_factory=list
    )  # what keeps a file from being read; the rest would only mislead
    unread: list[Problem] = field(default_factory=list)  # of single entries
    entries: dict[tuple[str, int], str] = field(default_factory=dict)  # the name of what begins on a line

    def part(self, file: str, name: str) -> dict[str, Any]:
        """What the entries of a file share, by name."""
        found: dict[str, Any] = self.parts.get((file, name), {})
        return found

    @property
    def lists(self) -> Mapping[str, Sequence[str]]:
        """The lists of words that patterns of signs name."""
        return self.part("signs.toml", "lists")

    @property
    def idea_lists(self) -> Mapping[str, Sequence[str]]:
        """The lists of words that the ways to say an idea name."""
        return self.part("signs.toml", "lists") | self.part("schemes.toml", "lists")

    @property
    def warned(self) -> Sequence[str]:
        """The patterns of sentences that warn."""
        found: Sequence[str] = self.parts.get(("signs.toml", "warned"), ())
        return found


def load(folder: Path) -> Files:
    """All that can be read of `folder`; what cannot is a problem, not an exception."""
    files = Files()
    for file in (*PARTS, *COLUMNS):
        files.rows[file] = []
        text = _text(folder, file, files)
        if text is not None:
            (_tables if file in PARTS else _lines)(file, text, files)
    if both := sorted(files.lists.keys() & files.part("schemes.toml", "lists").keys()):
        files.broken.append(Problem("schemes.toml", 0, f"danh sách {', '.join(both)} đã có trong signs.toml: đổi tên"))
    return files


def _text(folder: Path, file: str, files: Files) -> str | None:
    try:
        data = (folder / file).read_bytes()
    except OSError:
        files.broken.append(Problem(file, 0, "không có tệp này trong thư mục tri thức. Lấy lại tệp từ bản trước."))
        return None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = data[: fault.start].count(b"\n") + 1
        how = "Lưu lại tệp thành UTF-8; trong Excel chọn kiểu “CSV UTF-8”."
        files.broken.append(Problem(file, line, f"dòng này không phải UTF-8. {how}"))
        return None


def _tables(file: str, text: str, files: Files) -> None:
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        files.broken.append(Problem(file, *in_toml(text, fault)))
        return
    files.broken += [Problem(file, _line(name, text), what) for name, what in _misplaced(data, file)]
    files.parts |= {(file, name): data[name] for name in PARTS[file] if name in data}
    table = PARTS[file][-1]
    starts = [at for at, line in enumerate(text.splitlines(), 1) if re.match(rf"\s*\[\[\s*{table}\s*\]\]", line)]
    rows = data.get(table, [])
    for line, row in zip(starts, rows if isinstance(rows, list) else [], strict=False):
        files.entries[file, line] = str(row.get("code", ""))
        wrong = [Problem(file, line, what) for what in _misshapen(row, file)]
        files.unread += wrong
        files.rows[file] += [] if wrong else [(line, row)]


def _line(name: str, text: str) -> int:
    """Where `name` is written, 0 where that is not seen."""
    lines = enumerate(text.splitlines(), 1)
    return next((at for at, line in lines if re.match(rf"\s*\[*\s*{re.escape(name)}\s*[\]=]", line)), 0)


def _misplaced(data: Mapping[str, Any], file: str) -> Iterator[tuple[str, str]]:
    """What is wrong with the parts of a file that its entries share, each with the name it is written under."""
    known = PARTS[file]
    yield from ((name, f"thiếu phần {name}") for name in known if name not in data)
    yield from (
        (name, f"không có phần tên {name}; tệp này có {', '.join(known)}") for name in data if name not in known
    )
    if not _is(data.get("warned", []), _TEXTS):
        yield "warned", "warned phải là danh sách chữ"
    if not isinstance(data.get("borrowed", ""), str):
        yield "borrowed", "borrowed phải là chữ"
    for part in ("lists", "ideas"):
        for name, words in data.get(part, {}).items():
            if not words or not _is(words, _TEXTS) or not all(word.strip() for word in words):
                yield name, f'{name}: viết một danh sách chữ, như {name} = ["nước", "điện"]'
    for name, step in data.get("steps", {}).items():
        if not is_step(step):
            yield name, f'{name}: mỗi bước có đủ vi và en, như {{ vi = "Tắt máy.", en = "Hang up." }}'


def is_step(step: object) -> bool:
    """Whether a piece of advice is written in both languages."""
    return isinstance(step, dict) and all(isinstance(step.get(key), str) and step[key].strip() for key in ("vi", "en"))


def _misshapen(row: Row, file: str) -> Iterator[str]:
    """What an entry lacks, has of another kind than it must be, or has beyond what is read."""
    must, may = MUST[file], MAY.get(file, {})
    yield from (f"thiếu {key}" for key in must if _is_empty(row.get(key)) and key not in ("handbook", "types"))
    yield from (f"thiếu {key}" for key in ("handbook", "types") if key in must and key not in row)
    kinds = must | may
    yield from (f"{key} phải là {kinds[key]}" for key in row if key in kinds and not _is(row[key], kinds[key]))
    yield from (f"không có ô tên {key}; mục này có {', '.join(kinds)}" for key in row if key not in kinds)
    if "code" in row and not _CODE.fullmatch(str(row["code"])):
        yield "code viết bằng chữ thường không dấu, số và _"


def _is_empty(value: object) -> bool:
    return value in (None, []) or (isinstance(value, str) and not value.strip())


def _is(value: object, kind: str) -> bool:
    if kind == _TEXTS:
        return isinstance(value, list) and all(isinstance(one, str) for one in value)
    kinds: dict[str, tuple[type, ...]] = {_TEXT: (str,), _DAY: (date,), _NUMBER: (int, float), _LIST: (list,)}
    return type(value) in kinds.get(kind, (bool,))


def _lines(file: str, text: str, files: Files) -> None:
    columns = (*COLUMNS[file], "source", "verified_on")
    reader = csv.reader(text.splitlines(keepends=True))
    begun = 1
    for cells in reader:
        line, begun = begun, reader.line_num + 1
        if line == 1 and tuple(cells) != columns:
            how = "Trong Excel lưu kiểu “CSV UTF-8”, các ô ngăn bằng dấu phẩy."
            files.broken.append(
                Problem(file, 1, f"hàng đầu phải là {','.join(columns)}: sai tên hoặc thứ tự cột. {how}")
            )
            return
        if line == 1 or not cells:
            continue
        files.entries[file, line] = cells[0].strip().partition("\n")[0]
        if len(cells) != len(columns):
            files.unread.append(Problem(file, line, _miscounted(cells, columns)))
        else:
            files.rows[file].append((line, dict(zip(columns, cells, strict=True))))
    if begun == 1:
        files.broken.append(Problem(file, 1, "tệp rỗng. Lấy lại tệp từ bản trước."))


def _miscounted(cells: Sequence[str], columns: Sequence[str]) -> str:
    if any("\n" in cell for cell in cells):
        return 'một dấu nháy " mở ra mà không đóng'
    order = f"{', '.join(columns)}. Ô có dấu phẩy đặt trong dấu nháy; ô trống vẫn giữ dấu phẩy."
    return f"thừa hoặc thiếu ô: có {len(cells)}, cần {len(columns)}: {order}"
