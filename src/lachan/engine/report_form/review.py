"""Looking a form over before it is given out: what it asks of whom, how long that takes, and what looks wrong."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from lachan.engine.answers import Kind
from lachan.engine.report_form.draft import FormDraft, QuestionDraft, TableDraft
from lachan.engine.vietnamese import fold

MINUTES_A_NUMBER = 0.75  # to look a number up and type it; an estimate, to tell a short form from a long one
MINUTES_WRITTEN = 4.0
MINUTES_A_LIST = 6.0


class Doubt(StrEnum):
    NOBODY = "nobody"  # no recipient is of the kinds that answer it
    TWICE = "twice"  # the same words as an earlier question
    MEAN_OF_COUNT = "mean_of_count"  # a count is added up or compared; the mean of counts tells nothing
    SUM_OF_SHARES = "sum_of_shares"  # percentages do not add up
    NO_UNIT = "no_unit"  # a number, counted in nothing
    EMPTY_TABLE = "empty_table"  # no rows or no columns
    NO_COLUMNS = "no_columns"  # a list without columns


@dataclass(frozen=True, slots=True)
class Doubtful:
    """One item that should be looked at again, and why. `other` is the code of the one it repeats."""

    code: str
    doubt: Doubt
    other: str = ""


def doubts(form: FormDraft, *, kinds_of: Mapping[str, Collection[str]], kinds: Collection[str]) -> list[Doubtful]:
    """In the order of the form. `kinds_of`: the kinds of units in each group; `kinds`: those among the recipients."""
    found: list[Doubtful] = []
    seen: dict[str, str] = {}
    for item in form.items:
        if isinstance(item, QuestionDraft | TableDraft):
            words = fold(item.text if isinstance(item, QuestionDraft) else item.title)
            if words in seen:
                found.append(Doubtful(item.code, Doubt.TWICE, seen[words]))
            seen.setdefault(words, item.code)
            asked = {kind for group in item.group_codes for kind in kinds_of.get(group, ())}
            if kinds and item.group_codes and not asked & set(kinds):
                found.append(Doubtful(item.code, Doubt.NOBODY))
        found += [Doubtful(item.code, doubt) for doubt in _of(item)]
    return found


def _of(item: object) -> Iterator[Doubt]:
    if isinstance(item, TableDraft):
        if not item.rows or not item.columns:
            yield Doubt.EMPTY_TABLE
        for column in item.columns:
            yield from _of_number(column.kind, column.measure, column.counted_in)
    elif isinstance(item, QuestionDraft):
        if item.kind == Kind.ROWS and not item.columns:
            yield Doubt.NO_COLUMNS
        yield from _of_number(item.kind, item.measure, item.counted_in)


def _of_number(kind: str, measure: str, counted_in: str) -> Iterator[Doubt]:
    if kind not in (Kind.WHOLE, Kind.DECIMAL):
        return
    if kind == Kind.WHOLE and measure == "mean":
        yield Doubt.MEAN_OF_COUNT
    if counted_in == "%" and measure == "sum":
        yield Doubt.SUM_OF_SHARES
    if not counted_in:
        yield Doubt.NO_UNIT


def asked_of(form: FormDraft, kind: str, kinds_of: Mapping[str, Collection[str]]) -> set[str]:
    """Codes of the questions that units of one kind answer: those for everybody, and those for a group they are in."""
    return {
        one.code
        for one in form.questions()
        if not one.group_codes or any(kind in kinds_of.get(group, ()) for group in one.group_codes)
    }


def minutes(form: FormDraft, questions: Collection[str]) -> int:
    """About how long it takes to answer these questions (by code): at least a minute."""
    each = {Kind.TEXT: MINUTES_WRITTEN, Kind.ROWS: MINUTES_A_LIST}
    whole = sum(each.get(Kind(one.kind), MINUTES_A_NUMBER) for one in form.questions() if one.code in questions)
    return max(1, round(whole))
