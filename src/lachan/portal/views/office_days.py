"""Days on which offices are off or at work, as the operator says besides the published ones."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from lachan.campaigns import actions
from lachan.campaigns.models import OfficeDay
from lachan.engine.working_days import published
from lachan.foundation import formats
from lachan.orgs.access import StaffRequest, holds, today
from lachan.orgs.models import Role


class OfficeDayForm(forms.Form):
    """One day."""

    day = forms.DateField(label=gettext_lazy("Ngày"))
    works = forms.BooleanField(
        label=gettext_lazy("Là ngày làm việc"),
        required=False,
        help_text=gettext_lazy("Ví dụ một ngày thứ Bảy làm bù. Không đánh dấu thì là ngày nghỉ."),
    )
    name = forms.CharField(
        label=gettext_lazy("Lý do"),
        max_length=200,
        help_text=gettext_lazy("Ví dụ: Nghỉ thay cho ngày 10/01/2026, theo thông báo của Bộ Nội vụ."),
    )


@require_http_methods(["GET", "POST"])
@holds(Role.OPERATOR)
def listed(request: StaffRequest) -> HttpResponse:
    """All days from this year on, and the form to add one."""
    form = OfficeDayForm(request.POST or None)
    if form.is_valid():
        known = actions.set_office_day(**form.cleaned_data, by=request.user, now=request.now)
        messages.success(request, _("Đã ghi ngày %(day)s.") % {"day": formats.day(known.day)})
        return redirect("portal:office_days")
    year = f"{today(request).year}"
    own = OfficeDay.objects.filter(day__year__gte=today(request).year)
    shown = sorted((one for one in published() if not one.once or one.day >= year), key=lambda one: one.day)
    context = {"form": form, "own": own, "published": shown}
    return render(request, "portal/office_days.html", context, status=422 if form.errors else 200)


@require_POST
@holds(Role.OPERATOR)
def remove(request: StaffRequest, day: int) -> HttpResponse:
    """Takes back what was said of a day."""
    actions.remove_office_day(get_object_or_404(OfficeDay, pk=day), by=request.user, now=request.now)
    return redirect("portal:office_days")
