"""People and the roles they are given on units."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from lachan.foundation import audit
from lachan.foundation.refused import Refused
from lachan.orgs.models import Grant, Person, Role, Unit


@transaction.atomic
def add_person(
    *, email: str, name: str, by: Person | None, now: datetime, password: str | None = None, phone: str = ""
) -> Person:
    """A new account without any role. Without a password the person sets one through the link for forgotten passwords."""
    try:
        validate_email(email)
    except ValidationError as error:
        raise Refused(_("“%(email)s” không phải là địa chỉ thư điện tử.") % {"email": email}) from error
    if Person.objects.filter(email__iexact=email).exists():
        raise Refused(_("Địa chỉ %(email)s đã có tài khoản.") % {"email": email})
    person = Person.objects.create_person(email=email, name=name, password=password, phone=phone, joined_at=now)
    audit.record("orgs.add_person", person, by=by, now=now)
    return person


@transaction.atomic
def grant_role(person: Person, role: Role, unit: Unit, *, by: Person | None, now: datetime) -> Grant:
    """`person` holds `role` on `unit` and all below it. Granting twice changes nothing."""
    held = Grant.objects.filter(person=person, role=role, unit=unit, ended_at=None).first()
    if held:
        return held
    try:
        with transaction.atomic():
            grant = Grant.objects.create(person=person, role=role, unit=unit, given_by=by, given_at=now)
    except IntegrityError:  # somebody granted the same at the same moment
        return Grant.objects.get(person=person, role=role, unit=unit, ended_at=None)
    audit.record("orgs.grant_role", grant, by=by, now=now, detail=_told(grant))
    return grant


@transaction.atomic
def invite(*, email: str, name: str, role: str, unit: Unit, by: Person, now: datetime) -> Grant:
    """Gives `role` on `unit` to the holder of `email`; when there is none, an account without a password is made first."""
    person = Person.objects.filter(email__iexact=email).first()
    if person is None:
        if not name.strip():
            raise Refused(
                _("Chưa có tài khoản nào dùng địa chỉ %(email)s. Hãy điền họ và tên để lập tài khoản.")
                % {"email": email}
            )
        person = add_person(email=email, name=name.strip(), by=by, now=now)
    elif not person.is_active:
        raise Refused(_("Tài khoản %(email)s đã đóng.") % {"email": email})
    return grant_role(person, Role(role), unit, by=by, now=now)


@transaction.atomic
def end_role(grant: Grant, *, by: Person, now: datetime) -> None:
    """The role ends. Ending twice changes nothing. Refused for one's own last role as operator: nobody could undo it."""
    grant = Grant.objects.select_for_update(of=["self"]).get(pk=grant.pk)
    if grant.ended_at is not None:
        return
    if grant.role == Role.OPERATOR and not _other_operators(grant):
        raise Refused(_("Đây là người quản trị hệ thống cuối cùng. Giao quyền cho người khác trước."))
    grant.ended_at = now
    grant.save(update_fields=["ended_at"])
    audit.record("orgs.end_role", grant, by=by, now=now, detail=_told(grant))


@transaction.atomic
def close_account(person: Person, *, by: Person, now: datetime) -> None:
    """`person` can no longer sign in; what they did stays under their name."""
    if not person.is_active:
        return
    for grant in Grant.objects.filter(person=person, ended_at=None):
        end_role(grant, by=by, now=now)
    person.is_active = False
    person.save(update_fields=["is_active"])
    audit.record("orgs.close_account", person, by=by, now=now)


def _other_operators(grant: Grant) -> bool:
    return Grant.objects.in_force().filter(role=Role.OPERATOR).exclude(person_id=grant.person_id).exists()


def _told(grant: Grant) -> dict[str, object]:
    return {"person": grant.person_id, "role": grant.role, "unit": grant.unit_id}
