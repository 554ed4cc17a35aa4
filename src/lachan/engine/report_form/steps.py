"""What an editor does to a form, one step at a time: each takes a form and gives the changed one."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import replace

from lachan.engine.checks import Check
from lachan.engine.report_form.draft import FormDraft, Item, kept


def item_of(form: FormDraft, code: str) -> Item | None:
    """The item with this code; None when it is gone."""
    return next((item for item in form.items if item.code == code), None)


def mark(item: Item | None) -> str:
    """Changes whenever the item does: by it an open page knows that somebody else has changed what it shows."""
    return hashlib.sha256(json.dumps(kept(item) if item else None, sort_keys=True).encode()).hexdigest()[:16]


def put(form: FormDraft, item: Item, *, after: str = "") -> FormDraft:
    """With `item` in the place of the one that has its code; a new one comes after the item `after`, else at the end."""
    if item.code and item_of(form, item.code):
        return replace(form, items=tuple(item if one.code == item.code else one for one in form.items))
    return insert(form, [item], after=after)


def insert(form: FormDraft, items: Sequence[Item], *, after: str = "") -> FormDraft:
    """With new items after the item `after`, else at the end."""
    place = next((at for at, one in enumerate(form.items, start=1) if one.code == after), len(form.items))
    new = [replace(item, code="") for item in items]
    return replace(form, items=(*form.items[:place], *new, *form.items[place:])).coded()


def up(form: FormDraft, code: str) -> FormDraft:
    """One place earlier; the first stays where it is."""
    return _moved(form, code, -1)


def down(form: FormDraft, code: str) -> FormDraft:
    """One place later; the last stays where it is."""
    return _moved(form, code, 1)


def _moved(form: FormDraft, code: str, by: int) -> FormDraft:
    items = list(form.items)
    place = next((at for at, one in enumerate(items) if one.code == code), None)
    if place is None or not 0 <= place + by < len(items):
        return form
    items[place], items[place + by] = items[place + by], items[place]
    return replace(form, items=tuple(items))


def duplicate(form: FormDraft, code: str) -> FormDraft:
    """With a copy of the item right after it."""
    item = item_of(form, code)
    return insert(form, [item], after=code) if item else form


def remove(form: FormDraft, code: str) -> FormDraft:
    """Without the item, and without the checks that name it or a cell of it."""
    items = tuple(one for one in form.items if one.code != code)
    return _fitting(replace(form, items=items))


def _fitting(form: FormDraft) -> FormDraft:
    asked = {question.code for question in form.questions()}
    return replace(form, checks=tuple(check for check in form.checks if set(check.keys) <= asked))


def with_check(form: FormDraft, check: Check) -> FormDraft:
    """With the check, in the place of the one by the same name."""
    return _fitting(replace(form, checks=(*(one for one in form.checks if one.name != check.name), check)))


def without_check(form: FormDraft, name: str) -> FormDraft:
    """Without the check of that name."""
    return replace(form, checks=tuple(check for check in form.checks if check.name != name))


STEPS: dict[str, Callable[[FormDraft, str], FormDraft]] = {
    "up": up,
    "down": down,
    "duplicate": duplicate,
    "remove": remove,
    "remove-check": without_check,
}
