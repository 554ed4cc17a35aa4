"""A form is drawn up; once its campaign has started it changes by versions, openly."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from lachan.campaigns import actions as campaigns
from lachan.campaigns.models import Campaign
from lachan.engine.checks import Check
from lachan.engine.report_form import FormDraft, Item, QuestionDraft
from lachan.engine.report_form.changes import Change, What, changes, settled
from lachan.foundation import audit
from lachan.foundation.refused import Refused
from lachan.orgs.models import Group, Person
from lachan.reporting import telling
from lachan.reporting.asking import put_to
from lachan.reporting.drafts import SETTINGS, draft_of, questions_of, tables_of
from lachan.reporting.models import Form, Obligation, Question, Revision, Table

State = Obligation.State
MOST_QUESTIONS = 500
PLACE = ("columns", "withdrawn_in", "table", "row", "column", "order", "section")


@transaction.atomic
def write_form(
    campaign: Campaign,
    *,
    title: str,
    questions: Sequence[Item],
    checks: Sequence[Check] = (),
    by: Person,
    now: datetime,
) -> Form:
    """The campaign's form, replacing what it was. Refused once the campaign has started."""
    if campaign.state != Campaign.State.DRAFT:
        raise Refused(_("Chiến dịch đã phát động. Muốn sửa biểu mẫu thì ban hành phiên bản mới."))
    draft = FormDraft(title, tuple(questions), tuple(checks)).coded()
    form, _created = Form.objects.get_or_create(campaign=campaign, defaults={"title": title})
    form.working = form.before = None
    lay_out(form, draft)
    audit.record("reporting.write_form", form, by=by, now=now, detail={"questions": len(list(draft.questions()))})
    return form


@dataclass(frozen=True)
class Terms:
    """What a new version asks of units whose return is sent up already, and why there is a new version."""

    why: str
    late: Revision.Late = Revision.Late.KEEP
    answer_by: datetime | None = None


@transaction.atomic
def revise(form: Form, draft: FormDraft, *, terms: Terms, by: Person, now: datetime) -> Revision:
    """A new version of a form that has been given out. Answers already given stay as they are.

    Returns not sent up yet follow the new version. Those sent up keep what they say; by `terms` their units may or must answer
    what is new. A question no longer asked stays in the tables with a mark. Refused without a change, without a reason, and
    before the campaign has started or after it has ended.
    """
    campaigns.take_turn(form.campaign)
    form = Form.objects.select_for_update().select_related("campaign").get(pk=form.pk)
    old = draft_of(form)
    draft = settled(draft, old)
    changed = changes(old, draft)
    _refuse_unless_revisable(form, draft, old, terms, now)
    form.version += 1
    form.working = form.before = None
    lay_out(form, draft)
    reworded = [change.code for change in changed if change.what is What.REWORDED]
    form.questions.filter(code__in=reworded).update(reworded_in=form.version)
    revision = Revision.objects.create(
        form=form,
        number=form.version,
        changes=[change.to_json() for change in changed],
        why=terms.why.strip(),
        late=terms.late,
        answer_by=terms.answer_by if terms.late != Revision.Late.KEEP else None,
        made_by=by,
        made_at=now,
    )
    _follow(form, revision, changed)
    telling.form_changed(revision)
    audit.record("reporting.revise_form", form, by=by, now=now, detail={"version": form.version, "why": revision.why})
    return revision


def _refuse_unless_revisable(form: Form, draft: FormDraft, old: FormDraft, terms: Terms, now: datetime) -> None:
    if form.campaign.state != Campaign.State.RUNNING:
        raise Refused(_("Chỉ ban hành phiên bản mới của biểu mẫu khi chiến dịch đang chạy."))
    if draft == old:
        raise Refused(_("Biểu mẫu chưa có gì thay đổi nên không có phiên bản mới."))
    if not terms.why.strip():
        raise Refused(_("Ghi lý do sửa biểu mẫu để các đơn vị biết."))
    if terms.late != Revision.Late.KEEP and (terms.answer_by is None or terms.answer_by <= now):
        raise Refused(_("Chọn hạn bổ sung sau hôm nay cho các đơn vị đã gửi báo cáo."))


def _follow(form: Form, revision: Revision, changed: Sequence[Change]) -> None:
    """What each unit owes is settled anew: open returns follow the form, sent ones only where more is asked of them."""
    open_ones = Q(state__in=[State.OWED, State.DRAFTED, State.SUBMITTED, State.SENT_BACK])
    put_to(form, form.obligations.filter(open_ones))
    added = {change.code for change in changed if change.what is What.ADDED}
    sent = form.obligations.exclude(open_ones)
    if revision.late == Revision.Late.KEEP or not added:
        return
    new = form.questions.filter(code__in=added)
    touched = put_to(form, sent, only=new)
    sent.filter(pk__in=touched).update(
        asked_again_by=revision.answer_by, asked_again_must=revision.late == Revision.Late.MUST
    )


def lay_out(form: Form, draft: FormDraft) -> None:
    """Write the questions of `draft`: those with a known code are changed, new ones made.

    Those no longer there are deleted while the campaign is being drafted, else withdrawn.
    """
    asked = list(draft.questions())
    if len(asked) > MOST_QUESTIONS:
        raise Refused(_("Biểu mẫu nhận tối đa %(most)s câu hỏi và ô trong bảng.") % {"most": MOST_QUESTIONS})
    codes = {question.code for question in asked}
    form.title = draft.title[:500]
    form.checks = [check.to_json() for check in draft.checks if set(check.keys) <= codes]
    form.save()
    tables = _write_tables(form, draft)
    _write_questions(form, list(questions_of(form, draft, tables)))
    gone = form.questions.exclude(code__in=codes).filter(withdrawn_in=None)
    if form.campaign.state == Campaign.State.DRAFT:
        gone.delete()
        form.tables.exclude(pk__in=[table.pk for table in tables.values()]).delete()
    else:
        gone.update(withdrawn_in=form.version)


def _write_tables(form: Form, draft: FormDraft) -> dict[str, Table]:
    written = {}
    for code, settings in tables_of(draft):
        written[code], _made = Table.objects.update_or_create(form=form, code=code, defaults=settings)
    return written


def _write_questions(form: Form, questions: Sequence[tuple[Question, QuestionDraft]]) -> None:
    """All of them in a fixed number of queries, with the groups that answer each."""
    Question.objects.bulk_update([one for one, _draft in questions if one.pk], [*SETTINGS, *PLACE])
    Question.objects.bulk_create([one for one, _draft in questions if not one.pk])
    through = Question.groups.through
    through.objects.filter(question__form=form, question__withdrawn_in=None).delete()
    known = set(Group.objects.values_list("pk", flat=True))
    through.objects.bulk_create(
        through(question_id=one.pk, group_id=group)
        for one, draft in questions
        for group in sorted(draft.group_codes & known)
    )
