"""The people who ask for pages in the made-up province, each at a browser of their own, and the keys of what there is."""

from datetime import datetime
from hashlib import sha256
from secrets import token_bytes
from typing import Any

from allauth.account import app_settings
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.mfa.webauthn.internal.auth import WebAuthn
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings
from django.test import Client
from django.urls import reverse
from fido2.cose import ES256
from fido2.webauthn import (
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorAttestationResponse,
    AuthenticatorData,
    CollectedClientData,
    RegistrationResponse,
)

from lachan.accounts import actions as accounts
from lachan.activities.models import Activity, Photo
from lachan.api.models import Webhook
from lachan.campaigns.models import Regime
from lachan.exchange.models import Partner, SentPackage, TakenPackage
from lachan.letters.models import Annex, Letter, ReservedNumber
from lachan.notices import leaving
from lachan.notices.models import Kind, Notice
from lachan.orgs.actions import add_person, grant_role
from lachan.orgs.models import BoundaryChange, Group, Person, Role, UnitList
from lachan.project.bench.asking import Asker, Keys
from lachan.project.bench.province import Measured
from lachan.reporting.actions.calendar import renew_address
from lachan.reporting.calendar_feed import token_of
from lachan.reporting.models import ConsolidatedReport, LockPlea, Paper, Passage, Question

PASSWORD = "một câu dài để vào"  # noqa: S105 - of people made up here
LATEST = (Activity, Annex, ConsolidatedReport, Paper, Passage, Photo)
"""Things that addresses name by what they are; of each the newest is asked for."""


def askers(province: Measured, now: datetime) -> list[Asker]:
    """Everybody by whose work there are pages, from the province down to who has not signed in yet."""
    head = province.leaf_head
    between = add_person(email="hai.don.vi@lachan.example", name="Hoàng Văn Hai", by=None, now=now)
    for unit in (province.branch.unit, province.leaf.unit):
        grant_role(between, Role.OFFICER, unit, by=None, now=now)
    _protect(head)
    return [
        Asker("coordinator", _signed_in(province.coordinator)),
        Asker("officer of a branch", _signed_in(province.branch_officer)),
        Asker("officer", _signed_in(province.leaf_officer)),
        Asker("head with a second factor", _just_proved(head)),
        Asker("officer of two units", _signed_in(between)),
        Asker("officer whose session had ended", _back_again(province)),
        _half_way(head),
        Asker("not signed in", Client()),
    ]


def _signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def _just_proved(person: Person) -> Client:
    """With the password given once more, as pages of the second factor want it."""
    client = _signed_in(person)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client


def _back_again(province: Measured) -> Client:
    """What was typed when the session was over waits to be sent on."""
    client = _signed_in(province.leaf_officer)
    address = reverse("activities:record", args=[province.leaf.unit_id])
    client.get(address)
    del client.cookies[settings.SESSION_COOKIE_NAME]
    client.post(address, {"what": "Nói chuyện ở thôn Trung"})
    client.force_login(province.leaf_officer)
    return client


def _half_way(person: Person) -> Asker:
    client = Client()
    client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD, "device": "own"})
    return Asker("between password and second factor", client, dict(client.session))


def _protect(person: Person) -> None:
    """A password, codes from an app, a passkey, and codes to fall back on."""
    person.set_password(PASSWORD)
    person.save()
    TOTP.activate(person, generate_totp_secret())
    RecoveryCodes.activate(person)
    WebAuthn.add(person, "Điện thoại", _passkey())


def _passkey() -> dict[str, Any]:
    """What an authenticator answers when it makes a key."""
    name = token_bytes(16)
    public = ec.generate_private_key(ec.SECP256R1()).public_key()
    key = ES256.from_cryptography_key(public)  # type: ignore[no-untyped-call]  # without types in fido2
    flags = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV | AuthenticatorData.FLAG.AT
    made = AuthenticatorData.create(
        sha256(b"testserver").digest(), flags, 0, AttestedCredentialData.create(bytes(16), name, key)
    )
    answer = AuthenticatorAttestationResponse(
        client_data=CollectedClientData.create("webauthn.create", b"", "https://testserver"),
        attestation_object=AttestationObject.create("none", made, {}),
    )
    return dict(RegistrationResponse(raw_id=name, response=answer))


def keys(province: Measured, now: datetime) -> Keys:
    """Keys for every name in an address."""
    campaign, branch, leaf = province.campaign, province.branch, province.leaf
    owner, coordinator, head = campaign.owner, province.coordinator, province.leaf_head
    invited = accounts.invite(
        accounts.Invitee("moi@lachan.example", "Phạm Thị Mời", Role.OFFICER), unit=owner, by=coordinator, now=now
    )
    asked = Question.objects.filter(form__campaign=campaign)
    last = campaign.assignments.filter(parent=None).order_by("-pk")[0]
    reset = app_settings.PASSWORD_RESET_TOKEN_GENERATOR().make_token(head)
    told = Notice.objects.filter(person__in=[province.branch_officer, province.leaf_officer])
    divided = BoundaryChange.objects.filter(undone_at=None)
    made = {model.__name__.lower(): [model.objects.order_by("-pk")[0].pk] for model in LATEST}
    return made | {
        "campaign": [campaign.pk],
        "assignment": [0, branch.pk, leaf.pk],
        "obligation": [branch.obligation.pk, leaf.obligation.pk, Paper.objects.all()[0].assignment.obligation.pk],
        "unit": [owner.pk, branch.unit_id, leaf.unit_id, *divided.values_list("events__old", flat=True)],
        "change": [divided[0].pk],
        "event": ["nhap"],
        "dispatch": [last.dispatches.get().pk],
        "question": [asked.filter(kind=kind)[0].pk for kind in (Question.Kind.WHOLE, Question.Kind.TEXT)],
        "letter": [campaign.letter_id, *_letters(owner.pk)],
        "notice": [told[0].pk],
        "report": made["consolidatedreport"],
        "kept": [ReservedNumber.objects.all()[0].pk],
        "brought": [UnitList.objects.all()[0].pk],
        "person": [coordinator.pk, province.branch_officer.pk, province.leaf_officer.pk],
        "grant": [invited.grant.pk],
        "pk": list(Authenticator.objects.filter(type=Authenticator.Type.WEBAUTHN).values_list("pk", flat=True)),
        "code": ["1", owner.version_on(now.date()).kind_id, Group.objects.all()[0].pk, "cong-van-trien-khai"],
        "key": [invited.key, reset, "set-password"],
        "uidb36": [user_pk_to_url_str(head)],
        "token": [
            leaving.address(head.pk, [Kind.REMINDER]).rstrip("/").rpartition("/")[2],
            token_of(renew_address(head, now=now)),
        ],
        "regime": [Regime.objects.all()[0].pk],
        "rule": [campaign.lock_rules.all()[0].pk],
        "plea": [LockPlea.objects.all()[0].pk],
        "webhook": [Webhook.objects.all()[0].pk],
        "number": [1],
        "year": [campaign.created_at.year],
        "book": ["di"],
        "form": ["xlsx"],
        "kind": ["xlsx", "docx", "json"],
        "partner": [Partner.objects.all()[0].pk],
        "sent": [SentPackage.objects.all()[0].pk],
        "taken": [TakenPackage.objects.all()[0].pk],
        "name": ["bien-nhan.zip"],
    }


def _letters(holder: int) -> list[int]:
    """The newest letter of the holder in each state."""
    found = Letter.objects.filter(holder=holder).order_by("state", "-pk").distinct("state")
    return list(found.values_list("pk", flat=True))
