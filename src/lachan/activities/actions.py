"""An activity is recorded, put right and withdrawn; each leaves an entry in the trail."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from lachan.activities import photos
from lachan.activities.models import Activity, Photo
from lachan.activities.reads import open_to
from lachan.activities.words import SENTENCES, word
from lachan.campaigns.models import Campaign
from lachan.engine.activities import AUDIENCES, CHANNELS
from lachan.foundation import audit, formats
from lachan.foundation.refused import Refused
from lachan.orgs.models import Person, Unit

OLDEST = timedelta(days=400)  # a year's report looks back a year; an older date is a slip of the finger
MOST = 10_000_000  # more people than any province has


@dataclass(frozen=True)
class Facts:
    """What is told about an activity. An empty `what` becomes the channel and the campaign by name."""

    channel: str
    done_on: date
    what: str = ""
    times: int = 1
    audience: int | None = None
    copies: int | None = None
    minutes: int | None = None
    audiences: tuple[str, ...] = ()
    link: str = ""


@transaction.atomic
def record(
    unit: Unit, *, campaign: Campaign | None, facts: Facts, request_key: str, by: Person, now: datetime
) -> Activity:
    """What `unit` did, with the photos sent under `request_key`. The same key again gives the activity there is."""
    _check_campaign(unit, campaign)
    photos.take_turn(unit, request_key)
    try:
        with transaction.atomic():
            activity = Activity.objects.create(**_row(unit, campaign, facts, request_key, by, now))
    except IntegrityError:  # sent twice
        return Activity.objects.get(unit=unit, request_key=request_key)
    joined = Photo.objects.filter(unit=unit, request_key=request_key, activity=None).update(activity=activity)
    audit.record(
        "activities.record", activity, by=by, now=now, detail={"unit": unit.pk, "photos": joined} | _told(facts)
    )
    return activity


@transaction.atomic
def record_several(
    unit: Unit,
    *,
    campaign: Campaign | None,
    lines: Sequence[tuple[str, Facts]],
    by: Person,
    now: datetime,
) -> int:
    """Record many at once, each under its own key. Gives how many were new: a key that is known already is passed over.

    All or none: a line that is refused stops them all.
    """
    _check_campaign(unit, campaign)
    rows = [Activity(**_row(unit, campaign, facts, key, by, now)) for key, facts in lines]
    before = set(
        Activity.objects.filter(unit=unit, request_key__in=[row.request_key for row in rows]).values_list(
            "request_key", flat=True
        )
    )
    new = [row for row in rows if row.request_key not in before]
    Activity.objects.bulk_create(new, ignore_conflicts=True)
    if new:
        audit.record(
            "activities.record_several",
            unit,
            by=by,
            now=now,
            detail={"keys": [row.request_key for row in new], "campaign": campaign.pk if campaign else None},
        )
    return len(new)


@transaction.atomic
def revise(
    activity: Activity, *, campaign: Campaign | None, facts: Facts, revision: int, by: Person, now: datetime
) -> Activity:
    """Put right what was told. `revision` is the one that was read; refused when somebody changed it since."""
    activity = _standing(activity)
    if activity.revision != revision:
        raise Refused(_("Hoạt động này vừa được người khác sửa. Mở lại trang để xem bản mới, rồi sửa tiếp."))
    if campaign != activity.campaign:
        _check_campaign(activity.unit, campaign)
    row = _row(activity.unit, campaign, facts, activity.request_key, activity.recorded_by, now)
    changed = {name: value for name, value in row.items() if name in _CHANGES and getattr(activity, name) != value}
    if not changed:
        return activity
    trail = {name: [_plain(getattr(activity, name)), _plain(value)] for name, value in changed.items()}
    for name, value in changed.items():
        setattr(activity, name, value)
    activity.revision += 1
    activity.save(update_fields=[*changed, "revision"])
    audit.record("activities.revise", activity, by=by, now=now, detail={"changed": trail})
    return activity


@transaction.atomic
def withdraw(activity: Activity, *, because: str, by: Person, now: datetime) -> None:
    """Take it out of every count; it stays in the list, with the reason. Withdrawing again changes nothing."""
    activity = Activity.objects.select_for_update(of=("self",)).get(pk=activity.pk)
    if activity.withdrawn_at:
        return
    if not because:
        raise Refused(_("Ghi lý do rút hoạt động này, ví dụ: ghi trùng."))
    activity.withdrawn_at, activity.withdrawn_because = now, because
    activity.save(update_fields=["withdrawn_at", "withdrawn_because"])
    audit.record("activities.withdraw", activity, by=by, now=now, detail={"because": because})


_CHANGES = frozenset(
    {"campaign", "channel", "what", "done_on", "times", "audience", "copies", "minutes", "audiences", "link"}
)


def _standing(activity: Activity) -> Activity:
    found = (
        Activity.objects.select_for_update(of=("self",))
        .select_related("unit", "campaign", "recorded_by")
        .get(pk=activity.pk)
    )
    if found.withdrawn_at:
        raise Refused(_("Hoạt động này đã rút nên không sửa được nữa."))
    return found


def _row(
    unit: Unit, campaign: Campaign | None, facts: Facts, request_key: str, by: Person, now: datetime
) -> dict[str, Any]:
    check(facts, localdate(now))
    what = facts.what or (
        f"{word(CHANNELS[facts.channel])}: {campaign.name}" if campaign else word(CHANNELS[facts.channel])
    )
    return {
        **asdict(facts),
        "what": what[:300],
        "audiences": [code for code in AUDIENCES if code in facts.audiences],
        "unit": unit,
        "campaign": campaign,
        "request_key": request_key,
        "recorded_by": by,
        "recorded_at": now,
    }


def _check_campaign(unit: Unit, campaign: Campaign | None) -> None:
    if campaign and not open_to(unit).filter(pk=campaign.pk).exists():
        raise Refused(_("Chiến dịch này không giao cho đơn vị, hoặc đã kết thúc. Chọn chiến dịch khác, hoặc để trống."))


def check(facts: Facts, today: date) -> None:
    """Refused, with a sentence, when what is told cannot be."""
    if facts.channel not in CHANNELS:
        raise Refused(_("Chọn kênh tuyên truyền trong danh sách."))
    if facts.done_on > today:
        raise Refused(SENTENCES["day_to_come"]() % {"day": formats.day(facts.done_on)})
    if facts.done_on < today - OLDEST:
        raise Refused(SENTENCES["day_long_ago"]() % {"day": formats.day(facts.done_on)})
    numbers = (facts.times, facts.audience, facts.copies, facts.minutes)
    if facts.times < 1 or any(number is not None and not 0 <= number <= MOST for number in numbers):
        raise Refused(SENTENCES["too_many"]() % {"most": formats.number(MOST)})


def differing(activity: Activity, campaign: Campaign | None, facts: Facts) -> list[str]:
    """The names of what is told otherwise than `activity` has it. A blank `what` says nothing else than the name it got."""
    told = asdict(facts) | {"campaign": campaign, "audiences": [code for code in AUDIENCES if code in facts.audiences]}
    if not facts.what:
        del told["what"]
    return [name for name, value in told.items() if getattr(activity, name) != value]


def _told(facts: Facts) -> dict[str, Any]:
    return {name: _plain(value) for name, value in asdict(facts).items() if value not in (None, "", ())}


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Campaign):
        return value.pk
    return list(value) if isinstance(value, tuple) else value
