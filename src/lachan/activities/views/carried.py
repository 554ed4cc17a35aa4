"""What one takes along to record activities without a network: the form, the campaigns, the rules."""

from __future__ import annotations

import re
from datetime import date
from typing import Any, cast

from django.core.validators import URLValidator
from django.http import HttpRequest
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from lachan.activities.access import RECORDERS
from lachan.activities.actions import MOST, OLDEST
from lachan.activities.forms import NUMBERS, ActivityForm
from lachan.activities.reads import open_to
from lachan.activities.shown import tiles
from lachan.activities.words import sentences
from lachan.engine.activities import CHANNELS
from lachan.engine.rules import number_rules
from lachan.orgs.access import units_of
from lachan.orgs.models import UnitVersion

LONGEST_WHAT = 300
LINK = cast("re.Pattern[str]", URLValidator.regex)


def page() -> dict[str, Any]:
    """The empty form, the same for everybody: campaigns come with what is taken along."""
    form = ActivityForm(campaigns=[], channels=list(CHANNELS), today=date.min, initial={"day": "today"})
    first, rest = tiles(form["channel"])
    return {"form": form, "first": first, "rest": rest}


def pack(request: HttpRequest) -> dict[str, Any] | None:
    """The units the person records for, each with its campaigns; and the rules of the form. None for who records nothing."""
    day = localdate(request.now)  # type: ignore[attr-defined]  # as foundation.http.Request has it
    units = units_of(request.user, *RECORDERS)  # type: ignore[arg-type]  # a view of those signed in
    if not units:
        return None
    names = {one.unit_id: one.body_name for one in UnitVersion.objects.on(day).filter(unit__in=units)}
    return {
        "units": [
            {
                "key": unit.pk,
                "name": names.get(unit.pk, unit.code),
                "campaigns": [[one.pk, one.name] for one in open_to(unit)],
                "send": reverse("activities:send", args=[unit.pk]),
                "upload": reverse("activities:upload", args=[unit.pk, "KEY"]),
            }
            for unit in units
        ],
        "channels": {code: [channel.name, sorted(channel.asks)] for code, channel in CHANNELS.items()},
        "rules": rules(),
        "words": {
            "record": _("Ghi hoạt động"),
            "visit": _("Ghi lượt đến từng nhà"),
            "no_campaign": _("Không thuộc chiến dịch nào"),
        },
    }


def rules() -> dict[str, Any]:
    """What the form checks by, for a device to check by the same."""
    return {
        "numbers": number_rules(),
        "most": MOST,
        "oldest_days": OLDEST.days,
        "longest_what": LONGEST_WHAT,
        "link": LINK.pattern.replace(r"\Z", "$"),
        "longest_link": 1000,
        "sentences": sentences(),
        "labels": {name: str(ActivityForm.base_fields[name].label) for name in NUMBERS},
    }
