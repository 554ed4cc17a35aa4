"""What the buttons of the set-up screen do to what was typed, before it is looked at: rows come and go, units are chosen.

Nothing here touches the database's campaign; it turns one posted form into another.
"""

from collections.abc import Callable, Collection
from datetime import date

from django.http import QueryDict
from django.utils.translation import gettext as _

from lachan.foundation.http import key_in
from lachan.orgs.models import Succession, UnitVersion
from lachan.portal.recipients import AddressBook
from lachan.portal.setup_forms import keys_in

KINDS = ("task", "addressee")


def stepped(posted: QueryDict, step: str, book: AddressBook, today: date) -> QueryDict:
    """What was posted, with ticked units taken up or left out, and the pressed button's own change."""
    data = posted.copy()
    for row in data.getlist("addressee"):
        _take_up(data, row, book)
    verb, _colon, row = step.partition(":")
    if verb in _STEPS:
        _STEPS[verb](data, row, book, today)
    return data


def _take_up(data: QueryDict, row: str, book: AddressBook) -> None:
    name = f"addressee-{row}"
    before = set(keys_in(data.get(f"{name}-units", "")))
    ticked = set(keys_in(",".join(data.getlist(f"{name}-add"))))
    of_group = book.of_group(group) if (group := data.get(f"{name}-group", "")) else frozenset()
    dropped = set(keys_in(",".join(data.getlist(f"{name}-drop"))))
    after = (before | ticked | of_group) - dropped
    if after != before:
        _write_units(data, name, after, _("chọn tay"))
    for control in ("add", "drop", "group"):
        data.setlist(f"{name}-{control}", [])


def _write_units(data: QueryDict, name: str, keys: Collection[int], how: str, certainty: float = 1) -> None:
    data[f"{name}-units"] = ",".join(str(key) for key in sorted(keys))
    data[f"{name}-how"] = how
    data[f"{name}-certainty"] = str(certainty)


def _add(kind: str) -> Callable[[QueryDict, str, AddressBook, date], None]:
    def add(data: QueryDict, _row: str, _book: AddressBook, _today: date) -> None:
        taken = [key for text in data.getlist(kind) if (key := key_in(text)) is not None]
        key = max(taken, default=-1) + 1
        data.appendlist(kind, str(key))

    return add


def _drop(kind: str) -> Callable[[QueryDict, str, AddressBook, date], None]:
    def drop(data: QueryDict, row: str, _book: AddressBook, _today: date) -> None:
        data.setlist(kind, [key for key in data.getlist(kind) if key != row])

    return drop


def _resolve(data: QueryDict, row: str, book: AddressBook, _today: date) -> None:
    """Look the line up by rule again, as its words stand now."""
    name = f"addressee-{row}"
    drafts = book.addressees([data.get(f"{name}-line", "")])
    keys = frozenset(key for draft in drafts for key in draft.unit_ids)
    if keys:
        certainty = min(draft.certainty for draft in drafts if draft.unit_ids)
        _write_units(data, name, keys, "; ".join(dict.fromkeys(d.how for d in drafts if d.unit_ids))[:200], certainty)


def _living(data: QueryDict, row: str, _book: AddressBook, today: date) -> None:
    """Units that have ended make way for those that took their place and stand today."""
    name = f"addressee-{row}"
    keys = set(keys_in(data.get(f"{name}-units", "")))
    _write_units(data, name, living(keys, today), _("thay bằng đơn vị kế thừa"))


def living(keys: Collection[int], today: date) -> set[int]:
    """The units of `keys` that stand on `today`, and for each of the others those that took its place, step by step."""
    found: set[int] = set()
    seen: set[int] = set()
    waiting = set(keys)
    while waiting:
        there = set(UnitVersion.objects.on(today).filter(unit__in=waiting).values_list("unit_id", flat=True))
        found |= there
        seen |= waiting
        heirs = Succession.objects.filter(old__in=waiting - there, day__lte=today).values_list("new", flat=True)
        waiting = set(heirs) - seen
    return found


_STEPS: dict[str, Callable[[QueryDict, str, AddressBook, date], None]] = {
    **{f"add-{kind}": _add(kind) for kind in KINDS},
    **{f"drop-{kind}": _drop(kind) for kind in KINDS},
    "resolve": _resolve,
    "living": _living,
}
