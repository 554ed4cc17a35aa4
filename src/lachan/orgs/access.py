"""Who may use which page. Every view carries one of `public`, `signed_in` and `holds`; a test lists them all."""

from collections import defaultdict
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from functools import cache, wraps
from typing import Any, Concatenate, ParamSpec, cast

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.module_loading import import_string
from django.utils.timezone import localdate

from lachan.foundation.http import Request
from lachan.orgs.carried import remember_whose, sign_in_first
from lachan.orgs.lineage import heirs_of
from lachan.orgs.models import Grant, Person, Role, Unit, UnitVersion, UnitVersionQuerySet

P = ParamSpec("P")
View = Callable[..., HttpResponseBase]
StaffView = Callable[Concatenate["StaffRequest", P], HttpResponseBase]


GRANTERS = (Role.COORDINATOR, Role.OPERATOR)
"""Who gives roles, and founds and changes units, in the part of the tree they answer for."""


@dataclass(frozen=True)
class Reach:
    """A unit by its path in the tree of a day, or with `below` that unit and all below it."""

    path: str
    below: bool = False

    def covers(self, path: str | None) -> bool:
        """Whether the unit at `path` in the tree of the same day is within."""
        return path is not None and (path.startswith(self.path) if self.below else path == self.path)

    def units(self, day: date) -> UnitVersionQuerySet:
        """The units within, in the tree of `day`."""
        on = UnitVersion.objects.on(day)
        return on.filter(path__startswith=self.path) if self.below else on.filter(path=self.path)


class StaffRequest(Request):
    """A request of somebody who has signed in."""

    user: Person


def roles_on(person: Person, unit: Unit | Collection[Unit], day: date) -> frozenset[Role]:
    """The roles `person` holds on `unit`, or on any of several: granted on it or on a unit above it in the tree of `day`.

    A unit that has ended is judged by its last place in the tree and by that of the one that took over, so that what it did stays
    with those who answered for it, and comes to those who answer for it now.
    """
    units = [unit] if isinstance(unit, Unit) else unit
    keys = {key for one in units for key in (*one.version_on(day).ancestor_keys, one.pk)}
    if any(one.valid_to <= day for one in units):
        keys |= _places_now(keys, day)
    grants = Grant.objects.in_force().filter(person=person, unit_id__in=keys)
    return frozenset(Role(role) for role in grants.values_list("role", flat=True))


def _places_now(units: Collection[int], day: date) -> set[int]:
    """The units that took over from those of `units` that are no more, with all that stand above them."""
    heirs = {fate.sole for fate in heirs_of(units, day).values()} - {None}
    return {
        key for one in UnitVersion.objects.on(day).filter(unit__in=heirs) for key in (*one.ancestor_keys, one.unit_id)
    }


def grantable(held: frozenset[Role]) -> tuple[Role, ...]:
    """The roles that one who holds `held` on a unit may give and end there: a coordinator all but the operator's."""
    if Role.OPERATOR in held:
        return tuple(Role)
    return tuple(role for role in Role if role != Role.OPERATOR) if Role.COORDINATOR in held else ()


def answers_for(granter: Person, person: Person, day: date) -> bool:
    """Whether `granter` could have given every role that `person` holds: only then may they let that person in."""
    grants = Grant.objects.in_force().filter(person=person).select_related("unit")
    return all(grant.role in grantable(roles_on(granter, grant.unit, day)) for grant in grants)


def units_of(person: Person, *roles: Role) -> list[Unit]:
    """The units on which `person` was granted a role (one of `roles`, if any are named), not those below them."""
    grants = Grant.objects.in_force().filter(person=person)
    if roles:
        grants = grants.filter(role__in=roles)
    return list(Unit.objects.filter(pk__in=grants.values("unit_id")))


