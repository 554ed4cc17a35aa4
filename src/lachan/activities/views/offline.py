"""An activity that waited on a device comes in."""

from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lachan.accounts.offline import from_device
from lachan.activities import actions, reads
from lachan.activities.access import may_change, to_record
from lachan.activities.forms import ActivityForm
from lachan.activities.models import Activity
from lachan.activities.shown import NAMES, told
from lachan.activities.words import how_much
from lachan.engine.activities import CHANNELS
from lachan.foundation.refused import Refused
from lachan.foundation.templatetags.design_fields import messages_of
from lachan.orgs.access import StaffRequest, today
from lachan.orgs.models import Unit


@require_POST
@to_record
@from_device
def send(request: StaffRequest, unit: Unit) -> HttpResponse:
    """Record it under its key. Sent again it does no harm; where another text came under that key, both are told.

    `revision` says that both were seen and this one is meant.
    """
    form = ActivityForm(request.POST, campaigns=reads.open_to(unit), channels=list(CHANNELS), today=today(request))
    if not form.is_valid():
        faults = [{"name": name, "text": text} for name in form.errors for text in _said(form, name)]
        return JsonResponse({"faults": faults}, status=422)
    try:
        return _kept(request, unit, form)
    except Refused as no:
        return JsonResponse({"faults": [{"name": "", "text": str(no)}]}, status=422)


def _said(form: ActivityForm, name: str) -> list[str]:
    return messages_of(form[name]) if name in form.fields else [str(text) for text in form.errors[name]]


def _kept(request: StaffRequest, unit: Unit, form: ActivityForm) -> HttpResponse:
    key, campaign, facts = form.cleaned_data["request_key"], form.chosen_campaign(), form.facts()
    activity = Activity.objects.select_related("campaign").filter(unit=unit, request_key=key).first()
    if activity is None:
        activity = actions.record(
            unit, campaign=campaign, facts=facts, request_key=key, by=request.user, now=request.now
        )
    if other := actions.differing(activity, campaign, facts):
        if form.cleaned_data["revision"] != activity.revision:
            return _both(activity, form, other)
        if not may_change(request.user, activity):
            raise Refused(_("Hoạt động này do người khác ghi nên không sửa được."))
        activity = actions.revise(
            activity,
            campaign=campaign,
            facts=facts,
            revision=activity.revision,
            by=request.user,
            now=request.now,
        )
    return JsonResponse({"told": f"{activity.what} ({how_much(activity)})", "href": activity.get_absolute_url()})


def _both(activity: Activity, form: ActivityForm, names: list[str]) -> HttpResponse:
    """What stands here and what was sent, answer by answer; `value` is ours as the form posts it."""
    mine = form.cleaned_data | {"campaign": form.chosen_campaign()}
    answers = [
        {
            "name": name,
            "label": NAMES[name]().capitalize(),
            "theirs": told(name, getattr(activity, name)),
            "mine": told(name, mine[name]),
            "value": _posted(activity, name),
        }
        for name in names
    ]
    conflict = {"conflict": answers, "revision": activity.revision, "href": activity.get_absolute_url()}
    return JsonResponse(conflict, status=409)


def _posted(activity: Activity, name: str) -> object:
    if name == "campaign":
        return activity.campaign_id or ""
    value = getattr(activity, name)
    return (
        value.isoformat()
        if name == "done_on"
        else ""
        if value is None
        else value
        if name == "audiences"
        else str(value)
    )
