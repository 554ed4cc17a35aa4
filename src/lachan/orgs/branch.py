"""A branch of the tree as the engine judges lists against it."""

from collections.abc import Collection
from datetime import date

from django.db.models.functions import Lower

from lachan.engine.unit_list import Field, Known, KnownUnit
from lachan.orgs.models import Kind, Unit, UnitVersion


def known_branch(root: Unit, day: date, codes: Collection[str]) -> Known:
    """The units at and below `root` on `day`, and which of `codes` belong to units elsewhere."""
    branch = UnitVersion.objects.on(day).at_or_below(root.version_on(day)).select_related("kind", "unit")
    versions = list(branch)
    names = {version.unit_id: version.name for version in versions}
    inside = {version.unit_id for version in versions}
    taken = Unit.objects.annotate(low=Lower("code")).filter(
        low__in={code.casefold() for code in codes}, valid_to__gt=day
    )
    return Known(
        root=root.pk,
        units={version.unit_id: _known(version, names) for version in versions},
        kinds=dict(Kind.objects.values_list("code", "name")),
        codes_elsewhere=frozenset(unit.code.casefold() for unit in taken if unit.pk not in inside),
    )


def _known(version: UnitVersion, names: dict[int, str]) -> KnownUnit:
    unit = version.unit
    return KnownUnit(
        key=unit.pk,
        code=unit.code,
        name=version.name,
        body_name=version.body_name,
        kind=version.kind_id,
        parent=version.parent_id,
        path=tuple(int(key) for key in version.path.split(".")[:-1]),
        values={
            Field.CODE: unit.code,
            Field.NAME: version.name,
            Field.NAME_EN: version.name_en,
            Field.KIND: version.kind.name,
            Field.PARENT: names.get(version.parent_id or 0, ""),
            Field.EMAIL: unit.email,
            Field.PHONE: unit.phone,
            Field.ADDRESS: unit.address,
            Field.SYMBOL: unit.letter_symbol,
        },
    )
