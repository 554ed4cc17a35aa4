"""The level above clears up a doubt about a return, and says how."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from lachan.engine.doubts import Doubt
from lachan.foundation import audit
from lachan.foundation.refused import Refused
from lachan.orgs.models import Person
from lachan.reporting.doubts import marks_aside
from lachan.reporting.models import Question, Return, SecondLook, SetAside
from lachan.reporting.past import sentence

LONGEST = 500  # characters


@transaction.atomic
def set_aside(version: Return, *, mark: str, because: str, by: Person, now: datetime) -> SetAside:
    """Set a doubt about the version that counts aside, with the reason. It stays so until a number it rests on changes.

    Again it gives what was said the first time. Refused without a reason, and where there is no such doubt (any more).
    """
    because = because.strip()
    if not because or len(because) > LONGEST:
        raise Refused(_("Ghi rõ vì sao số liệu này đúng, tối đa 500 ký tự."))
    counted = SecondLook.objects.select_for_update(of=("self",)).filter(version__counted_for__isnull=False)
    found = counted.filter(version=version).first()
    known = SetAside.objects.filter(obligation=version.obligation_id, mark=mark).first()
    if known:
        return known
    doubt = next((one for one in found.doubts if one.mark == mark), None) if found else None
    if found is None or doubt is None:
        raise Refused(_("Điểm này không còn: số liệu đã đổi. Mở lại báo cáo để xem."))
    made = SetAside.objects.create(
        obligation_id=version.obligation_id,
        version=version,
        mark=mark,
        sentence=sentence(doubt, _name(doubt)),
        because=because,
        by=by,
        at=now,
    )
    aside = marks_aside([version.obligation_id])[version.obligation_id]
    found.open = sum(one.mark not in aside for one in found.doubts)
    found.save(update_fields=["open"])
    audit.record("reporting.doubt_set_aside", version, by=by, now=now, detail={"mark": mark, "because": because})
    return made


def _name(doubt: Doubt) -> str:
    return str(Question.objects.get(pk=doubt.key)) if doubt.key else ""
