"""What changed between two versions of a form, so that it can be said openly."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from enum import StrEnum

from lachan.engine.report_form.draft import FormDraft, Item, QuestionDraft, TableDraft


class What(StrEnum):
    ADDED = "added"
    WITHDRAWN = "withdrawn"
    REWORDED = "reworded"
    SETTINGS = "settings"  # who answers, required, unit, measure, limits, help
    CHECK_ADDED = "check_added"
    CHECK_CHANGED = "check_changed"
    CHECK_REMOVED = "check_removed"


@dataclass(frozen=True, slots=True)
class Change:
    """One change. `text` is the question's wording now, or its last one; `was` the wording before it was changed."""

    what: What
    code: str
    text: str
    was: str = ""

    def to_json(self) -> dict[str, str]:
        """As plain values."""
        return {key: str(value) for key, value in asdict(self).items()}


def settled(new: FormDraft, old: FormDraft) -> FormDraft:
    """`new` with another code wherever what is answered is of another kind than in `old`: that is another question.

    A list is another one when a column went or changed its kind; a table's column when its kind did.
    """
    before = {item.code: item for item in old.items if item.code}
    items = tuple(_settled(item, before.get(item.code)) for item in new.items)
    return replace(new, items=items).coded()


def _settled(item: Item, was: Item | None) -> Item:
    if isinstance(item, TableDraft) and isinstance(was, TableDraft):
        kinds = {column.key: column.kind for column in was.columns}
        columns = [
            column if kinds.get(column.key, column.kind) == column.kind else replace(column, key=f"{column.key}x")
            for column in item.columns
        ]
        return replace(item, columns=tuple(columns))
    if was is not None and (type(item) is not type(was) or not _same_answer(item, was)):
        return replace(item, code="")
    return item


def _same_answer(item: Item, was: Item) -> bool:
    if not isinstance(item, QuestionDraft) or not isinstance(was, QuestionDraft):
        return True
    kinds = {column.key: column.kind for column in item.columns}
    return item.kind == was.kind and all(kinds.get(column.key) == column.kind for column in was.columns)


def changes(old: FormDraft, new: FormDraft) -> tuple[Change, ...]:
    """Questions first, in the order of the new form; then those withdrawn, then checks. Headings and order are no change."""
    return (*_of_questions(old, new), *_of_checks(old, new))


def _of_questions(old: FormDraft, new: FormDraft) -> Iterator[Change]:
    before = {question.code: question for question in old.questions()}
    after = {question.code: question for question in new.questions()}
    for code, question in after.items():
        was = before.get(code)
        if was is None:
            yield Change(What.ADDED, code, question.text)
        elif was.text != question.text:
            yield Change(What.REWORDED, code, question.text, was.text)
        elif was != question:
            yield Change(What.SETTINGS, code, question.text)
    yield from (Change(What.WITHDRAWN, code, was.text) for code, was in before.items() if code not in after)


def _of_checks(old: FormDraft, new: FormDraft) -> Iterator[Change]:
    texts = {question.code: question.text for form in (old, new) for question in form.questions()}
    before, after = ({check.name: check for check in form.checks} for form in (old, new))
    for name in dict.fromkeys([*before, *after]):
        was, now = before.get(name), after.get(name)
        if was == now:
            continue
        what = What.CHECK_ADDED if was is None else What.CHECK_CHANGED if now else What.CHECK_REMOVED
        one = now or was
        if one is not None:
            yield Change(what, name, one.sentence or texts.get(one.keys[0], ""))
