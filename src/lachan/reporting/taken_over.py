"""What a unit's return stands for, when the unit has taken over from others in the middle of a campaign."""

from __future__ import annotations

from dataclasses import dataclass

from lachan.orgs.models import Succession
from lachan.reporting.models import Obligation


@dataclass(frozen=True)
class TakenOver:
    """Names of the units before it: those whose part the return covers, and those whose return counts already."""

    covered: tuple[str, ...]
    counted: tuple[str, ...]


def taken_over(obligation: Obligation) -> TakenOver | None:
    """None where no unit before it owed the same. What counts already must not be reported a second time."""
    before = Succession.objects.filter(new=obligation.unit_id).exclude(old=obligation.unit_id).values("old_id")
    owed = Obligation.objects.filter(
        form=obligation.form_id,
        unit__in=before,
        period_from=obligation.period_from,
        period_to=obligation.period_to,
        assignment__ended_at__isnull=False,
    )
    named = list(owed.order_by("assignment__unit_sort_key").values_list("assignment__unit_name", "counted_id"))
    if not named:
        return None
    return TakenOver(
        covered=tuple(name for name, counted in named if counted is None),
        counted=tuple(name for name, counted in named if counted is not None),
    )
