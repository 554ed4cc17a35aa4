"""The set-up screen: a letter on the left, the campaign it becomes on the right."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lachan.campaigns.models import Campaign
from lachan.foundation.formats import moment
from lachan.foundation.refused import Refused
from lachan.letters.models import Letter
from lachan.orgs.access import StaffRequest, holds, today
from lachan.orgs.models import Role, Unit
from lachan.portal import setup as actions
from lachan.portal.recipients import AddressBook
from lachan.portal.setup_page import FOUND_AT_ONCE, SetupPage
from lachan.portal.setup_shown import SetupShown
from lachan.portal.setup_steps import stepped

PREPARING = (Role.COORDINATOR, Role.OFFICER, Role.HEAD)


def _holder(request: StaffRequest, letter: int) -> Unit:
    return get_object_or_404(Letter.objects.select_related("holder"), pk=letter).holder


@require_http_methods(["GET", "POST"])
@holds(*PREPARING, on=_holder)
def setup(request: StaffRequest, letter: int) -> HttpResponse:
    """Look over what was read, settle the recipients, save, start."""
    found = get_object_or_404(Letter.objects.select_related("holder"), pk=letter)
    if found.state not in (Letter.State.READ, Letter.State.CHECKED):
        return redirect("letters:letter", letter)
    book = AddressBook(found.holder, found.day)
    campaign = actions.open_setup(found, book, by=request.user, now=request.now)
    if campaign.state != Campaign.State.DRAFT:
        return redirect("portal:campaign", campaign.pk)
    if request.method == "POST":
        return _posted(request, campaign, book)
    return _shown(request, SetupPage(campaign, book, request.now))


def _posted(request: StaffRequest, campaign: Campaign, book: AddressBook) -> HttpResponse:
    step = request.POST.get("step", "save")
    page = SetupPage(campaign, book, request.now, stepped(request.POST, step, book, today(request)))
    if step.startswith("search:"):
        row = step.partition(":")[2]
        page.found[row] = book.search(request.POST.get(f"addressee-{row}-q", ""), FOUND_AT_ONCE)
    if not page.is_valid:
        return _shown(request, page, status=422)
    _tell_of_others(request, campaign)
    actions.save(page, by=request.user, now=request.now)
    if step == "start":
        return _start(request, campaign)
    if step == "form":
        return redirect("portal:form", campaign.pk)
    if step == "save":
        messages.success(request, _("Đã lưu chiến dịch đang soạn."))
        return redirect("portal:setup", campaign.letter_id)
    return _shown(request, page)


def _tell_of_others(request: StaffRequest, campaign: Campaign) -> None:
    """Say when somebody else has saved since this page was opened: what is saved now takes the place of theirs."""
    last = actions.last_saved_by(campaign)
    if request.POST.get("seen", "") != actions.fingerprint(campaign) and last and last.by_id != request.user.pk:
        messages.warning(
            request,
            _(
                "%(name)s đã lưu chiến dịch này lúc %(moment)s, sau khi anh/chị mở trang. Bản vừa lưu của anh/chị thay bản đó."
            )
            % {"name": last.by_name, "moment": moment(last.at)},
        )


def _start(request: StaffRequest, campaign: Campaign) -> HttpResponse:
    try:
        actions.start(campaign, by=request.user, now=request.now)
    except Refused as no:
        messages.error(request, _("Đã lưu, nhưng chưa phát động được. %(reason)s") % {"reason": no})
        return redirect("portal:setup", campaign.letter_id)
    messages.success(request, _("Đã phát động chiến dịch và giao đến các đơn vị."))
    return redirect("portal:campaign", campaign.pk)


def _shown(request: StaffRequest, page: SetupPage, status: int = 200) -> HttpResponse:
    context = {
        "page": page,
        "shown": SetupShown(page),
        "letter": page.campaign.letter,
        "owner": page.book.version,
        "seen": actions.fingerprint(page.campaign),
    }
    return render(request, "portal/setup.html", context, status=status)
