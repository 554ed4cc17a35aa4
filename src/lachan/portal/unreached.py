"""Units that were given work and where nobody has an account."""

from collections.abc import Sequence

from lachan.campaigns.models import Assignment, Dispatch
from lachan.reporting.actions.on_paper import without_account


def unreached(dispatches: Sequence[Dispatch]) -> list[tuple[Dispatch, int]]:
    """The dispatches that went to such units, each with how many. Two queries, however many dispatches."""
    given = list(Assignment.objects.filter(dispatch__in=dispatches).values_list("dispatch_id", "unit_id"))
    alone = without_account([unit for _dispatch, unit in given])
    counts = [(one, sum(1 for dispatch, unit in given if dispatch == one.pk and unit in alone)) for one in dispatches]
    return [(dispatch, count) for dispatch, count in counts if count]
