"""Writing on account of a change of boundaries, so that it can be taken back: every row is written through a `Ledger`."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, TypeVar

from django.apps import apps
from django.db.models import Field, Model, ProtectedError

from lachan.orgs.models import BoundaryChange, BoundaryStep

_BATCH = 2000
Row = TypeVar("Row", bound=Model)


@dataclass
class Ledger:
    """Writes rows, and notes for `change` what they were. Without a change nothing is noted, and nothing taken back."""

    change: BoundaryChange | None = None
    written: dict[str, int] = field(default_factory=dict)  # rows by "created orgs.unit", "changed orgs.unitversion"

    def create(self, rows: Sequence[Row]) -> None:
        """New rows; each then has its key."""
        if not rows:
            return
        model = type(rows[0])
        model._default_manager.bulk_create(rows, batch_size=_BATCH)
        self._note(rows, None, [one.attname for one in model._meta.concrete_fields if not one.primary_key])

    def update(self, rows: Sequence[Row], fields: Collection[str]) -> None:
        """Rows that are there, with new contents in `fields` (names of columns)."""
        if not rows:
            return
        model = type(rows[0])
        before = _contents(model, [row.pk for row in rows], fields)
        # an upsert by key: for thousands of rows far quicker than CASE WHEN
        model._default_manager.bulk_create(
            rows, batch_size=_BATCH, update_conflicts=True, update_fields=_fields(model, fields), unique_fields=["pk"]
        )
        self._note(rows, before, fields)

    def _note(self, rows: Sequence[Model], before: dict[int, dict[str, Any]] | None, fields: Collection[str]) -> None:
        model, label = type(rows[0]), rows[0]._meta.label_lower
        told = f"{'changed' if before else 'created'} {label}"
        self.written[told] = self.written.get(told, 0) + len(rows)
        if self.change is None:
            return
        after = _contents(model, [row.pk for row in rows], fields)
        BoundaryStep.objects.bulk_create(
            [
                BoundaryStep(
                    change=self.change,
                    model=label,
                    key=row.pk,
                    before=before[row.pk] if before else None,
                    after=after[row.pk],
                )
                for row in rows
            ],
            batch_size=_BATCH,
        )


class BuiltOn(Exception):
    """Something written on account of a change has been changed or used since: a row of this model, under this key."""

    def __init__(self, model: type[Model], key: int | None) -> None:
        super().__init__(f"{model._meta.label_lower} {key}")
        self.model, self.key = model, key


def take_back(steps: Iterable[BoundaryStep]) -> int:
    """Every row as it was before; gives their number. Raises BuiltOn where a row is no longer as the change left it."""
    taken = 0
    newest_first = sorted(steps, key=lambda step: -step.pk)
    for (label, is_new, _fields_written), group in groupby(newest_first, key=_alike):
        model, same = apps.get_model(label), list(group)
        _refuse_changed(model, same)
        if is_new:
            _delete(model, [step.key for step in same])
        else:
            _restore(model, same)
        taken += len(same)
    return taken


def _alike(step: BoundaryStep) -> tuple[str, bool, tuple[str, ...]]:
    """Steps that are taken back together."""
    return step.model, step.before is None, tuple(step.after)


def _refuse_changed(model: type[Model], steps: Sequence[BoundaryStep]) -> None:
    now = _contents(model, [step.key for step in steps], steps[0].after.keys())
    for step in steps:
        if now.get(step.key) != step.after:
            raise BuiltOn(model, step.key)


def _delete(model: type[Model], keys: Sequence[int]) -> None:
    """What hangs on the rows was written later, and is gone already, unless somebody else has written it."""
    try:
        _, by_model = model._default_manager.filter(pk__in=keys).delete()
    except ProtectedError as error:
        raise BuiltOn(type(next(iter(error.protected_objects))), None) from error
    for label in by_model:
        other = apps.get_model(label)
        if other is not model and not other._meta.auto_created and not getattr(other, "made_anew", False):
            raise BuiltOn(other, None)


def _restore(model: type[Model], steps: Sequence[BoundaryStep]) -> None:
    rows = model._default_manager.in_bulk([step.key for step in steps])
    for step in steps:
        for name, kept in (step.before or {}).items():
            setattr(rows[step.key], name, _column(model, name).to_python(kept))
    fields = _fields(model, steps[0].after.keys())
    model._default_manager.bulk_create(
        rows.values(), batch_size=_BATCH, update_conflicts=True, update_fields=fields, unique_fields=["pk"]
    )


def _fields(model: type[Model], columns: Collection[str]) -> list[str]:
    return [_column(model, name).name for name in columns]


def _column(model: type[Model], name: str) -> Field[Any, Any]:
    """The field that is kept in a column: `parent` of "parent_id"."""
    return next(one for one in model._meta.concrete_fields if one.attname == name)


def _contents(model: type[Model], keys: Collection[int], columns: Collection[str]) -> dict[int, dict[str, Any]]:
    kept = model._default_manager.filter(pk__in=keys).values("pk", *columns)
    return {row.pop("pk"): {name: _plain(value) for name, value in row.items()} for row in kept}


def _plain(value: Any) -> Any:
    """As JSON keeps it; `Field.to_python` reads it back."""
    return value if value is None or isinstance(value, bool | int | str | list | dict) else str(value)
