"""An officer gives lines of the unit's return to a colleague, and takes them back."""

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from lachan.foundation import audit
from lachan.foundation.refused import Refused
from lachan.notices.actions import tell
from lachan.notices.models import Kind
from lachan.orgs.models import Grant, Person
from lachan.reporting.models import Obligation, Share
from lachan.reporting.telling import news


@transaction.atomic
def share(
    obligation: Obligation,
    *,
    person: Person,
    questions: Collection[int],
    due_on: date | None,
    by: Person,
    now: datetime,
) -> Share:
    """Ask a colleague to answer these questions by a day; what was given to them before is replaced.

    Refused for somebody without a role in the unit, without a question, past days, and once the return was sent up.
    """
    obligation = Obligation.objects.select_for_update(of=("self",)).for_page().get(pk=obligation.pk)
    if not obligation.is_open:
        raise Refused(_("Báo cáo đã gửi cấp trên nên không phân công được nữa."))
    if not Grant.objects.in_force().filter(person=person, unit=obligation.unit_id).exists():
        raise Refused(_("%(name)s không có vai trò nào ở đơn vị này.") % {"name": person.name})
    asked = list(obligation.questions.filter(pk__in=questions))
    if not asked:
        raise Refused(_("Chọn ít nhất một mục để giao."))
    if due_on and due_on < localdate(now):
        raise Refused(_("Hạn phân công đã qua. Chọn hôm nay hoặc một ngày sau đó."))
    given, _made = Share.objects.update_or_create(
        obligation=obligation,
        person=person,
        ended_at=None,
        defaults={"due_on": due_on, "given_by": by, "given_at": now, "done_at": None},
    )
    given.questions.set(asked)
    audit.record("reporting.share", given, by=by, now=now, detail={"questions": [one.pk for one in asked]})
    words = gettext_noop("Anh/chị được giao điền một phần báo cáo")
    tell({person.pk} - {by.pk}, news(obligation, Kind.REMARK, words, key=f"share:{given.pk}:{now:%s}"), now=now)
    return given


@transaction.atomic
def finish(given: Share, *, by: Person, now: datetime) -> Share:
    """The colleague says that their part is done; whoever gave it learns so. Twice changes nothing."""
    given = Share.objects.select_for_update(of=("self",)).select_related("person").get(pk=given.pk)
    if given.ended_at or given.done_at:
        return given
    given.done_at = now
    given.save(update_fields=["done_at"])
    audit.record("reporting.finish_share", given, by=by, now=now)
    obligation = Obligation.objects.for_page().get(pk=given.obligation_id)
    words = gettext_noop("Đồng nghiệp đã điền xong phần được giao")
    told = news(obligation, Kind.REMARK, words, key=f"share_done:{given.pk}:{now:%s}", remark=given.person.name)
    tell({given.given_by_id} - {by.pk}, told, now=now)
    return given


@transaction.atomic
def take_back(given: Share, *, by: Person, now: datetime) -> Share:
    """The lines are no longer the colleague's; what they typed stays in the draft. Twice changes nothing."""
    given = Share.objects.select_for_update().get(pk=given.pk)
    if given.ended_at is None:
        given.ended_at = now
        given.save(update_fields=["ended_at"])
        audit.record("reporting.take_back_share", given, by=by, now=now)
    return given
