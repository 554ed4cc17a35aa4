"""When the figures of a campaign are locked, and who is let through."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from lachan.campaigns.models import Campaign
from lachan.foundation.refused import Refused
from lachan.orgs.access import StaffRequest, holds, today
from lachan.orgs.models import Role
from lachan.portal import access
from lachan.portal.lock_forms import LetThroughForm, LockRulesForm, PleaAnswerForm, SuspendForm
from lachan.reporting.actions import locking, pleading
from lachan.reporting.locks import end_of, in_words, rules_of
from lachan.reporting.models import LockException, LockPlea, LockRule, LockSuspension
from lachan.reporting.models.locks import LockPleaQuerySet

MAY = (Role.COORDINATOR, Role.HEAD)
ON_A_PAGE = 30


@dataclass(frozen=True)
class Line:
    """A rule in force as the page shows it."""

    rule: LockRule
    words: str
    suspended: LockSuspension | None


def _campaign(campaign: int) -> Campaign:
    return get_object_or_404(Campaign.objects.select_related("regime", "owner"), pk=campaign)


@require_http_methods(["GET", "POST"])
@holds(*MAY, on=access.owner)
def shown(request: StaffRequest, campaign: int) -> HttpResponse:
    """The rules with what suspended them, who is let through, and the form to change the rules."""
    found = _campaign(campaign)
    rules = list(rules_of(found))
    form = LockRulesForm(request.POST or None, in_force=rules)
    if form.is_valid():
        locking.set_rules(found, rules=form.rules, by=request.user, now=request.now)
        messages.success(request, _("Đã lưu quy tắc khóa số liệu."))
        return redirect("portal:locks", campaign)
    of_rules = LockSuspension.objects.filter(rule__in=_all_rules(found)).select_related("by", "ended_by", "rule")
    pleas = _pleas(found)
    exceptions = found.lock_exceptions.select_related("assignment", "granted_by", "ended_by")
    page = {
        "campaign": found,
        "form": form,
        "lines": [_line(rule, request.now) for rule in rules],
        "pleas": pleas.waiting()[:ON_A_PAGE],
        "refused": pleas.refused().order_by("-pk")[:ON_A_PAGE],
        "suspensions": [(one, capfirst(in_words(one.rule.as_rule()))) for one in of_rules.order_by("-pk")[:ON_A_PAGE]],
        "page": Paginator(exceptions, ON_A_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "portal/locks.html", page, status=422 if form.errors else 200)


def _pleas(campaign: Campaign) -> LockPleaQuerySet:
    asked = LockPlea.objects.filter(assignment__campaign=campaign)
    return asked.select_related("assignment__campaign", "asked_by", "answered_by")


def _all_rules(campaign: Campaign) -> list[int]:
    """Those in force and those before them, by key."""
    every = LockRule.objects.filter(regime=campaign.regime_id) if campaign.is_round else campaign.lock_rules.all()
    return list(every.values_list("pk", flat=True))


def _line(rule: LockRule, now: datetime) -> Line:
    under_way = (one for one in rule.suspensions.all() if one.ends_at is None or one.ends_at > now)
    return Line(rule, capfirst(in_words(rule.as_rule())), next(under_way, None))


@require_http_methods(["GET", "POST"])
@holds(*MAY, on=access.owner)
def suspend(request: StaffRequest, campaign: int, rule: int) -> HttpResponse:
    """A rule locks nothing for a while."""
    found = _campaign(campaign)
    kept = get_object_or_404(rules_of(found), pk=rule)
    form = SuspendForm(request.POST or None)
    if form.is_valid():
        until, because = form.cleaned_data["until"], form.cleaned_data["because"]
        end = end_of(until) if until else None
        locking.suspend(kept, because=because, until=end, by=request.user, now=request.now)
        messages.success(request, _("Đã tạm ngừng quy tắc khóa."))
        return redirect("portal:locks", campaign)
    page = {"campaign": found, "form": form, "words": in_words(kept.as_rule())}
    return render(request, "portal/suspend_lock.html", page, status=422 if form.errors else 200)


@require_POST
@holds(*MAY, on=access.owner)
def resume(request: StaffRequest, campaign: int, rule: int) -> HttpResponse:
    """A suspended rule locks again."""
    kept = get_object_or_404(rules_of(_campaign(campaign)), pk=rule)
    locking.resume(kept, by=request.user, now=request.now)
    messages.success(request, _("Quy tắc khóa được áp dụng lại."))
    return redirect("portal:locks", campaign)


@require_http_methods(["GET", "POST"])
@holds(*MAY, on=access.owner)
def let_through(request: StaffRequest, campaign: int) -> HttpResponse:
    """A unit, a branch or everybody is let through until a day."""
    found = _campaign(campaign)
    shown_first = {"request_key": secrets.token_urlsafe(16), "unit": request.GET.get("don-vi", "")}
    form = LetThroughForm(request.POST or None, initial=shown_first, campaign=found, today=today(request))
    if form.is_valid():
        key = form.cleaned_data["request_key"]
        made = locking.let_through(found, leave=form.leave, request_key=key, by=request.user, now=request.now)
        whose = made.assignment.unit_name if made.assignment else _("mọi đơn vị")
        messages.success(request, _("Đã cấp ngoại lệ khóa số liệu cho %(unit)s.") % {"unit": whose})
        return redirect("portal:locks", campaign)
    return render(
        request, "portal/let_through.html", {"campaign": found, "form": form}, status=422 if form.errors else 200
    )


@require_POST
@holds(*MAY, on=access.owner)
def take_back(request: StaffRequest, campaign: int, exception: int) -> HttpResponse:
    """An exception ends before its time."""
    kept = get_object_or_404(LockException, pk=exception, campaign=campaign)
    locking.take_back(kept, by=request.user, now=request.now)
    messages.success(request, _("Đã thu hồi ngoại lệ."))
    return redirect("portal:locks", campaign)


@require_http_methods(["GET", "POST"])
@holds(*MAY, on=access.owner)
def plea(request: StaffRequest, campaign: int, plea: int) -> HttpResponse:
    """A unit asks for an exception: it is granted until a day, or refused with a word."""
    asked = get_object_or_404(_pleas(_campaign(campaign)), pk=plea)
    form = PleaAnswerForm(request.POST or None, initial={"until": localtime(asked.until).date()})
    if form.is_valid():
        try:
            return _said(request, _answer(request, asked, form))
        except Refused as no:
            form.add_error("until" if form.grants else "word", str(no))
    elif asked.answered_at:
        return _said(request, asked)
    page = {"campaign": asked.assignment.campaign, "plea": asked, "form": form}
    return render(request, "portal/plea.html", page, status=422 if form.errors else 200)


def _answer(request: StaffRequest, asked: LockPlea, form: PleaAnswerForm) -> LockPlea:
    word = form.cleaned_data["word"]
    if form.grants:
        until = end_of(form.cleaned_data["until"])
        return pleading.grant(asked, until=until, word=word, by=request.user, now=request.now)
    return pleading.refuse(asked, word=word, by=request.user, now=request.now)


def _said(request: StaffRequest, answered: LockPlea) -> HttpResponse:
    """How the plea stands now: somebody else may have answered it before."""
    given = _("Đã cấp ngoại lệ cho %(unit)s.") if answered.exception_id else _("Không cấp ngoại lệ cho %(unit)s.")
    messages.success(request, given % {"unit": answered.assignment.unit_name})
    return redirect("portal:locks", answered.assignment.campaign_id)
