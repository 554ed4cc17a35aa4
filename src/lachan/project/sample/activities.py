"""What the units of the demonstration did: a few hundred activities, some with drawn pictures."""

import io
import random
from collections.abc import Iterator
from datetime import datetime, time, timedelta

from django.utils.timezone import get_current_timezone, localdate
from PIL import Image, ImageDraw

from lachan.activities import actions, photos
from lachan.activities.actions import Facts
from lachan.campaigns.models import Assignment, Campaign
from lachan.project.sample.people import COMMUNE
from lachan.project.sample.play import Stage
from lachan.project.sample.province import lines

SEED = 404
OTHERS = 24  # units besides those of the visited district
PHOTOGRAPHED = 0.2
SKIES = ("#d8e8ee", "#f1e4c8", "#dfe6ea", "#e3eedb")
COATS = ("#0b5f6b", "#8a5a00", "#44525e", "#7a3b2e", "#1c6a3a", "#5b4a7a")


def record_activities(stage: Stage, campaign: Campaign, *, now: datetime) -> int:
    """Units of the visited district and some others record what they did. Gives how many activities there are."""
    dice = random.Random(SEED)  # noqa: S311 - made-up activities, the same at every run
    told = [line.split("|") for line in lines("activities.txt")]
    count = 0
    for assignment in _chosen(stage, campaign, dice):
        own = assignment.unit_id == stage.province.units[COMMUNE].pk
        for number in range(14 if own else dice.randint(2, 9)):
            facts = _facts(dice.choice(told), stage, dice)
            _record(stage, assignment, facts, f"sample-{assignment.pk}-{number}", dice=dice, now=now)
            count += 1
    return count


def _chosen(stage: Stage, campaign: Campaign, dice: random.Random) -> Iterator[Assignment]:
    received = campaign.assignments.exclude(received_at=None).select_related("unit", "campaign").order_by("pk")
    visited = stage.visited | stage.left_to_visitors
    near = [one for one in received if visited & {*(int(key) for key in one.path.split(".")[:-1])}]
    far = [one for one in received if one not in near]
    yield from near
    yield from dice.sample(far, min(OTHERS, len(far)))


def _facts(line: list[str], stage: Stage, dice: random.Random) -> Facts:
    channel, what, audiences, most, copies = line
    days = (stage.dates.ends - stage.dates.starts).days
    return Facts(
        channel=channel,
        done_on=stage.dates.starts + timedelta(days=dice.randint(0, days)),
        what=what,
        times=dice.randint(1, 4) if channel in ("loudspeaker", "social-page", "chat-group", "website") else 1,
        audience=10 * dice.randint(2, int(most) // 10) if most else None,
        copies=50 * dice.randint(1, int(copies) // 50) if copies else None,
        audiences=tuple(audiences.split()),
        link="https://xa.lachan.example/tin-canh-bao" if channel in ("website", "social-page") else "",
    )


def _record(
    stage: Stage, assignment: Assignment, facts: Facts, key: str, *, dice: random.Random, now: datetime
) -> None:
    by, campaign = stage.staff.officer[assignment.unit_id], assignment.campaign
    at = min(datetime.combine(facts.done_on, time(16, dice.randint(0, 59)), get_current_timezone()), now)
    if facts.audience and dice.random() < PHOTOGRAPHED:
        for _number in range(dice.randint(1, 2)):
            photos.keep(assignment.unit, request_key=key, data=drawn(dice), by=by, now=at)
    if facts.done_on <= localdate(now):
        actions.record(assignment.unit, campaign=campaign, facts=facts, request_key=key, by=by, now=at)


def drawn(dice: random.Random) -> bytes:
    """A meeting as a drawing: a board, somebody who speaks, rows of people seen from behind. Nobody's face."""
    picture = Image.new("RGB", (640, 480), dice.choice(SKIES))
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 300, 640, 480), fill="#c9b79a")
    pen.rectangle((180, 60, 460, 190), fill="white", outline="#44525e", width=4)
    for row in range(4):
        pen.line(
            (205, 90 + 24 * row, dice.randint(320, 435), 90 + 24 * row),
            fill="#b3261e" if row == 0 else "#65737e",
            width=7,
        )
    left = dice.choice((110, 530))
    pen.ellipse((left - 20, 130, left + 20, 170), fill="#5a4030")
    pen.polygon([(left - 36, 300), (left - 26, 176), (left + 26, 176), (left + 36, 300)], fill=dice.choice(COATS))
    for row in range(3):
        for seat in range(7 - row % 2):
            x, y = 50 + 90 * seat + 45 * (row % 2), 330 + 50 * row
            if dice.random() < 0.85:
                pen.ellipse((x - 17, y - 34, x + 17, y), fill=dice.choice(("#2b2320", "#4a4038", "#d9d4cc")))
                pen.rounded_rectangle((x - 30, y - 4, x + 30, y + 60), 14, fill=dice.choice(COATS))
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=80)
    return out.getvalue()
