"""Inviting people: an account is made for them, and a link sent with which they set their first password."""

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from lachan.accounts.models import Invitation
from lachan.channels.actions import post_mail
from lachan.foundation import audit
from lachan.foundation.refused import Refused
from lachan.orgs import actions as orgs
from lachan.orgs.access import answers_for
from lachan.orgs.models import Grant, Person, Unit


@dataclass(frozen=True)
class Invited:
    """What came of inviting somebody: the role they hold, and the key of their link when one was sent now."""

    grant: Grant
    key: str | None


@dataclass(frozen=True)
class Invitee:
    """Somebody to be invited."""

    email: str
    name: str
    role: str


@transaction.atomic
def invite(invitee: Invitee, *, unit: Unit, by: Person, now: datetime) -> Invited:
    """`invitee` gets the role on `unit`; who has no account yet, or never came, is sent a link.

    No link for an account that is in use or holds more than `by` may give: it would be a way into it.
    """
    grant = orgs.invite(email=invitee.email, name=invitee.name, role=invitee.role, unit=unit, by=by, now=now)
    person = grant.person
    if _has_come(person) or not answers_for(by, person, localdate(now)):
        return Invited(grant, None)
    return Invited(grant, send_invitation(person, unit=unit, by=by, now=now))


@transaction.atomic
def invite_all(invitees: Iterable[Invitee], *, unit: Unit, by: Person, now: datetime) -> int:
    """`invite` for many, all or none. Who was sent a link that still works is not sent another. Gives how many links were sent."""
    sent = 0
    for invitee in invitees:
        waiting = Invitation.objects.waiting().filter(person__email__iexact=invitee.email).first()
        if waiting and waiting.works_at(now):
            orgs.invite(email=invitee.email, name=invitee.name, role=invitee.role, unit=unit, by=by, now=now)
        else:
            sent += invite(invitee, unit=unit, by=by, now=now).key is not None
    return sent


@transaction.atomic
def send_invitation(person: Person, *, unit: Unit, by: Person, now: datetime) -> str:
    """A new link for `person`, by mail; the one before stops working. Gives its key, which is kept nowhere else."""
    if _has_come(person):
        raise Refused(_("%(name)s đã vào hệ thống, không cần lời mời nữa.") % {"name": person.name})
    key = secrets.token_urlsafe(32)
    invitation = Invitation.objects.waiting().select_for_update(of=["self"]).filter(person=person).first()
    if invitation is None:
        invitation = Invitation(person=person, unit=unit, times=0)
    invitation.sent_by, invitation.sent_at, invitation.key_hash = by, now, _hash(key)
    invitation.times += 1
    invitation.save()
    audit.record("accounts.invite", invitation, by=by, now=now, detail={"person": person.pk, "times": invitation.times})
    post_mail(
        key=f"accounts.invitation:{invitation.pk}:{invitation.times}",
        to=person.email,
        subject=_("Lời mời sử dụng Lá Chắn"),
        text=_letter(invitation, settings.SITE_URL + reverse("accounts:accept", args=[key])),
        now=now,
    )
    return key


@transaction.atomic
def withdraw_invitation(invitation: Invitation, *, by: Person, now: datetime) -> None:
    """The link stops working and the roles of the person who never came end. Withdrawing twice changes nothing."""
    invitation = Invitation.objects.select_for_update(of=["self"]).select_related("person").get(pk=invitation.pk)
    if invitation.withdrawn_at:
        return
    if invitation.came_at:
        raise Refused(_("%(name)s đã nhận lời mời nên không thu hồi được nữa.") % {"name": invitation.person.name})
    invitation.withdrawn_at = now
    invitation.save(update_fields=["withdrawn_at"])
    for grant in Grant.objects.filter(person=invitation.person, ended_at=None):
        orgs.end_role(grant, by=by, now=now)
    audit.record("accounts.withdraw_invitation", invitation, by=by, now=now, detail={"person": invitation.person_id})


def invitation_of(key: str, now: datetime) -> Invitation | None:
    """The invitation whose link has `key`, while it works.

    Whoever sent it has seen the link, so it opens nothing that they may not give: not an account that got a greater role since.
    """
    found = Invitation.objects.waiting().filter(key_hash=_hash(key)).select_related("person", "sent_by", "unit").first()
    works = found is not None and found.works_at(now) and found.person.is_active
    return found if works and found and answers_for(found.sent_by, found.person, localdate(now)) else None


@transaction.atomic
def accept_invitation(key: str, *, password: str, now: datetime) -> Person:
    """The person sets their first password. The link works once."""
    held = list(Invitation.objects.waiting().select_for_update(of=["self"]).filter(key_hash=_hash(key)))
    invitation = invitation_of(key, now)
    if invitation is None or not held:
        raise Refused(_("Lời mời không còn dùng được. Hãy nhờ người đã mời gửi lại."))
    person = Person.objects.select_for_update().get(pk=invitation.person_id)
    person.set_password(password)
    person.save(update_fields=["password"])
    note_arrival(person, now=now)
    return person


@transaction.atomic
def note_arrival(person: Person, *, now: datetime) -> None:
    """`person` has signed in, by whatever way: whoever was waited for has come."""
    waiting = Invitation.objects.waiting().filter(person=person).first()
    if waiting:
        waiting.came_at = now
        waiting.save(update_fields=["came_at"])
        audit.record("accounts.accept_invitation", waiting, by=person, now=now)


def _has_come(person: Person) -> bool:
    """Whether `person` has been here: by a password, or by the word of another server."""
    return person.has_usable_password() or person.last_login is not None


def _hash(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()


def _letter(invitation: Invitation, link: str) -> str:
    words = {
        "name": invitation.person.name,
        "by": invitation.sent_by.name,
        "unit": invitation.unit.name_on(localdate(invitation.sent_at)),
        "link": link,
        "until": localdate(invitation.expires_at).strftime("%d/%m/%Y"),
    }
    return (
        _(
            "Kính gửi anh/chị %(name)s,\n\n"
            "%(by)s đã lập tài khoản Lá Chắn để anh/chị làm việc cho %(unit)s. "
            "Hãy mở liên kết dưới đây và đặt mật khẩu:\n\n%(link)s\n\n"
            "Liên kết dùng được một lần, đến ngày %(until)s. "
            "Nếu anh/chị không làm việc này, hãy bỏ qua thư. Không ai hỏi mật khẩu của anh/chị qua thư hay điện thoại."
        )
        % words
    )
