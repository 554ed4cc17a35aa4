"""What activities add up to: by channel and audience, and as the numbers that the questions of a form ask for."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, Min, Sum
from django.http import QueryDict
from django.urls import reverse

from lachan.activities.models import Activity, ActivityQuerySet
from lachan.campaigns.models import Campaign
from lachan.engine.activities import FilledFrom, Tally, fold
from lachan.orgs.models import Unit


def tallies(found: ActivityQuerySet) -> list[Tally]:
    """Activities added up by channel and audiences, in one query. The withdrawn ones are left out."""
    rows = (
        found.counted()
        .order_by()
        .values("channel", "audiences")
        .annotate(
            number=Count("id"),
            sum_times=Sum("times"),
            sum_audience=Sum("audience"),
            sum_copies=Sum("copies"),
            sum_minutes=Sum("minutes"),
            first=Min("done_on"),
            last=Max("done_on"),
        )
    )
    return [
        Tally(
            channel=row["channel"],
            audiences=frozenset(row["audiences"]),
            activities=row["number"],
            times=row["sum_times"],
            audience=row["sum_audience"],
            copies=row["sum_copies"],
            minutes=row["sum_minutes"],
            first=row["first"],
            last=row["last"],
        )
        for row in rows
    ]


@dataclass(frozen=True)
class Filled:
    """A number that activities give in advance, and where it comes from: how many, from when to when, and their list."""

    value: int
    count: int
    first: date
    last: date
    href: str


def totals_for(
    unit: Unit,
    campaign: Campaign,
    wanted: Mapping[str, FilledFrom],
    *,
    since: date | None = None,
    until: date | None = None,
) -> dict[str, Filled]:
    """What the unit's activities in the campaign answer, by the keys of `wanted`, in one query.

    A key is left out when no activity gives its number: missing is not zero.
    """
    added = tallies(Activity.objects.filter(unit=unit, campaign=campaign).within(since, until)) if wanted else []
    found = {key: (by, folded) for key, by in wanted.items() if (folded := fold(added, by))}
    return {
        key: Filled(
            folded.value,
            folded.activities,
            folded.first,
            folded.last,
            list_of(unit, campaign, by, since=since, until=until),
        )
        for key, (by, folded) in found.items()
    }


def list_of(
    unit: Unit, campaign: Campaign, by: FilledFrom, *, since: date | None = None, until: date | None = None
) -> str:
    """The address of the activities that a number comes from."""
    query = QueryDict(mutable=True)
    query["chien-dich"] = str(campaign.pk)
    query.setlist("kenh", sorted(by.channels))
    query.setlist("chi-doi-tuong", sorted(by.audiences))
    query.update({name: day.isoformat() for name, day in (("tu", since), ("den", until)) if day})
    return f"{reverse('activities:listed', args=[unit.pk])}?{query.urlencode()}"
