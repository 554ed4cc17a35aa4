"""One's own notices: to read, to follow, to put aside; and how one wishes to get them."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lachan.channels.models import Mail
from lachan.foundation.http import Request, key_in, moment_in
from lachan.notices import actions, leaving
from lachan.notices.forms import WishesForm
from lachan.notices.models import Notice
from lachan.notices.shown import by_day
from lachan.orgs.access import StaffRequest, public, signed_in, today

ON_A_PAGE = 40


@require_GET
@signed_in
def listed(request: StaffRequest) -> HttpResponse:
    """All of one's notices, those not read first."""
    page = Paginator(Notice.objects.filter(person=request.user).unread_first(), ON_A_PAGE).get_page(
        request.GET.get("page")
    )
    newest = max((one.pk for one in page.object_list), default=0)
    context = {
        "page": page,
        "days": by_day(page.object_list, today(request)),
        "newest": newest,
        "drawn_at": request.now.isoformat(),
    }
    return render(request, "notices/listed.html", context)


@require_GET
@signed_in
def bell(request: StaffRequest) -> HttpResponse:
    """The bell of the header, asked for anew while a page stays open."""
    return render(request, "notices/bell.html")


@require_GET
@signed_in
def follow(request: StaffRequest, notice: int) -> HttpResponse:
    """To where something can be done about it. Whoever goes there has read it."""
    found = _own(request, notice)
    actions.read(request.user, [found.pk], now=request.now)
    return redirect(found.href)


@require_POST
@signed_in
def read(request: StaffRequest, notice: int) -> HttpResponse:
    """Puts one notice aside."""
    actions.read(request.user, [_own(request, notice).pk], now=request.now)
    return redirect("notices:listed")


@require_POST
@signed_in
def read_all(request: StaffRequest) -> HttpResponse:
    """Puts all aside that were there when the page was drawn."""
    newest, drawn_at = key_in(request.POST.get("den", "")), moment_in(request.POST.get("luc", ""))
    if newest is None or drawn_at is None:
        raise Http404
    count = actions.read_up_to(request.user, newest, drawn_at, now=request.now)
    messages.success(request, _("Đã đánh dấu %(count)s thông báo là đã đọc.") % {"count": count})
    return redirect("notices:listed")


@require_http_methods(["GET", "POST"])
@signed_in
def wishes(request: StaffRequest) -> HttpResponse:
    """How one wishes to get each kind of notice."""
    form = WishesForm(request.POST or None, ways=actions.ways_of(request.user))
    if form.is_valid():
        actions.choose(request.user, form.chosen, now=request.now)
        messages.success(request, _("Đã lưu cách nhận thông báo."))
        return redirect("notices:wishes")
    failed = Mail.objects.filter(to=request.user.email).lately_failed().first()
    return render(request, "notices/wishes.html", {"form": form, "failed": failed}, status=422 if form.errors else 200)


@csrf_exempt  # RFC 8058: the mail program posts for the reader, without our page; the signed address says who asks
@require_http_methods(["GET", "POST"])
@public
def stop_mail(request: Request, token: str) -> HttpResponse:
    """Stops mail of the kinds in the address, for the person it was sent to. Asks first; a mail program's one click need not."""
    asked = leaving.read(token)
    if asked is None:
        raise Http404
    if request.method == "POST":
        actions.stop_mail(asked.person, asked.kinds, now=request.now)
    return render(request, "notices/stop_mail.html", {"asked": asked, "done": request.method == "POST"})


def _own(request: StaffRequest, notice: int) -> Notice:
    return get_object_or_404(Notice, pk=notice, person=request.user)
