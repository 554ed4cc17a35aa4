"""Returns that have come up from the level below, to be looked through and accepted."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from lachan.foundation.http import key_in
from lachan.orgs.access import StaffRequest, today
from lachan.reporting.access import Branch, on_branch
from lachan.reporting.actions import returns
from lachan.reporting.lists import Tab
from lachan.reporting.models import Obligation, Return

State = Obligation.State
PER_PAGE = 50
WRITTEN = Q(state__in=[State.OWED, State.DRAFTED, State.SUBMITTED])
LISTS = {
    "cho-nhan": (gettext_lazy("Chờ nhận"), Q(state=State.APPROVED, amendment=None)),
    "da-nhan": (gettext_lazy("Đã nhận"), Q(state=State.ACCEPTED)),
    "tra-lai": (gettext_lazy("Đã trả lại"), Q(state=State.SENT_BACK)),
    "dang-sua": (gettext_lazy("Đang sửa bản đã gửi"), Q(amendment__isnull=False) | Q(WRITTEN, counted__isnull=False)),
    "chua-gui": (gettext_lazy("Chưa gửi"), Q(WRITTEN, counted=None)),
    "duoc-mien": (gettext_lazy("Được miễn"), Q(state=State.EXCUSED)),
    "tat-ca": (gettext_lazy("Tất cả"), Q()),
}


@on_branch()
def listed(request: StaffRequest, branch: Branch) -> HttpResponse:
    """The returns of the units right below; those ticked are accepted together."""
    due = Obligation.objects.due_to(branch.campaign, branch.top)
    if request.method == "POST":
        _accept_ticked(request, branch, due)
        return redirect(request.get_full_path())
    chosen = request.GET.get("loc", "")
    chosen = chosen if chosen in LISTS else "cho-nhan"
    rows = (
        due.filter(LISTS[chosen][1])
        .select_related("assignment", "counted__paper", "counted__amendment", "counted__second_look")
        .in_order()
    )
    page = {
        "branch": branch,
        "tabs": _tabs(due, chosen),
        "chosen": chosen,
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "own": branch.unit.version_on(today(request)),
    }
    return render(request, "reporting/arriving.html", page)


def _tabs(due: QuerySet[Obligation], chosen: str) -> list[Tab]:
    counts = due.order_by().aggregate(
        **{key.replace("-", "_"): Count("pk", filter=of) for key, (_w, of) in LISTS.items()}
    )
    return [
        Tab(str(word), f"?loc={key}", counts[key.replace("-", "_")], key == chosen)
        for key, (word, _of) in LISTS.items()
    ]


def _accept_ticked(request: StaffRequest, branch: Branch, due: QuerySet[Obligation]) -> None:
    keys = [key for text in request.POST.getlist("version") if (key := key_in(text)) is not None]
    versions = list(Return.objects.filter(pk__in=keys, obligation__in=due).select_related("obligation__assignment"))
    accepted, refused = returns.accept_all(
        versions, unit=branch.acting or branch.unit, by=request.user, now=request.now
    )
    if accepted:
        said = ngettext("Đã nhận %(count)s báo cáo.", "Đã nhận %(count)s báo cáo.", len(accepted))
        messages.success(request, said % {"count": len(accepted)})
    for version, reason in refused:
        messages.error(request, f"{version.obligation.assignment.unit_name}: {reason}")
    if not versions:
        messages.info(request, _("Chưa chọn báo cáo nào. Đánh dấu các báo cáo cần nhận rồi bấm lại."))
