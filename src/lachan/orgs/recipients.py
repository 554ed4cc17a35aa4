"""What the engine needs to resolve the recipients of a letter on the tree of its date."""

from datetime import date

from django.db.models import Q

from lachan.engine.addressing import AddressableGroup, AddressableUnit
from lachan.orgs.models import Group, Level, Unit, UnitVersion


def addressable_units(issuer: Unit | None, day: date) -> list[AddressableUnit]:
    """The units of `day` a letter of `issuer` may name, the issuer among them even if it had ended by then."""
    versions = UnitVersion.objects.on(day)
    own = issuer.version_on(day) if issuer else None
    if own:
        root = own.path.partition(".")[0]
        versions = versions.filter(Q(path__startswith=f"{root}.") | Q(kind__level=Level.PROVINCE))
    found = {version.unit_id: version for version in versions.select_related("kind").in_order()}
    if own:
        found.setdefault(own.unit_id, own)
    return [
        AddressableUnit(
            key=version.unit_id,
            name=version.name,
            kind=version.kind_id,
            level=version.kind.level,
            path=tuple(int(key) for key in version.path.split(".")[:-1]),
        )
        for version in found.values()
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
