"""Questions, columns and rows from lines as people type or paste them: what is counted, and in what, by the words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from lachan.engine.answers import Column, Kind
from lachan.engine.report_form.draft import QuestionDraft, RowDraft, TableColumn

_UNITS = (
    "lượt người|lượt|người|buổi|bài viết|bài|tin|cuộc|lớp|hội nghị|tờ rơi|tờ|video|vụ|tổ|trường hợp|cơ quan, đơn vị|đơn vị|"
    "học sinh|triệu đồng|đồng|điểm|lần|%"
)
_COUNTED = re.compile(rf"^(?:tổng )?số(?: lượng)? (?P<unit>{_UNITS})(?=\W|$)", re.IGNORECASE)
_IN_BRACKETS = re.compile(rf"\s*\((?:đơn vị(?: tính)?:?\s*|ĐVT:?\s*)?(?P<unit>{_UNITS})\)\s*$", re.IGNORECASE)
_SHARE = re.compile(r"^(?:tỷ lệ|tỉ lệ|phần trăm|mức độ hoàn thành)\b", re.IGNORECASE)
_NUMBER = re.compile(r"^(?:tổng )?(?:số|kinh phí)\b|^tổng (?:số|cộng)\b", re.IGNORECASE)
_AT_FRONT = re.compile(r"^\s*(?:[-–+*•]|\d{1,2}(?:\.\d{1,2})*[.)]|[a-zđ]\)|[IVX]{1,4}\.)\s+")
_DOTS = re.compile(r"[\s:]*(?:…|\.{3,}|_{3,})[\s.…_]*$")
_KIND_SAID = re.compile(r"\s*\[(?P<kind>số nguyên|số lẻ|chữ)\]\s*$", re.IGNORECASE)
_CHOICES = re.compile(r"\s*\[chọn:(?P<choices>[^\]]+)\]\s*$", re.IGNORECASE)
_KINDS = {"số nguyên": Kind.WHOLE, "số lẻ": Kind.DECIMAL, "chữ": Kind.TEXT}


def guess(text: str) -> tuple[str, Kind, str]:
    """A line as its words, the kind of answer and what it is counted in.

    "Số …" counts, in the word after it or the one in brackets at the end; "Tỷ lệ …" is a share in %; the rest is to be written.
    "[số nguyên]", "[số lẻ]" or "[chữ]" at the end says the kind outright.
    """
    said = _KIND_SAID.search(text)
    words = " ".join((text[: said.start()] if said else text).split())
    unit = _IN_BRACKETS.search(words)
    label = words[: unit.start()] if unit else words
    counted = _COUNTED.match(label)
    name = (unit or counted or {"unit": ""})["unit"].lower()
    if _SHARE.match(label) or name == "%":
        kind, name = Kind.DECIMAL, name or "%"
    else:
        kind = Kind.WHOLE if name or _NUMBER.match(label) else Kind.TEXT
    kind = _KINDS[said["kind"].lower()] if said else kind
    return label, kind, "" if kind is Kind.TEXT else name


def _columns_in(text: str) -> list[tuple[str, Kind, str, tuple[str, ...]]]:
    """Each line as `guess` gives it, with the words to choose one of: "[chọn: Trực tiếp; Trực tuyến]" at its end."""
    found = []
    for line in filter(str.strip, text.splitlines()):
        listed = _CHOICES.search(line)
        label, kind, unit = guess(line[: listed.start()] if listed else line)
        words = (" ".join(one.replace("|", " ").split()) for one in (listed["choices"] if listed else "").split(";"))
        choices = tuple(dict.fromkeys(one for one in words if one))
        found.append((label, Kind.TEXT, "", choices) if choices else (label, kind, unit, ()))
    return found


def questions_in(text: str) -> Iterator[QuestionDraft]:
    """A question for each line, without what numbers it and the dots to write on; blank lines are passed over."""
    for line in text.splitlines():
        words = _DOTS.sub("", _AT_FRONT.sub("", line)).strip(" \t;:")
        if words:
            label, kind, unit = guess(words)
            yield QuestionDraft(
                label, kind=kind, counted_in=unit, measure=measure_of(kind, unit), required=kind is not Kind.TEXT
            )


def measure_of(kind: Kind, unit: str) -> str:
    """How units' answers merge unless somebody says otherwise: words are gathered, shares averaged, numbers added up."""
    if kind is Kind.TEXT:
        return "texts"
    return "mean" if kind is Kind.DECIMAL and unit == "%" else "sum"


