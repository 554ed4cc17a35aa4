"""What the engine needs to resolve the recipients of a letter on the tree of its date."""

from datetime import date

from django.db.models import Q

from lachan.engine.addressing import AddressableGroup, AddressableUnit
from lachan.orgs.models import Group, Level, Unit, UnitVersion

SAID = ("name", "kind_id", "kind__level", "path")


def addressable_units(issuer: Unit | None, day: date) -> list[AddressableUnit]:
    """The units of `day` a letter of `issuer` may name, the issuer among them even if it had ended by then."""
    versions = UnitVersion.objects.on(day)
    own = issuer.version_on(day) if issuer else None
    if own:
        root = own.path.partition(".")[0]
        versions = versions.filter(Q(path__startswith=f"{root}.") | Q(kind__level=Level.PROVINCE))
    found = {row[0]: row for row in versions.in_order().values_list("unit_id", *SAID)}
    if own:
        found.setdefault(own.unit_id, (own.unit_id, own.name, own.kind_id, own.kind.level, own.path))
    return [
        AddressableUnit(key=key, name=name, kind=kind, level=level, path=tuple(map(int, path.split(".")[:-1])))
        for key, name, kind, level, path in found.values()
    ]


def addressable_groups() -> list[AddressableGroup]:
    return [
        AddressableGroup(
            code=group.code,
            kinds=frozenset(kind.code for kind in group.kinds.all()),
            phrases=tuple(group.phrases.splitlines()),
            direct=group.direct,
        )
        for group in Group.objects.prefetch_related("kinds")
    ]
