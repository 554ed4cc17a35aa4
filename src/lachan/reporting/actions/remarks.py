"""The head or the level above remarks at single answers; the unit replies; the side that remarked settles it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from lachan.foundation import audit
from lachan.foundation.refused import Refused
from lachan.notices.actions import tell
from lachan.notices.models import Kind
from lachan.orgs.access import holders
from lachan.orgs.models import Person, Role, Unit
from lachan.reporting.models import Question, Remark, Return
from lachan.reporting.telling import news

LONGEST = 2000  # characters


@transaction.atomic
def remark(version: Return, *, question: Question, unit: Unit, text: str, by: Person, now: datetime) -> Remark:
    """Remark at one answer of the newest version, on behalf of `unit`: the return's own, or one above.

    The same words at the same answer twice are one remark. Refused for an older version.
    """
    text = text.strip()
    if not text or len(text) > LONGEST:
        raise Refused(_("Góp ý cần có nội dung, tối đa 2.000 ký tự."))
    obligation = version.obligation
    newest = obligation.latest()
    if newest != version:
        raise Refused(_("Đã có bản mới hơn. Mở bản mới để góp ý."))
    made, is_new = Remark.objects.get_or_create(
        obligation=obligation,
        question=question,
        version=version,
        unit=unit,
        text=text,
        settled_at=None,
        defaults={"by": by, "at": now},
    )
    if is_new:
        audit.record("reporting.remark", made, by=by, now=now, detail={"question": question.pk, "unit": unit.pk})
        words = gettext_noop("Có góp ý tại một ô của báo cáo")
        told = news(obligation, Kind.REMARK, words, key=f"remark:{made.pk}", remark=text)
        tell(holders([obligation.unit_id])[obligation.unit_id, Role.OFFICER] - {by.pk}, told, now=now)
    return made


@transaction.atomic
def reply(to: Remark, *, text: str, by: Person, now: datetime) -> Remark:
    """The unit answers a remark: in words, or with nothing but that the answer was mended."""
    to = Remark.objects.select_for_update(of=("self",)).select_related("obligation__form__campaign").get(pk=to.pk)
    if to.settled_at:
        raise Refused(_("Góp ý này đã được khép lại."))
    to.reply, to.replied_by, to.replied_at = text.strip()[:LONGEST] or _("Đã sửa."), by, now
    to.save(update_fields=["reply", "replied_by", "replied_at"])
    audit.record("reporting.reply", to, by=by, now=now)
    return to


@transaction.atomic
def settle(one: Remark, *, by: Person, now: datetime) -> Remark:
    """The side that remarked is content. Twice changes nothing."""
    one = Remark.objects.select_for_update().get(pk=one.pk)
    if one.settled_at is None:
        one.settled_by, one.settled_at = by, now
        one.save(update_fields=["settled_by", "settled_at"])
        audit.record("reporting.settle", one, by=by, now=now)
    return one