def table_columns(text: str, before: Sequence[TableColumn] = ()) -> tuple[TableColumn, ...]:
    """The columns of a table with fixed rows, one on each line; a line that ends in ":" is the heading of those below it.

    One that keeps its words (or its place) keeps its key.
    """
    groups, columns = _grouped(text)
    lines = _columns_in("\n".join(columns))
    names = [f"{group}\t{label}" for group, (label, *_rest) in zip(groups, lines, strict=True)]
    keys = _keys(names, [(one.key, f"{one.group}\t{one.label}") for one in before])
    measures = {one.key: one.measure for one in before if one.kind != Kind.TEXT}
    found = []
    for key, group, (label, kind, unit, choices) in zip(keys, groups, lines, strict=True):
        usual = measure_of(kind, unit)
        measure = usual if kind is Kind.TEXT else measures.get(key, usual)
        found.append(TableColumn(key, label, kind, measure, unit, choices, group))
    return tuple(found)


def list_columns(text: str, before: Sequence[Column] = ()) -> tuple[Column, ...]:
    """The columns of a list to fill in, one on each line; the first must be filled in each row."""
    lines = _columns_in(text)
    keys = _keys([label for label, *_rest in lines], [(one.key, one.label) for one in before])
    return tuple(
        Column(key, label, kind, unit, required=at == 0, choices=choices)
        for at, (key, (label, kind, unit, choices)) in enumerate(zip(keys, lines, strict=True))
    )


def table_rows(text: str, before: Sequence[RowDraft] = ()) -> tuple[RowDraft, ...]:
    """The rows of a table with fixed rows, one on each line; a line that ends in ":" is the heading of those below it."""
    groups, rows = _grouped(text)
    keys = _keys(rows, [(one.key, one.label) for one in before])
    return tuple(RowDraft(key, label, group) for key, label, group in zip(keys, rows, groups, strict=True))


def _grouped(text: str) -> tuple[list[str], list[str]]:
    """The headings that lines stand under, and the lines."""
    groups, lines = list[str](), list[str]()
    group = ""
    for line in text.splitlines():
        words = " ".join(line.split())
        if words.endswith(":"):
            group = words.rstrip(": ")
        elif words:
            groups.append(group)
            lines.append(words)
    return groups, lines


def columns_as_text(columns: Iterable[Column | TableColumn]) -> str:
    """Columns as lines that read back."""
    return _under_headings((one.group if isinstance(one, TableColumn) else "", _line(one)) for one in columns)


def rows_as_lines(rows: Iterable[RowDraft]) -> str:
    """Rows as lines that read back."""
    return _under_headings((row.group, row.label) for row in rows)


def _under_headings(grouped: Iterable[tuple[str, str]]) -> str:
    """Each line under its heading."""
    lines: list[str] = []
    before = ""
    for group, line in grouped:
        lines += [f"{group}:", line] if group != before and group else [line]
        before = group
    return "\n".join(lines)


def column_head(column: Column | TableColumn) -> str:
    """A column's words over a table, with the unit unless they say it: "Số buổi", "Số lượng (buổi)"."""
    says_it = f" {column.counted_in.lower()} " in f" {column.label.lower()} "
    return f"{column.label} ({column.counted_in})" if column.counted_in and not says_it else column.label


def _line(column: Column | TableColumn) -> str:
    if column.choices:
        return f"{column.label} [chọn: {'; '.join(column.choices)}]"
    line = f"{column.label} ({column.counted_in})" if column.counted_in else column.label
    if guess(line) == (column.label, column.kind, column.counted_in):
        return line
    return f"{line} [{next(said for said, kind in _KINDS.items() if kind == column.kind)}]"


def _keys(labels: Sequence[str], before: Sequence[tuple[str, str]]) -> list[str]:
    """A key for each label: the one it had; where as many are left as before, by place; else a new one."""
    had = {label: key for key, label in before}
    keys = [had.get(label, "") for label in labels]
    if len(labels) == len(before):
        keys = [key or (old if old not in keys else "") for key, (old, _label) in zip(keys, before, strict=True)]
    taken = [int(key) for key in [*keys, *had.values()] if key.isdecimal()]
    following = max(taken, default=0)
    for at, key in enumerate(keys):
        if not key or key in keys[:at]:
            following += 1
            keys[at] = str(following)
    return keys
