"""What the pages of activities read."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet

from lachan.activities.models import Activity
from lachan.campaigns.models import Campaign
from lachan.engine.activities import CHANNELS
from lachan.orgs.models import Unit

LATELY = timedelta(days=180)
LONGEST_SUGGESTION = 120


def open_to(unit: Unit) -> QuerySet[Campaign]:
    """The running campaigns that the unit has or runs, newest first."""
    given = Campaign.objects.filter(assignments__unit=unit).values("pk")
    return Campaign.objects.filter(Q(owner=unit) | Q(pk__in=given), state=Campaign.State.RUNNING)


def last_of(unit: Unit) -> Activity | None:
    """The activity recorded last: what "copy the last one" copies."""
    return Activity.objects.counted().filter(unit=unit).order_by("-recorded_at", "-id").first()


def channels_for(unit: Unit, today: date) -> list[str]:
    """Every channel: those the unit used lately first, by how often, then in the order of the list."""
    used = (
        Activity.objects.counted()
        .filter(unit=unit, done_on__gte=today - LATELY)
        .values("channel")
        .annotate(often=Count("id"))
        .order_by("-often")
    )
    order = list(CHANNELS)
    known = sorted((row for row in used if row["channel"] in CHANNELS), key=lambda row: -row["often"])
    return list(dict.fromkeys([*(row["channel"] for row in known), *order]))


def suggestions(unit: Unit, campaign: Campaign | None) -> list[str]:
    """Sentences for what was done: the unit's last ones, then what the campaign asks for."""
    own = Activity.objects.counted().filter(unit=unit).order_by("-id").values_list("what", flat=True)[:8]
    tasks: Iterable[str] = campaign.tasks.values_list("text", flat=True) if campaign else ()
    return list(dict.fromkeys([*own, *(_first_sentence(text) for text in tasks)]))[:12]


def _first_sentence(text: str) -> str:
    first = " ".join(text.split()).split(". ")[0].rstrip(".;")
    return first if len(first) <= LONGEST_SUGGESTION else first[: LONGEST_SUGGESTION - 1].rsplit(" ", 1)[0] + "…"
