"""What units that end hold goes to those that take over. Parts above tell what they keep for units on their AppConfig:
`passes_on` and `held_by_units`, paths of functions like those here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lachan.orgs.ledger import Ledger
from lachan.orgs.models import Grant, Person, Role, UnitVersion

WORDS = {
    "units_begun": gettext_lazy("Đơn vị mới"),
    "units_ended": gettext_lazy("Đơn vị kết thúc"),
    "versions": gettext_lazy("Trạng thái mới của đơn vị"),
    "links": gettext_lazy("Liên kết cũ – mới"),
    "campaigns_led": gettext_lazy("Chiến dịch đổi đơn vị chủ trì"),
    "assignments": gettext_lazy("Nhiệm vụ chuyển sang đơn vị tiếp nhận"),
    "obligations": gettext_lazy("Báo cáo còn nợ chuyển sang đơn vị tiếp nhận"),
    "excused": gettext_lazy("Báo cáo được miễn vì đơn vị kết thúc"),
    "drafts": gettext_lazy("Bản nháp chuyển theo"),
    "grants": gettext_lazy("Vai trò chuyển theo"),
}
"""What a change is counted in, in the order in which it is told."""


@dataclass(frozen=True)
class Passing:
    """Units that ended, each with the unit that takes over; None: nobody does. `only`: of the keys of `Held`, else everything."""

    heirs: Mapping[int, int | None]
    because: str
    by: Person | None
    now: datetime
    ledger: Ledger
    only: Collection[str] | None = None

    def takes(self, key: str) -> bool:
        """Whether the thing with this key passes on."""
        return self.only is None or key in self.only


@dataclass(frozen=True)
class Held:
    """One thing that a unit which has ended still holds. `key` says which: "grant:12"."""

    key: str
    unit: int
    words: str


def pass_on(passing: Passing) -> Counter[str]:
    """Everything the units hold goes to their heirs, part by part; the caller's transaction holds it together."""
    counts = _pass_on_roles(passing)
    givers: list[Callable[[Passing], Mapping[str, int]]] = _named("passes_on")
    for give in givers:
        counts.update(give(passing))
    return counts


def held_by(units: Collection[int], day: date) -> list[Held]:
    """What these units still hold on `day`."""
    tellers: list[Callable[[Collection[int]], list[Held]]] = _named("held_by_units")
    return [*_roles_at(units), *_below(units, day), *(one for tell in tellers for one in tell(units))]


def units_below(units: Collection[int], day: date) -> list[UnitVersion]:
    """Those that still stand right under these on `day`."""
    return list(UnitVersion.objects.on(day).filter(parent__in=units).select_related("unit", "kind").in_order())


def _named(attribute: str) -> list[Any]:
    """Low parts first: what a higher one does may rest on theirs."""
    paths = [getattr(one, attribute) for one in reversed(list(apps.get_app_configs())) if hasattr(one, attribute)]
    return [import_string(path) for path in paths]


def _roles_at(units: Collection[int]) -> list[Held]:
    grants = Grant.objects.in_force().filter(unit__in=units).select_related("person")
    return [
        Held(
            f"grant:{one.pk}",
            one.unit_id,
            _("Vai trò %(role)s của %(name)s") % {"role": one.get_role_display(), "name": one.person.name},
        )
        for one in grants
    ]


def _below(units: Collection[int], day: date) -> list[Held]:
    return [
        Held(f"unit:{one.unit_id}", one.parent_id or 0, _("Đơn vị trực thuộc: %(name)s") % {"name": one.name})
        for one in units_below(units, day)
    ]


def _pass_on_roles(passing: Passing) -> Counter[str]:
    """A role on a unit is now held on the one that took over. Where nobody did it stays, to read what was done there."""
    heirs = {unit: heir for unit, heir in passing.heirs.items() if heir}
    grants = [
        one
        for one in Grant.objects.in_force().select_for_update(of=("self",)).filter(unit__in=heirs).order_by("pk")
        if passing.takes(f"grant:{one.pk}")
    ]
    taken = Grant.objects.in_force().filter(unit__in=set(heirs.values()))
    held = set(taken.values_list("person_id", "role", "unit_id"))
    new: list[Grant] = []
    for one in grants:
        key = (one.person_id, one.role, heirs[one.unit_id])
        if key not in held:
            held.add(key)
            new.append(
                Grant(
                    person_id=one.person_id,
                    role=Role(one.role),
                    unit_id=heirs[one.unit_id],
                    given_by=passing.by,
                    given_at=passing.now,
                )
            )
        one.ended_at = passing.now
    passing.ledger.create(new)
    passing.ledger.update(grants, ["ended_at"])
    return Counter(grants=len(grants))