def holders(units: Collection[int]) -> dict[tuple[int, Role], set[int]]:
    """The people (keys) who hold each role on these very units, in one query. A role from above counts for none of them."""
    found: dict[tuple[int, Role], set[int]] = defaultdict(set)
    with connection.cursor() as cursor:  # by hand: everything that people are told passes here
        cursor.execute(
            """SELECT g.person_id, g.role, g.unit_id FROM orgs_grant g JOIN orgs_person p ON p.id = g.person_id
               WHERE g.unit_id = ANY(%s) AND g.ended_at IS NULL AND p.is_active""",
            [list(units)],
        )
        for person, role, unit in cursor.fetchall():
            found[unit, Role(role)].add(person)
    return found


def reach_of(person: Person, day: date, *roles: Role) -> UnitVersionQuerySet:
    """The units of the tree of `day` on which `person` holds a role (one of `roles`, if any are named)."""
    heads = [unit.version_on(day).path for unit in units_of(person, *roles)]
    within = Q(pk__in=[])
    for path in heads:
        within |= Q(path__startswith=path)
    return UnitVersion.objects.on(day).filter(within)


def has_a_role(request: HttpRequest) -> bool:
    """Whether the person of `request` holds any role: what the staff's part of the header depends on."""
    return request.user.is_authenticated and Grant.objects.in_force().filter(person=request.user).exists()


def today(request: Request) -> date:
    """The day of the request where the office is."""
    return localdate(request.now)


def public(view: Callable[Concatenate[Request, P], HttpResponseBase]) -> View:
    """Anybody may use it."""
    return _declared(view, "public")


@cache
def _gate() -> Callable[[StaffRequest], HttpResponse | None]:
    """What is asked before every page of those who have signed in; an answer of its own stands instead of the page."""
    gate: Callable[[StaffRequest], HttpResponse | None] = import_string(settings.SIGNED_IN_GATE)
    return gate


def signed_in(view: StaffView[P]) -> View:
    """Anybody who has signed in may use it."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            if "HX-Request" in request.headers:  # a part of a page: the way to sign in does not fit into it
                return HttpResponse(status=401)
            return sign_in_first(cast("Request", request))
        staff = cast("StaffRequest", request)
        if instead := _gate()(staff):
            return instead
        return remember_whose(staff, view(staff, *args, **kwargs))

    return _declared(guarded, "signed in")


def holds(
    *roles: Role, on: str | Callable[..., Unit | Collection[Unit]] | None = None
) -> Callable[[StaffView[P]], View]:
    """Those who hold one of `roles` on the unit the page is about may use it; by default any role will do.

    `on`: the name of the view's argument that is the key of the unit, which the view then gets as a `Unit`; or a function of the
    request and the view's arguments that returns the unit, or several of which any will do; or None for a page that is about
    no unit, where a role anywhere will do.
    With no role at all on the unit the page does not exist (404); with another role it is forbidden (403).
    """
    wanted = frozenset(roles or Role)

    def guard(view: StaffView[P]) -> View:
        @signed_in
        @wraps(view)
        def guarded(request: StaffRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if on is None:
                held = frozenset(Role(grant.role) for grant in Grant.objects.in_force().filter(person=request.user))
            else:
                unit = _unit(on, request, kwargs)
                held = roles_on(request.user, unit, today(request))
                if not held:
                    raise Http404
            if not held & wanted:
                raise PermissionDenied
            return view(request, *args, **kwargs)

        named = "" if on is None else on if isinstance(on, str) else on.__name__.strip("_").replace("_", " ")
        where = f" on {named}" if named else ""
        return _declared(guarded, (", ".join(sorted(wanted)) if roles else "any role") + where)

    return guard


def _unit(
    on: str | Callable[..., Unit | Collection[Unit]], request: StaffRequest, kwargs: dict[str, Any]
) -> Unit | Collection[Unit]:
    if callable(on):
        return on(request, **kwargs)
    unit: Unit = get_object_or_404(Unit, pk=kwargs[on])
    kwargs[on] = unit
    return unit


def _declared(view: View, access: str) -> View:
    view.access = access  # type: ignore[attr-defined]  # read by the test that lists every route
    return view
