"""Inviting the people named in a list of units that was written."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from lachan.accounts.actions.invitations import Invitee, invite_all
from lachan.engine.unit_list import Field, Verdict
from lachan.foundation.refused import Refused
from lachan.orgs.models import Person, Role, UnitList


@transaction.atomic
def invite_listed(written: UnitList, *, by: Person, now: datetime) -> int:
    """Officers named in the written rows get that role on their units. Gives how many links were sent; never one twice."""
    if written.state != UnitList.State.TAKEN:
        raise Refused(_("Ghi danh sách trước rồi mới mời cán bộ."))
    rows = written.rows.exclude(verdict=Verdict.FAULTY).filter(written__has_key=Field.PERSON_EMAIL)
    return sum(
        invite_all(
            [Invitee(row.written[Field.PERSON_EMAIL], row.written[Field.PERSON], Role.OFFICER)],
            unit=row.unit,
            by=by,
            now=now,
        )
        for row in rows.select_related("unit")
        if row.unit
    )
