"""The mark of the person for their devices."""

from django import template

from lachan.accounts.offline import owner_of
from lachan.orgs.models import Person

register = template.Library()


@register.filter
def offline_owner(person: Person) -> str:
    """`accounts.offline.owner_of`."""
    return owner_of(person)
