"""A form in the editor: changed step by step, by several people at once, each step to be taken back."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from lachan.campaigns import actions as campaigns
from lachan.campaigns.models import Campaign
from lachan.engine.report_form import FormDraft, Item
from lachan.engine.report_form.steps import item_of, mark
from lachan.foundation import audit
from lachan.foundation.refused import Refused
from lachan.orgs.models import Person
from lachan.reporting.actions.forms import lay_out
from lachan.reporting.drafts import draft_of
from lachan.reporting.models import Form


class Overtaken(Refused):
    """Somebody else changed the same item since the page was opened: `item` is what it is now, None when it is gone."""

    def __init__(self, form: Form, item: Item | None) -> None:
        super().__init__(_("Người khác vừa sửa mục này. Nội dung anh/chị nhập vẫn còn; xem lại rồi lưu."))
        self.form, self.item = form, item


def in_editor(form: Form) -> FormDraft:
    """The form as it stands in the editor."""
    return FormDraft.from_json(form.working) if form.working else draft_of(form)


@transaction.atomic
def edit(
    form: Form,
    step: Callable[[FormDraft], FormDraft],
    *,
    about: tuple[str, str] | None = None,
    by: Person,
    now: datetime,
) -> Form:
    """Change the form in the editor. While its campaign is being drafted that is the form; later it waits to be issued.

    `about`: the code of the item the step is about and its mark as the page had shown it; Overtaken when that is not as it is
    now. Refused once the campaign has ended.
    """
    form = _locked(form)
    old = in_editor(form)
    if about and mark(item_of(old, about[0])) != about[1]:
        raise Overtaken(form, item_of(old, about[0]))
    new = step(old).coded()
    if new != old:
        _keep(form, new, before=old, by=by, now=now)
    return form


@transaction.atomic
def take_back(form: Form, *, edits: int, by: Person, now: datetime) -> Form:
    """The form as it was before its last step. Refused when somebody has changed it since the page was shown."""
    form = _locked(form)
    if form.edits != edits or not form.before:
        raise Refused(_("Biểu mẫu đã được sửa tiếp nên không hoàn tác được bước đó."))
    _keep(form, FormDraft.from_json(form.before), before=None, by=by, now=now)
    return form


@transaction.atomic
def discard(form: Form, *, by: Person, now: datetime) -> Form:
    """Drop the changes that were not issued: the editor shows the form as the units have it."""
    form = _locked(form)
    if form.campaign.state != Campaign.State.DRAFT and form.working:
        form.before, form.working = form.working, None
        form.edits += 1
        form.save()
        audit.record("reporting.discard_form_edits", form, by=by, now=now)
    return form


def _keep(form: Form, draft: FormDraft, *, before: FormDraft | None, by: Person, now: datetime) -> None:
    form.before, form.working = before.to_json() if before else None, draft.to_json()
    form.edits += 1
    form.edited_by, form.edited_at = by, now
    if form.campaign.state == Campaign.State.DRAFT:
        lay_out(form, draft)
    form.save()
    audit.record("reporting.edit_form", form, by=by, now=now, detail={"edit": form.edits})


def _locked(form: Form) -> Form:
    campaigns.take_turn(form.campaign)  # a step taken while the campaign starts is a change of what was given out
    locked = Form.objects.select_for_update(of=("self",)).select_related("campaign", "edited_by").get(pk=form.pk)
    if locked.campaign.state == Campaign.State.CLOSED:
        raise Refused(_("Chiến dịch đã kết thúc nên không sửa biểu mẫu nữa."))
    return locked
