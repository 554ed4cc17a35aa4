"""The way out of a kind of mail, in every message of that kind."""

from collections.abc import Collection
from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.urls import reverse

from lachan.notices.models import Kind
from lachan.orgs.models import Person

SALT = "notices.leaving"


@dataclass(frozen=True)
class Asked:
    """Whose mail, and of which kinds, is to stop."""

    person: Person
    kinds: tuple[Kind, ...]


def address(person: int, kinds: Collection[str]) -> str:
    """Where mail of these kinds to this person is stopped. It does not wear out: old mail is read too."""
    token = signing.dumps([person, sorted(set(kinds))], salt=SALT)
    return settings.SITE_URL + reverse("notices:stop_mail", args=[token])


def read(token: str) -> Asked | None:
    """What an address of ours asks; None for one that we did not write, or whose person is gone."""
    try:
        key, kinds = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    person = Person.objects.filter(pk=key).first()
    return Asked(person, tuple(Kind(kind) for kind in kinds)) if person else None
