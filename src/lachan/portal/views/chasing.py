"""Pressing the units of a list, from where a campaign stands."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from lachan.campaigns import chasing as actions
from lachan.campaigns.models import AssignmentQuerySet, Chase
from lachan.engine.layout import to_xlsx
from lachan.foundation.http import key_in
from lachan.orgs.access import StaffRequest, today
from lachan.portal import chasing as shown
from lachan.portal.standing_filters import WORDS, Filters, filters_in
from lachan.reporting.access import Branch, on_branch
from lachan.reporting.exports import XLSX
from lachan.reporting.standing import under, without_people

ON_A_PAGE = 50
LONGEST_REMARK = 500


@dataclass(frozen=True)
class List:
    """The units of one list, and what they are pressed for."""

    branch: Branch
    filters: Filters
    units: AssignmentQuerySet
    about: Chase.About

    @property
    def address(self) -> str:
        return reverse("portal:chase", args=[self.branch.campaign.pk, self.branch.key]) + self.filters.query()


def _list(request: StaffRequest, branch: Branch) -> List:
    """The list that the address is of: the same words as on the page of the standing."""
    inside = under(branch.campaign, branch.top)
    filters = filters_in(request.GET, inside)
    if filters.state not in shown.ABOUT:
        raise Http404
    return List(branch, filters, inside.filter(filters.narrowing(request.now)), shown.ABOUT[filters.state])


@require_http_methods(["GET", "POST"])
@on_branch()
def chase(request: StaffRequest, branch: Branch) -> HttpResponse:
    """The units of a list with whom it would reach; posted, those ticked, or all, are told."""
    asked = _list(request, branch)
    if request.method == "POST":
        remark = request.POST.get("loi_nhan", "").strip()
        units = asked.units
        if "tat_ca" not in request.POST:
            units = units.filter(pk__in=[key for text in request.POST.getlist("don_vi") if (key := key_in(text))])
        keys = list(units.values_list("pk", flat=True))
        trouble = _trouble(keys, remark)
        if trouble:
            return _page(request, asked, remark=remark, trouble=trouble)
        done = actions.chase(branch.campaign, keys, about=asked.about, remark=remark, by=request.user, now=request.now)
        messages.success(request, shown.outcome(done))
        return redirect(asked.address)
    return _page(request, asked)


def _trouble(keys: list[int], remark: str) -> str:
    if not keys:
        return _("Chưa chọn đơn vị nào để đôn đốc. Hãy chọn ít nhất một đơn vị.")
    if len(remark) > LONGEST_REMARK:
        return _("Lời nhắn dài %(length)s ký tự. Hãy rút gọn còn tối đa %(most)s ký tự.") % {
            "length": len(remark),
            "most": LONGEST_REMARK,
        }
    return ""


def _page(request: StaffRequest, asked: List, *, remark: str = "", trouble: str = "") -> HttpResponse:
    reachable = shown.with_last(asked.units.exclude(without_people()), asked.about)
    page = Paginator(reachable, ON_A_PAGE).get_page(request.GET.get("page"))
    left = reachable.filter(Q(last_chased=None) | Q(last_chased__date__lt=today(request)))
    to_call = shown.to_call(asked.units)
    campaign, top = asked.branch.campaign, asked.branch.top
    standing = reverse("portal:standing", args=[campaign.pk, *([top.pk] if top else [])])
    context = {
        "campaign": campaign,
        "top": top,
        "word": WORDS[asked.filters.state],
        "address": asked.address,
        "standing": standing + asked.filters.query(xem="danh-sach"),
        "page": page,
        "units": shown.pressed(list(page), request.now),
        "left": left.exists(),
        "to_call": to_call[:ON_A_PAGE],
        "to_call_in_all": to_call.count(),
        "sheet": reverse("portal:call_sheet", args=[campaign.pk, asked.branch.key]) + asked.filters.query(),
        "remark": remark,
        "trouble": trouble,
        "longest": LONGEST_REMARK,
        "is_running": campaign.state == campaign.State.RUNNING,
    }
    return render(request, "portal/chase.html", context, status=422 if trouble else 200)


@require_GET
@on_branch()
def call_sheet(request: StaffRequest, branch: Branch) -> HttpResponse:
    """The units of the list that must be called, as a spreadsheet."""
    asked = _list(request, branch)
    sheet = shown.call_sheet(asked.units, title=branch.campaign.name, about=asked.about, now=request.now)
    answer = HttpResponse(to_xlsx((sheet,)), content_type=XLSX)
    answer["Content-Disposition"] = 'attachment; filename="can-goi-dien.xlsx"'
    return answer
