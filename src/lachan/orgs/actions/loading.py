"""Loading the official units, kinds and groups that come with the package."""

from collections import defaultdict
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from lachan.engine.vietnamese import sort_key
from lachan.foundation import audit
from lachan.orgs import official
from lachan.orgs.models import Group, Kind, Person, Succession, Unit, UnitVersion, searchable

_BATCH = 2000
Progress = Callable[[int, int], None]
"""Called with (done, all) while a long action runs."""


@dataclass(frozen=True)
class Loaded:
    """What a load added or changed. All zero: everything was there already."""

    units: int
    versions: int
    corrected: int
    links: int

    @property
    def nothing(self) -> bool:
        return not (self.units or self.versions or self.corrected or self.links)


@transaction.atomic
def load_catalogue() -> None:
    """Kinds and groups. What the operator has edited stays; new phrases of a group are added to its own."""
    kinds = [
        Kind(code=row.code, level=row.level, name=row.name, name_en=row.name_en, rank=row.rank)
        for row in official.read_kinds()
    ]
    Kind.objects.bulk_create(kinds, ignore_conflicts=True)
    known = Group.objects.in_bulk()
    rows = official.read_groups()
    new = [row for row in rows if row.code not in known]
    Group.objects.bulk_create(
        Group(
            code=row.code,
            name=row.name,
            name_en=row.name_en,
            direct=row.direct,
            rank=row.rank,
            phrases="\n".join(row.phrases),
        )
        for row in new
    )
    belongs = Group.kinds.through
    belongs.objects.bulk_create(belongs(group_id=row.code, kind_id=kind) for row in new for kind in row.kinds)
    for row in rows:
        group = known.get(row.code)
        missing = [phrase for phrase in row.phrases if group and phrase not in group.phrases.split("\n")]
        if group and missing:
            group.phrases = "\n".join([group.phrases, *missing])
            group.save(update_fields=["phrases"])


@transaction.atomic
def load_units(
    *,
    by: Person | None,
    now: datetime,
    provinces: Collection[str] | None = None,
    until: date | None = None,
    progress: Progress | None = None,
) -> Loaded:
    """Both trees of official units with parents, names and succession; see `official.read_country` for `provinces`.

    With `until`: as everything was on that day, for a country that has the changes after it before it.

    Loading again changes nothing. A later edition of the data adds and corrects versions, but leaves alone every unit whose
    history was changed here by hand.
    """
    load_catalogue()
    country = official.read_country(provinces)
    if until:
        country = country.until(until)
    units, added = _load_bodies(country)
    versions, corrected = _load_versions(country, units, progress)
    links = _load_links(country, units)
    loaded = Loaded(added, versions, corrected, links)
    if not loaded.nothing:
        first = next(iter(units.values()))
        audit.record(
            "orgs.load_units", first, by=by, now=now, detail=dict(vars(loaded), provinces=sorted(provinces or []))
        )
    return loaded


def _load_bodies(country: official.Country) -> tuple[dict[official.Key, Unit], int]:
    ends: dict[official.Key, date] = {}
    for version in country.versions:
        ends[version.key] = max(version.valid_to, ends.get(version.key, version.valid_to))
    known = {
        official.Key(unit.code, unit.valid_from): unit for unit in Unit.objects.filter(code__in={k.code for k in ends})
    }
    new = [
        Unit(code=key.code, valid_from=key.valid_from, valid_to=end) for key, end in ends.items() if key not in known
    ]
    Unit.objects.bulk_create(new, batch_size=_BATCH)
    return known | {official.Key(unit.code, unit.valid_from): unit for unit in new}, len(new)


def _load_versions(
    country: official.Country, units: dict[official.Key, Unit], progress: Progress | None
) -> tuple[int, int]:
    known = _known_versions(units)
    wanted = _wanted_versions(country, units)
    new: list[UnitVersion] = []
    changed: list[UnitVersion] = []
    for unit_id, versions in wanted.items():
        had = known.get(unit_id, {})
        if had.keys() - {version.valid_from for version in versions}:
            continue  # changed by hand
        for version in versions:
            old = had.get(version.valid_from)
            if old is None:
                new.append(version)
            elif _content(old) != _content(version):
                version.pk = old.pk
                changed.append(version)
    UnitVersion.objects.bulk_update(changed, _CONTENT, batch_size=_BATCH)
    for start in range(0, len(new), _BATCH):
        UnitVersion.objects.bulk_create(new[start : start + _BATCH])
        if progress:
            progress(min(start + _BATCH, len(new)), len(new))
    return len(new), len(changed)


_CONTENT = ["valid_to", "name", "name_en", "kind_id", "parent_id", "path", "sort_key", "search_text"]


def _content(version: UnitVersion) -> list[object]:
    return [getattr(version, field) for field in _CONTENT]


def _known_versions(units: dict[official.Key, Unit]) -> dict[int, dict[date, UnitVersion]]:
    known: dict[int, dict[date, UnitVersion]] = defaultdict(dict)
    for version in UnitVersion.objects.filter(unit__in=units.values()):
        known[version.unit_id][version.valid_from] = version
    return known


def _wanted_versions(country: official.Country, units: dict[official.Key, Unit]) -> dict[int, list[UnitVersion]]:
    parents = {(version.key, version.valid_from): version.parent for version in country.versions}
    starts: dict[official.Key, list[date]] = defaultdict(list)
    for version in country.versions:
        starts[version.key].append(version.valid_from)

    def path(key: official.Key, day: date) -> str:
        parent = parents[key, max(start for start in starts[key] if start <= day)]
        return (path(parent, day) if parent else "") + f"{units[key].pk}."

    wanted: dict[int, list[UnitVersion]] = defaultdict(list)
    for version in country.versions:
        unit = units[version.key]
        wanted[unit.pk].append(
            UnitVersion(
                unit=unit,
                valid_from=version.valid_from,
                valid_to=version.valid_to,
                name=version.name,
                name_en=version.name_en,
                kind_id=version.kind,
                parent=units[version.parent] if version.parent else None,
                path=path(version.key, version.valid_from),
                sort_key=sort_key(version.name),
                search_text=searchable([version.name, *version.variants]),
            )
        )
    return wanted


def _load_links(country: official.Country, units: dict[official.Key, Unit]) -> int:
    known = set(Succession.objects.filter(old__in=units.values()).values_list("old_id", "new_id", "day"))
    new = [
        Succession(old=units[link.old], new=units[link.new], day=link.day, event=link.event)
        for link in country.links
        if (units[link.old].pk, units[link.new].pk, link.day) not in known
    ]
    Succession.objects.bulk_create(new, batch_size=_BATCH)
    return len(new)
