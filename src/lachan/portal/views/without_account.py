"""Units that were given work and where nobody has an account: by e-mail, on paper, entered for them."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from lachan.campaigns.models import Assignment, Dispatch
from lachan.channels.models import Mail
from lachan.letters import mailing
from lachan.letters.models import Letter
from lachan.orgs.access import StaffRequest, holds, today
from lachan.orgs.models import Unit
from lachan.portal.paper_run import paper_run
from lachan.portal.work import debt
from lachan.reporting.access import STAFF
from lachan.reporting.actions.on_paper import without_account
from lachan.reporting.models import Obligation


def _giver(request: StaffRequest, dispatch: int) -> Unit:
    return get_object_or_404(Dispatch.objects.select_related("unit"), pk=dispatch).unit


def _dispatch(dispatch: int) -> Dispatch:
    return get_object_or_404(Dispatch.objects.select_related("letter__holder", "unit", "campaign"), pk=dispatch)


def _unreached(dispatch: Dispatch) -> list[Assignment]:
    """The assignments of units where nobody has an account, in Vietnamese order."""
    keys = without_account(list(dispatch.assignments.values_list("unit_id", flat=True)))
    found = dispatch.assignments.filter(unit__in=keys).select_related("unit", "obligation__counted__paper")
    return list(found.prefetch_related("papers"))


@dataclass(frozen=True)
class Line:
    """One unit, how it is reached, and what came back on paper."""

    assignment: Assignment
    mail: Mail | None

    @property
    def mail_state(self) -> str:
        """The state of the message for the design system."""
        if self.mail is None:
            return ""
        return {"waiting": "drafting", "sent": "submitted", "failed": "late"}[self.mail.state]

    @property
    def obligation(self) -> Obligation | None:
        return debt(self.assignment)


@require_GET
@holds(*STAFF, on=_giver)
def listed(request: StaffRequest, dispatch: int) -> HttpResponse:
    """The units, with what was sent to each and what came back."""
    found = _dispatch(dispatch)
    unreached = _unreached(found)
    mails = mailing.mails_of(found.letter, [one.unit for one in unreached])
    lines = [Line(one, mails.get(one.unit_id)) for one in unreached]
    context = {
        "dispatch": found,
        "version": found.unit.version_on(today(request)),
        "lines": lines,
        "to_mail": sum(1 for line in lines if line.assignment.unit.email and line.mail is None),
        "can_mail": found.letter.state == Letter.State.ISSUED,
    }
    return render(request, "portal/without_account.html", context)


@require_POST
@holds(*STAFF, on=_giver)
def mail(request: StaffRequest, dispatch: int) -> HttpResponse:
    """Send the letter by e-mail to every such unit that has an address. Those it went to are left out."""
    found = _dispatch(dispatch)
    units = [one.unit for one in _unreached(found) if one.unit.email]
    posted = mailing.mails_of(found.letter, units)
    fresh = [unit for unit in units if unit.pk not in posted]
    if fresh:
        mailing.mail(found.letter, fresh, by=request.user, now=request.now)
    said = ngettext(
        "Đã chuyển thư đến %(count)s đơn vị vào hộp gửi.", "Đã chuyển thư đến %(count)s đơn vị vào hộp gửi.", len(fresh)
    )
    messages.success(request, said % {"count": len(fresh)} if fresh else _("Không còn đơn vị nào chờ gửi thư."))
    return redirect("portal:without_account", dispatch)


@require_GET
@holds(*STAFF, on=_giver)
def paper(request: StaffRequest, dispatch: int) -> HttpResponse:
    """Everything to print for them as one PDF; `thu=khong` leaves out units that have an e-mail address."""
    found = _dispatch(dispatch)
    unreached = _unreached(found)
    if request.GET.get("thu") == "khong":
        unreached = [one for one in unreached if not one.unit.email]
    answer = HttpResponse(paper_run(found, unreached, today(request)), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="ban-giay-{found.pk}.pdf"'
    return answer
