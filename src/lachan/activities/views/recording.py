"""An activity is recorded, put right, withdrawn."""

import secrets
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lachan.activities import actions, photos, reads
from lachan.activities.access import to_change, to_record
from lachan.activities.forms import ActivityForm, WithdrawForm, initial_of
from lachan.activities.models import Activity, Photo
from lachan.activities.shown import tiles
from lachan.activities.views.photos import KEY
from lachan.activities.words import how_much
from lachan.campaigns.models import Campaign
from lachan.foundation.http import key_in
from lachan.foundation.refused import Refused
from lachan.orgs.access import StaffRequest, today
from lachan.orgs.models import Unit


@require_http_methods(["GET", "POST"])
@to_record
def record(request: StaffRequest, unit: Unit) -> HttpResponse:
    """The short page for a phone. `?chien-dich=` preselects a campaign, `?chep=` begins as a copy of an activity."""
    campaigns = list(reads.open_to(unit))
    if request.method == "POST":
        form = _form(request, unit, campaigns)
        return _saved(request, unit, form) or _page(request, unit, form, status=422)
    return _page(request, unit, _form(request, unit, campaigns, initial=_beginning(request, unit, campaigns)))


@require_http_methods(["GET", "POST"])
@to_change
def revise(request: StaffRequest, activity: Activity) -> HttpResponse:
    """The same page, for an activity there is."""
    campaigns = list(reads.open_to(activity.unit))
    if activity.campaign and activity.campaign not in campaigns:
        campaigns.append(activity.campaign)
    if request.method == "POST":
        form = _form(request, activity.unit, campaigns)
        return _saved(request, activity.unit, form, activity) or _page(request, activity.unit, form, activity, 422)
    initial = initial_of(activity, today(request), copied=False)
    return _page(request, activity.unit, _form(request, activity.unit, campaigns, initial=initial), activity)


@require_http_methods(["GET", "POST"])
@to_change
def withdraw(request: StaffRequest, activity: Activity) -> HttpResponse:
    """Asks for the reason, then takes the activity out of every count."""
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.withdraw(activity, because=form.cleaned_data["because"], by=request.user, now=request.now)
        messages.success(request, _("Đã rút hoạt động. Các con số không tính hoạt động này nữa."))
        return redirect("activities:listed", activity.unit_id)
    context = {"activity": activity, "form": form, "how_much": how_much(activity)}
    return render(request, "activities/withdraw.html", context, status=422 if form.is_bound else 200)


def _form(
    request: StaffRequest, unit: Unit, campaigns: list[Campaign], initial: dict[str, Any] | None = None
) -> ActivityForm:
    day = today(request)
    return ActivityForm(
        request.POST if initial is None else None,
        request.FILES if initial is None else None,
        initial=initial,
        campaigns=campaigns,
        channels=reads.channels_for(unit, day),
        today=day,
    )


def _beginning(request: StaffRequest, unit: Unit, campaigns: list[Campaign]) -> dict[str, Any]:
    """What the page shows at first: today, and the campaign one came from, or the newest."""
    key = request.GET.get("khoa", "")  # the script puts it in the address once a photo was sent
    begun = {"day": "today", "request_key": key if KEY.fullmatch(key) else secrets.token_urlsafe(16)}
    copied = key_in(request.GET.get("chep", ""))
    if copied and (activity := Activity.objects.filter(unit=unit, pk=copied).first()):
        return begun | initial_of(activity, today(request), copied=True)
    asked = key_in(request.GET.get("chien-dich", ""))
    known = [campaign.pk for campaign in campaigns]
    return begun | {"campaign": asked if asked in known else next(iter(known), "")}


def _saved(
    request: StaffRequest, unit: Unit, form: ActivityForm, activity: Activity | None = None
) -> HttpResponse | None:
    """The answer when everything could be kept; else None, with what is wrong in the form."""
    form.is_valid()
    _take_photos(request, unit, form, activity)
    if form.errors:
        return None
    campaign, facts = form.chosen_campaign(), form.facts()
    key, revision = form.cleaned_data["request_key"], form.cleaned_data["revision"] or 0
    try:
        if activity:
            saved = actions.revise(
                activity, campaign=campaign, facts=facts, revision=revision, by=request.user, now=request.now
            )
        else:
            saved = actions.record(
                unit, campaign=campaign, facts=facts, request_key=key, by=request.user, now=request.now
            )
    except Refused as no:
        form.add_error(None, str(no))
        return None
    if activity:
        messages.success(request, _("Đã lưu."))
        return redirect(saved)
    messages.success(request, _("Đã ghi: %(what)s (%(numbers)s).") % {"what": saved.what, "numbers": how_much(saved)})
    return redirect("activities:listed", unit.pk)


def _take_photos(request: StaffRequest, unit: Unit, form: ActivityForm, activity: Activity | None) -> None:
    """Keep the photos sent with the form; those that cannot be kept are named. The others stay, whatever else is wrong."""
    key = activity.request_key if activity else form.cleaned_data.get("request_key")
    files = request.FILES.getlist("photos")
    if key and files:
        taken = photos.keep_several(unit, request_key=key, files=files, by=request.user, now=request.now)
        for sentence in taken.refused:
            form.add_error("photos", sentence)
    if getattr(request, "too_large", False):
        form.add_error(
            "photos", _("Có ảnh lớn hơn 25 MB, hoặc các ảnh cộng lại quá 50 MB, nên chưa nhận. Gửi ít ảnh hơn mỗi lần.")
        )


def _page(
    request: StaffRequest, unit: Unit, form: ActivityForm, activity: Activity | None = None, status: int = 200
) -> HttpResponse:
    campaign = form.campaigns.get(key_in(str(form["campaign"].value() or "")) or 0)
    key = str((activity.request_key if activity else form["request_key"].value()) or "")
    if KEY.fullmatch(key):
        form.fields["photos"].widget.attrs["data-upload"] = reverse("activities:upload", args=[unit.pk, key])
    first, rest = tiles(form["channel"])
    context = {
        "unit": unit,
        "version": unit.version_on(today(request)),
        "form": form,
        "activity": activity,
        "first": first,
        "rest": rest,
        "rest_is_open": any(tile.chosen for tile in rest),
        "suggestions": reads.suggestions(unit, campaign),
        "last": None if activity or form.is_bound else reads.last_of(unit),
        "kept": Photo.objects.filter(unit=unit, request_key=key),
        "key": key,
    }
    return render(request, "activities/record.html", context, status=status)
