"""A report form as plain data: headings, questions, tables with fixed rows, and the checks between answers.

Each item has a `code` that stays as long as it does, through moves, new wordings and new versions; checks name questions by it.
A cell of a table is a question like any other, with the code "table.row.column".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from decimal import Decimal
from typing import Any

from lachan.engine.answers import Column, Kind
from lachan.engine.checks import Check, Severity
from lachan.engine.rollup import Rule

_GATHERED = {str(Kind.TEXT): str(Rule.TEXTS), str(Kind.ROWS): str(Rule.ROWS)}


@dataclass(frozen=True, slots=True)
class SectionDraft:
    """A heading; what follows up to the next one stands under it."""

    title: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class QuestionDraft:
    """A number to give, words to write, or (kind "rows") a list to fill in, whose `columns` say what stands in each row."""

    text: str
    kind: str = Kind.WHOLE
    measure: str = "sum"
    counted_in: str = ""
    required: bool = True
    applies_to: str = ""
    group_codes: frozenset[str] = frozenset()
    help_text: str = ""
    minimum: Decimal | None = None  # of the number; of a list: how many rows
    maximum: Decimal | None = None
    beyond: str = Severity.STOP  # what happens past them
    columns: tuple[Column, ...] = ()
    filled_from: Mapping[str, Any] = field(default_factory=dict)  # how activities fill it in advance
    code: str = ""

    def __post_init__(self) -> None:
        """Words and lists merge in the one way they can."""
        if self.kind in _GATHERED:
            object.__setattr__(self, "measure", _GATHERED[self.kind])


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column of a table with fixed rows: what is asked in every cell of it.

    `group` is the heading it stands under, with those before it that have the same: a merged cell in the head of the annex.
    """

    key: str
    label: str
    kind: str = Kind.WHOLE
    measure: str = "sum"
    counted_in: str = ""
    choices: tuple[str, ...] = ()  # words to choose one of
    group: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "choices", tuple(self.choices))  # a list where they come from JSON

    @property
    def name(self) -> str:
        """Its words with those of its heading."""
        return f"{self.group} · {self.label}" if self.group else self.label


@dataclass(frozen=True, slots=True)
class RowDraft:
    """A row of such a table; `group` is the heading it stands under, with those before it that have the same."""

    key: str
    label: str
    group: str = ""


@dataclass(frozen=True, slots=True)
class TableDraft:
    """A table with fixed rows. With `sum_row` (`sum_column`) the sums are worked out and shown; nobody types them."""

    title: str
    columns: tuple[TableColumn, ...]
    rows: tuple[RowDraft, ...]
    sum_row: bool = False
    sum_column: bool = False
    required: bool = True
    applies_to: str = ""
    group_codes: frozenset[str] = frozenset()
    help_text: str = ""
    code: str = ""

    def cells(self) -> Iterator[tuple[RowDraft, TableColumn, QuestionDraft]]:
        """Every cell as the question it is, row by row: "row · column", "row · heading · column"."""
        for row in self.rows:
            for column in self.columns:
                yield (
                    row,
                    column,
                    QuestionDraft(
                        text=f"{row.label} · {column.name}",
                        kind=column.kind,
                        measure=column.measure,
                        counted_in=column.counted_in,
                        required=self.required and column.kind != Kind.TEXT,
                        applies_to=self.applies_to,
                        group_codes=self.group_codes,
                        code=f"{self.code}.{row.key}.{column.key}",
                    ),
                )


Item = SectionDraft | QuestionDraft | TableDraft
_TYPES: dict[str, type[Item]] = {"section": SectionDraft, "question": QuestionDraft, "table": TableDraft}


@dataclass(frozen=True, slots=True)
class FormDraft:
    """A whole form."""

    title: str
    items: tuple[Item, ...] = ()
    checks: tuple[Check, ...] = ()

    def coded(self) -> FormDraft:
        """With a code for every item that has none yet."""
        taken = [int(item.code) for item in self.items if item.code.isdecimal()]
        following = max(taken, default=0)
        items: list[Item] = []
        for item in self.items:
            following += not item.code
            items.append(item if item.code else replace(item, code=str(following)))
        return replace(self, items=tuple(items))

    def questions(self) -> Iterator[QuestionDraft]:
        """Every question, cells of tables among them, in order."""
        for item in self.items:
            if isinstance(item, QuestionDraft):
                yield item
            elif isinstance(item, TableDraft):
                yield from (question for _row, _column, question in item.cells())

    def to_json(self) -> dict[str, Any]:
        """As plain values."""
        return {
            "title": self.title,
            "items": [kept(item) for item in self.items],
            "checks": [check.to_json() for check in self.checks],
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> FormDraft:
        """What `to_json` gave."""
        items = tuple(_made(item) for item in kept["items"])
        return cls(kept["title"], items, tuple(Check.from_json(check) for check in kept["checks"]))


def kept(item: Item) -> dict[str, Any]:
    """An item as plain values."""
    name = next(name for name, made in _TYPES.items() if isinstance(item, made))
    values = {key: _plain(value) for key, value in asdict(item).items()}
    return {"type": name, **values}


def _plain(value: Any) -> Any:
    if isinstance(value, frozenset):
        return sorted(value)
    return str(value) if isinstance(value, Decimal) else value


def _made(kept: Mapping[str, Any]) -> Item:
    values = {key: value for key, value in kept.items() if key != "type"}
    if "group_codes" in values:
        values["group_codes"] = frozenset(values["group_codes"])
    if kept["type"] == "table":
        values |= {"columns": _each(TableColumn, values["columns"]), "rows": _each(RowDraft, values["rows"])}
    elif kept["type"] == "question":
        limits = {
            name: Decimal(values[name]) if values.get(name) is not None else None for name in ("minimum", "maximum")
        }
        values |= {**limits, "columns": _each(Column, values.get("columns", ()))}
    return _TYPES[kept["type"]](**values)


def _each(made: type[Any], kept: Sequence[Mapping[str, Any]]) -> tuple[Any, ...]:
    return tuple(made(**one) for one in kept)
