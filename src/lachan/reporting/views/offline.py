"""A return filled in without a network: the file to take away, and the filled file to bring back."""

import hashlib

from django import forms
from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lachan.engine.offline_form import NotTaken, OfflineForm, Reason, read_filled, to_docx, to_xlsx
from lachan.foundation.refused import Refused
from lachan.orgs.access import StaffRequest, today
from lachan.reporting import offline
from lachan.reporting.access import Case, Side, on_return
from lachan.reporting.actions.offline import take_in, taken_in
from lachan.reporting.exports import XLSX
from lachan.reporting.models import Question

FILLING_IN = (Side.OFFICER, Side.HEAD, Side.COLLEAGUE)
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
KINDS = {"xlsx": (to_xlsx, XLSX), "docx": (to_docx, DOCX)}
SALT = "a filled file to be confirmed"


class FileForm(forms.Form):
    """The file that was filled in."""

    file = forms.FileField(
        label=gettext_lazy("Tệp đã điền"),
        help_text=gettext_lazy("Tệp XLSX hoặc DOCX đã tải từ trang này, tối đa 10 MB."),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.docx"}),
        error_messages={"required": gettext_lazy("Chọn tệp đã điền để đưa lên.")},
    )


@require_GET
@on_return(*FILLING_IN)
def take_away(request: StaffRequest, case: Case, kind: str) -> HttpResponse:
    """The form with what stands in the draft, as XLSX or DOCX."""
    if kind not in KINDS:
        raise Http404
    if not case.obligation.is_open:
        return redirect(case.obligation)
    write, content_type = KINDS[kind]
    form = _form(request, case, case.asked())
    answer = HttpResponse(write(form, offline.secret()), content_type=content_type)
    name = slugify(form.unit.replace("đ", "d").replace("Đ", "D"))
    answer["Content-Disposition"] = f'attachment; filename="bieu-mau-{name}.{kind}"'
    return answer


@require_http_methods(["GET", "POST"])
@on_return(*FILLING_IN)
def bring(request: StaffRequest, case: Case) -> HttpResponse:
    """Where a filled file is brought; then what it would change, beside what stands in the draft, and what is wrong in it."""
    if not case.obligation.is_open:
        return redirect(case.obligation)
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    if request.method == "POST":
        try:
            return _read(request, case, form)
        except NotTaken as no:
            form.errors.pop("file", None)
            form.add_error("file", no.said.translated(_))
    return render(request, "reporting/offline.html", _page(case, form=form), status=422 if form.errors else 200)


def _read(request: StaffRequest, case: Case, form: FileForm) -> HttpResponse:
    if getattr(request, "too_large", False):
        raise NotTaken(Reason.TOO_LARGE)
    if not form.is_valid():
        return render(request, "reporting/offline.html", _page(case, form=form), status=422)
    data = form.cleaned_data["file"].read()
    name = f"tep-{hashlib.sha256(data).hexdigest()[:40]}"
    asked = case.asked()
    made_of = _form(request, case, asked)
    filled = read_filled(data, made_of, offline.secret())
    changed = offline.differences(case.obligation, asked, made_of, filled)
    sent = {"file": name, "of": case.obligation.pk, "typed": offline.packed(changed, case.obligation, filled)}
    page = {
        "changed": changed,
        "disputed": sum(one.disputed for one in changed),
        "problems": [(one.key, offline.told(one)) for one in filled.problems],
        "taken_before": taken_in(case.obligation, name),
        "sent": signing.dumps(sent, salt=SALT, compress=True),
    }
    return render(request, "reporting/offline_read.html", _page(case, **page))


@require_POST
@on_return(*FILLING_IN)
def take(request: StaffRequest, case: Case) -> HttpResponse:
    """Put into the draft what was shown of a file."""
    try:
        sent = signing.loads(request.POST.get("sent", ""), salt=SALT)
    except signing.BadSignature:
        sent = {}
    if sent.get("of") != case.obligation.pk:
        raise Refused(_("Nội dung gửi lên không còn nguyên vẹn nên chưa lưu gì. Hãy đưa lại tệp lên."))
    typed, page = offline.unpacked(sent["typed"], sent["file"], [question.key for question in case.asked()])
    if take_in(case.obligation, typed=typed, page=page, by=request.user, now=request.now):
        told = ngettext("Đã đưa %(count)s ô vào bản nháp.", "Đã đưa %(count)s ô vào bản nháp.", len(typed))
        messages.success(request, told % {"count": len(typed)})
    else:
        messages.info(request, _("Tệp này đã được đưa vào bản nháp từ trước nên không thay đổi gì."))
    return redirect(case.obligation.edit_url)


def _form(request: StaffRequest, case: Case, asked: list[Question]) -> OfflineForm:
    return offline.form_of(case.obligation, asked, case.obligation.unit.version_on(today(request)))


def _page(case: Case, **more: object) -> dict[str, object]:
    return {"case": case, "obligation": case.obligation, **more}
