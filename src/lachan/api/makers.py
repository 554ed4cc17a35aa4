"""Who may let other systems in, and have them told: the heads and coordinators of a unit, and of those above it."""

from __future__ import annotations

from datetime import datetime

from lachan.orgs.models import Grant, Person, Role, Unit

MAKERS = (Role.HEAD, Role.COORDINATOR)


def grant_of(person: Person, unit: Unit, now: datetime, roles: tuple[Role, ...]) -> Grant | None:
    """The nearest role of `person` on the unit or above it that is one of `roles`."""
    above = [*unit.version_on(now.date()).ancestor_keys, unit.pk]
    held = Grant.objects.in_force().filter(person=person, role__in=roles, unit__in=above)
    return max(held, key=lambda one: above.index(one.unit_id), default=None)
