"""An officer gives parts of the return to colleagues; they fill in theirs and say when they are done."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lachan.foundation.refused import Refused
from lachan.orgs.access import StaffRequest, today
from lachan.reporting.access import Case, Side, on_return
from lachan.reporting.actions import sharing
from lachan.reporting.models import Share
from lachan.reporting.share_form import ShareForm
from lachan.reporting.sharing import shares_shown
from lachan.reporting.views.returns import FILLING_IN, keep_typed


@on_return(Side.OFFICER, Side.HEAD)
def give(request: StaffRequest, case: Case) -> HttpResponse:
    """Who was given what, how far they are, and giving some more."""
    obligation = case.obligation
    form = ShareForm(request.POST or None, obligation=obligation, person=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            given = sharing.share(
                obligation,
                person=form.cleaned_data["person"],
                questions=form.questions,
                due_on=form.due,
                by=request.user,
                now=request.now,
            )
        except Refused as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, _("Đã giao cho %(name)s.") % {"name": given.person.name})
            return redirect("reporting:share", obligation.pk)
    page = {
        "obligation": obligation,
        "form": form,
        "shares": shares_shown(obligation),
        "own": obligation.unit.version_on(today(request)),
    }
    return render(request, "reporting/share.html", page, status=422 if form.errors else 200)


@require_POST
@on_return(Side.OFFICER, Side.HEAD)
def take_back(request: StaffRequest, case: Case, *, share: int) -> HttpResponse:
    """The part is no longer the colleague's."""
    given = get_object_or_404(Share.objects.select_related("person"), pk=share, obligation=case.obligation)
    sharing.take_back(given, by=request.user, now=request.now)
    messages.success(
        request, _("Đã thu hồi phần giao cho %(name)s. Nội dung đã điền vẫn còn.") % {"name": given.person.name}
    )
    return redirect("reporting:share", case.obligation.pk)


@require_POST
@on_return(*FILLING_IN)
def done(request: StaffRequest, case: Case) -> HttpResponse:
    """The colleague's part is done: what stands in the form is saved with it."""
    given = get_object_or_404(case.obligation.shares.in_force(), person=request.user)
    keep_typed(request, case)
    sharing.finish(given, by=request.user, now=request.now)
    messages.success(request, _("Đã báo xong phần của anh/chị. Cán bộ phụ trách sẽ xem và gửi báo cáo."))
    return redirect(case.obligation)
