"""Somebody leaves a unit, or altogether. Nothing they wrote is lost or renamed."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from lachan.accounts import held
from lachan.accounts.actions.sessions import end_sessions
from lachan.accounts.models import Invitation
from lachan.foundation import audit
from lachan.foundation.refused import Refused
from lachan.orgs import actions as orgs
from lachan.orgs.access import answers_for, grantable, roles_on
from lachan.orgs.models import Grant, Person, Role, Unit


@dataclass(frozen=True)
class Leaving:
    """How somebody leaves: to whom they hand over, whether that person gets their roles too, whether the account closes."""

    to: Person | None = None
    with_roles: bool = False
    closes: bool = False


@transaction.atomic
def leave_unit(person: Person, unit: Unit, leaving: Leaving, *, by: Person, now: datetime) -> None:
    """The roles of `person` on `unit` end, what they hold passes on, and they are signed out everywhere at once.

    Who has a role elsewhere signs in again. Refused where `by` may not end every role there, or may not close the account.
    """
    grants = list(Grant.objects.select_for_update(of=["self"]).filter(person=person, unit=unit, ended_at=None))
    if not grants:
        return
    _refuse_unless_allowed(person, unit, grants, leaving, by=by, now=now)
    if leaving.to:
        held.hand_over(person, leaving.to, unit, by=by, now=now)
        for grant in grants if leaving.with_roles else []:
            orgs.grant_role(leaving.to, Role(grant.role), unit, by=by, now=now)
    for grant in grants:
        orgs.end_role(grant, by=by, now=now)
    if leaving.closes:
        orgs.close_account(person, by=by, now=now)
    if not Grant.objects.in_force().filter(person=person).exists():
        Invitation.objects.waiting().filter(person=person).update(withdrawn_at=now)
    end_sessions(person, by=by, now=now)
    told = {"unit": unit.pk, "to": leaving.to.pk if leaving.to else None, "closed": leaving.closes}
    audit.record("accounts.leave", person, by=by, now=now, detail=told)


def _refuse_unless_allowed(
    person: Person, unit: Unit, grants: list[Grant], leaving: Leaving, *, by: Person, now: datetime
) -> None:
    day = localdate(now)
    may_end = grantable(roles_on(by, unit, day))
    if any(grant.role not in may_end for grant in grants):
        raise Refused(
            _("%(name)s là người quản trị hệ thống; người quản trị khác mới cho rời được.") % {"name": person.name}
        )
    if leaving.closes and not answers_for(by, person, day):
        raise Refused(
            _("%(name)s còn vai trò ở đơn vị anh/chị không phụ trách, nên chưa đóng được tài khoản.")
            % {"name": person.name}
        )
    if leaving.to and leaving.to not in colleagues(person, unit):
        raise Refused(_("Người nhận bàn giao cần có vai trò tại đơn vị này."))


def colleagues(person: Person, unit: Unit) -> list[Person]:
    """Those with a role on the unit itself, other than `person`, by name."""
    grants = Grant.objects.in_force().filter(unit=unit).exclude(person=person)
    return list(Person.objects.filter(pk__in=grants.values("person_id")).order_by("name", "pk"))


def left_without(person: Person, unit: Unit) -> list[Role]:
    """The roles nobody else holds on the unit itself."""
    grants = Grant.objects.in_force().filter(unit=unit)
    kept = set(grants.exclude(person=person).values_list("role", flat=True))
    return [Role(role) for role in grants.filter(person=person).values_list("role", flat=True) if role not in kept]
