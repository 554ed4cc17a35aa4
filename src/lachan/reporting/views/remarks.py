"""Remarks at single answers: made by the head and the level above, answered by the unit, settled by who made them."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lachan.foundation.http import key_in
from lachan.orgs.access import StaffRequest
from lachan.reporting.access import Case, Side, on_return
from lachan.reporting.actions import remarks
from lachan.reporting.models import Remark, Return
from lachan.reporting.views.returns import keep_typed
from lachan.reporting.views.versions import on_behalf_of, with_version


@require_POST
@on_return(Side.HEAD, Side.ABOVE)
@with_version
def make(request: StaffRequest, case: Case, version: Return) -> HttpResponse:
    """Remark at one answer of this version."""
    question = get_object_or_404(case.obligation.questions, pk=key_in(request.POST.get("question", "")))
    unit = on_behalf_of(case)
    remarks.remark(
        version, question=question, unit=unit, text=request.POST.get("text", ""), by=request.user, now=request.now
    )
    messages.success(request, _("Đã ghi góp ý. Đơn vị thấy ngay tại ô đó."))
    return redirect(f"{version.get_absolute_url()}#q{question.pk}")


@require_POST
@on_return(Side.OFFICER, Side.HEAD)
def reply(request: StaffRequest, case: Case, *, remark: int) -> HttpResponse:
    """The unit answers; what stands in the form is saved with it."""
    found = get_object_or_404(Remark, pk=remark, obligation=case.obligation)
    if case.obligation.is_open:
        keep_typed(request, case)
    remarks.reply(found, text=request.POST.get(f"reply_{found.pk}", ""), by=request.user, now=request.now)
    messages.success(request, _("Đã trả lời góp ý."))
    return redirect(f"{case.obligation.edit_url}#id_q{found.question_id}")


@require_POST
@on_return(Side.HEAD, Side.ABOVE)
def settle(request: StaffRequest, case: Case, *, remark: int) -> HttpResponse:
    """Whoever remarked is content: the head with what the unit's heads remarked, the level above with its own side's."""
    found = get_object_or_404(Remark.objects.select_related("version"), pk=remark, obligation=case.obligation)
    inside = found.unit_id == case.obligation.unit_id
    if (Side.HEAD if inside else Side.ABOVE) not in case.sides:
        raise PermissionDenied
    remarks.settle(found, by=request.user, now=request.now)
    messages.success(request, _("Đã khép lại góp ý."))
    newest = case.obligation.latest()
    return redirect(newest or case.obligation)
