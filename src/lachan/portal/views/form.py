"""A campaign's report form: the editor, the preview, a new version of it."""

from collections.abc import Callable
from functools import partial

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from lachan.campaigns.models import Campaign
from lachan.campaigns.office import closing_time
from lachan.engine.drafts import Draft
from lachan.engine.report_form import FormDraft, Item
from lachan.engine.report_form.lines import questions_in
from lachan.engine.report_form.steps import STEPS, insert, item_of, mark, put, with_check
from lachan.foundation.http import key_in
from lachan.foundation.refused import Refused
from lachan.letters.reading import from_json
from lachan.orgs.access import StaffRequest, holds
from lachan.orgs.models import Role
from lachan.portal import filled_from
from lachan.portal.access import owner
from lachan.portal.form_items import FORMS, NEW, CheckForm, ItemForm, differences, kind_of, shown
from lachan.portal.form_page import FormPage
from lachan.portal.recipients import AddressBook
from lachan.portal.setup_draft import form_items
from lachan.reporting.actions import editing
from lachan.reporting.actions.forms import Terms, revise
from lachan.reporting.drafts import draft_of, to_look_at
from lachan.reporting.forms import ReturnForm
from lachan.reporting.lists import Tab
from lachan.reporting.models import Form, Obligation, Revision
from lachan.reporting.return_page import chapters

EDITING = (Role.COORDINATOR, Role.OFFICER, Role.HEAD)
Step = Callable[[FormDraft], FormDraft]


def _page(campaign: int) -> FormPage:
    """The campaign's form; Http404 when it has none, or has ended."""
    form = get_object_or_404(
        Form.objects.select_related("campaign__owner", "campaign__letter", "edited_by"), campaign=campaign
    )
    return FormPage(form.campaign, form)


@require_http_methods(["GET", "POST"])
@holds(*EDITING, on=owner)
def form(request: StaffRequest, campaign: int) -> HttpResponse:
    """Every item of the form, with what can be done to it."""
    page = _page(campaign)
    if request.method == "POST":
        return _stepped(request, page)
    earlier = Form.objects.filter(campaign__owner=page.campaign.owner).exclude(pk=page.form.pk)
    context = {
        "page": page,
        "campaign": page.campaign,
        "is_draft": page.campaign.state == Campaign.State.DRAFT,
        "is_closed": page.campaign.state == Campaign.State.CLOSED,
        "new": NEW,
        "earlier": earlier.select_related("campaign").order_by("-campaign_id")[:20],
        "revisions": page.form.revisions.select_related("made_by"),
        "typed": request.session.pop(_typed_key(campaign), ""),
    }
    return render(request, "portal/form.html", context)


def _typed_key(campaign: int) -> str:
    return f"form-lines-{campaign}"


def _stepped(request: StaffRequest, page: FormPage) -> HttpResponse:
    verb, _colon, code = request.POST.get("step", "").partition(":")
    by, now = request.user, request.now
    try:
        if verb == "undo":
            editing.take_back(page.form, edits=key_in(request.POST.get("edits", "")) or 0, by=by, now=now)
        elif verb == "discard":
            editing.discard(page.form, by=by, now=now)
        else:
            step = _step(request, page, verb, code)
            about = (code, request.POST.get("seen", "")) if verb == "remove" else None
            editing.edit(page.form, step, about=about, by=by, now=now)
    except Refused as refused:
        request.session[_typed_key(page.campaign.pk)] = request.POST.get("lines", "")[:20_000]
        messages.error(request, str(refused))
    there = f"#muc-{code}" if verb in ("up", "down", "duplicate") else "#bieu-mau"
    return redirect(f"{reverse('portal:form', args=[page.campaign.pk])}{there}")


def _step(request: StaffRequest, page: FormPage, verb: str, code: str) -> Step:
    if verb in STEPS:
        return lambda draft: STEPS[verb](draft, code)
    if verb == "title":
        return lambda draft: FormDraft(
            request.POST.get("title", "").strip()[:500] or draft.title, draft.items, draft.checks
        )
    if verb == "paste":
        asked = list(questions_in(request.POST.get("lines", "")[:20_000]))
        if not asked:
            raise Refused(_("Chưa có dòng nào để thêm. Dán hoặc gõ mỗi dòng một câu hỏi."))
        return lambda draft: insert(draft, asked)
    if verb == "copy":
        mine = Form.objects.filter(campaign__owner=page.campaign.owner)
        return _replaced(draft_of(get_object_or_404(mine, pk=key_in(request.POST.get("from", "")))))
    if verb == "appendix":
        return _replaced(_appendix(page.campaign))
    raise Http404


def _replaced(new: FormDraft) -> Step:
    return lambda draft: FormDraft(draft.title, new.items, new.checks)


def _appendix(campaign: Campaign) -> FormDraft:
    """The form as it was read from the letter."""
    book = AddressBook(campaign.owner, campaign.letter.day)
    return FormDraft("", form_items(from_json(campaign.letter.reading), book)).coded()


@require_http_methods(["GET", "POST"])
@holds(*EDITING, on=owner)
def item(request: StaffRequest, campaign: int, code: str) -> HttpResponse:
    """One item: changed, or (a code that names a kind of item) added."""
    page = _page(campaign)
    before = item_of(page.draft, code)
    if before is None and code not in FORMS and request.method == "GET":
        raise Http404
    kind = kind_of(before) if before else request.POST.get("item", code)
    if kind not in FORMS:
        raise Http404
    if request.method == "POST":
        return _item_posted(request, page, code, FORMS[kind](request.POST, groups=page.group_choices))
    first = shown(before) if before else {"required": kind in ("cau-hoi", "bang")}
    return _item_page(request, page, before, FORMS[kind](initial=first, groups=page.group_choices), kind=kind)


def _item_posted(request: StaffRequest, page: FormPage, code: str, form: ItemForm) -> HttpResponse:
    before = item_of(page.draft, code)
    kind = next(name for name, made in FORMS.items() if type(form) is made)
    if not form.is_valid():
        return _item_page(request, page, before, form, kind=kind, status=422)
    typed = form.item(before)
    about = (code, request.POST.get("seen", "")) if code not in FORMS else None
    try:
        editing.edit(page.form, partial(put, item=typed), about=about, by=request.user, now=request.now)
    except editing.Overtaken as refused:
        overtaken = FormPage(page.campaign, refused.form)
        return _item_page(request, overtaken, refused.item, form, kind=kind, status=409)
    messages.success(request, _("Đã lưu."))
    return redirect(f"{reverse('portal:form', args=[page.campaign.pk])}#muc-{code}")


def _item_page(
    request: StaffRequest, page: FormPage, before: Item | None, form: ItemForm, *, kind: str, status: int = 200
) -> HttpResponse:
    """The controls; when somebody else changed the item meanwhile (409), what it is now beside what was typed."""
    overtaken = status == 409
    context = {
        "page": page,
        "campaign": page.campaign,
        "item": before,
        "bound": form,
        "kind": kind,
        "title": NEW[kind] if before is None and not overtaken else _("Sửa mục trong biểu mẫu"),
        "seen": mark(before),
        "overtaken": overtaken,
        "differences": differences(form, before) if overtaken and before else [],
        "from_activities": filled_from.FIELDS,
        "folded": ("help_text", "measure", "minimum", "maximum", "beyond", "groups", "sum_row", "sum_column"),
    }
    return render(request, "portal/form_item.html", context, status=status)


@require_http_methods(["GET", "POST"])
@holds(*EDITING, on=owner)
def check(request: StaffRequest, campaign: int) -> HttpResponse:
    """A check between answers is added."""
    page = _page(campaign)
    bound = CheckForm(request.POST or None, draft=page.draft)
    if bound.is_bound and bound.is_valid():
        step = partial(with_check, check=bound.check())
        editing.edit(page.form, step, by=request.user, now=request.now)
        messages.success(request, _("Đã thêm quy tắc kiểm tra."))
        return redirect(f"{reverse('portal:form', args=[campaign])}#quy-tac")
    context = {"page": page, "campaign": page.campaign, "bound": bound}
    return render(request, "portal/form_check.html", context, status=422 if bound.errors else 200)


class VersionForm(forms.Form):
    """Why there is a new version, and what becomes of returns already sent up."""

    why = forms.CharField(
        label=gettext_lazy("Lý do sửa"),
        max_length=1000,
        help_text=gettext_lazy("Các đơn vị đọc nguyên văn."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    late = forms.ChoiceField(
        label=gettext_lazy("Đơn vị đã gửi báo cáo"),
        choices=Revision.Late.choices,
        initial=Revision.Late.KEEP,
        widget=forms.RadioSelect,
    )
    answer_by = forms.DateField(label=gettext_lazy("Bổ sung trước ngày"), required=False)

    def terms(self) -> Terms:
        """What was typed."""
        day = self.cleaned_data["answer_by"]
        late = Revision.Late(self.cleaned_data["late"])
        return Terms(self.cleaned_data["why"], late, closing_time(day) if day else None)


@require_http_methods(["GET", "POST"])
@holds(*EDITING, on=owner)
def version(request: StaffRequest, campaign: int) -> HttpResponse:
    """A new version is issued: what changes, why, and for whom."""
    page = _page(campaign)
    bound = VersionForm(request.POST or None)
    if bound.is_bound and bound.is_valid():
        try:
            made = revise(page.form, page.draft, terms=bound.terms(), by=request.user, now=request.now)
        except Refused as refused:
            bound.add_error(None, str(refused))
        else:
            messages.success(
                request, _("Đã ban hành phiên bản %(number)s và báo cho các đơn vị.") % {"number": made.number}
            )
            return redirect("portal:form", campaign)
    owed = page.form.obligations.exclude(state=Obligation.State.EXCUSED)
    sent = owed.filter(state__in=[Obligation.State.APPROVED, Obligation.State.ACCEPTED]).count()
    context = {"page": page, "campaign": page.campaign, "bound": bound, "sent": sent, "open": owed.count() - sent}
    return render(request, "portal/form_version.html", context, status=422 if bound.errors else 200)


@require_GET
@holds(*EDITING, on=owner)
def preview(request: StaffRequest, campaign: int) -> HttpResponse:
    """The form as one kind of unit will see it; to be printed as a blank form."""
    page = _page(campaign)
    chosen = next((one for one in page.per_kind if one.kind.pk == request.GET.get("loai")), None)
    chosen = chosen or next(iter(page.per_kind), None)
    every = to_look_at(page.form, page.draft)
    questions = [one for one in every if chosen is None or one.code in chosen.codes]
    context = {
        "page": page,
        "campaign": page.campaign,
        "chosen": chosen,
        "tabs": [Tab(one.kind.name, f"?loai={one.kind.pk}", len(one.codes), one == chosen) for one in page.per_kind],
        "chapters": chapters(questions),
        "controls": ReturnForm(questions, draft=Draft(), names={}).controls(),
    }
    return render(request, "portal/form_preview.html", context)
