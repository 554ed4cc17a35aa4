"""The changes of boundaries that come with the package, as plans: the reform of 2025 and what followed."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lachan.engine.vietnamese import sort_key
from lachan.foundation import formats
from lachan.orgs import official
from lachan.orgs.actions.boundaries import Plan
from lachan.orgs.models import STILL_VALID, UNRECORDED_START, Succession, Unit, UnitVersion, searchable

BASES = {
    official.REFORM: gettext_lazy("Nghị quyết số 202/2025/QH15 và các Nghị quyết số 1654 đến 1687/NQ-UBTVQH15"),
}
"""What a change rests on, where our sources name it."""


def provinces_here() -> set[str]:
    """Codes of the provinces of today that this installation has, as they are or by those they grew from."""
    edges = [row for row in official.rows_of("succession.csv") if len(row["old_code"]) == len("01")]
    old = Unit.objects.filter(code__in={row["old_code"] for row in edges}, valid_from=UNRECORDED_START)
    new = Unit.objects.filter(code__in={row["new_code"] for row in edges}, valid_from=official.REFORM)
    here, there = set(old.values_list("code", flat=True)), set(new.values_list("code", flat=True))
    return {row["new_code"] for row in edges if row["old_code"] in here} | there


def days(country: official.Country) -> list[date]:
    """The days on which something changed, in order."""
    return sorted({one.valid_from for one in country.versions} - {UNRECORDED_START})


def plan_of(country: official.Country, day: date, provinces: Collection[str] | None) -> Plan:
    """What begins, changes and ends on `day`; what is written already is left out. Earlier changes are written before."""
    return _Making(country, day).plan(provinces)


class _Making:
    """Rows not yet written, by the keys of the official lists."""

    def __init__(self, country: official.Country, day: date) -> None:
        self.country, self.day = country, day
        codes = {one.key.code for one in country.versions}
        units = {official.Key(one.code, one.valid_from): one for one in Unit.objects.filter(code__in=codes)}
        begins = [one for one in country.versions if one.valid_from == day]
        self.new = {one.key: Unit(code=one.key.code, valid_from=day) for one in begins if one.key not in units}
        self.units = units | self.new
        begun = UnitVersion.objects.filter(unit__in=units.values(), valid_from=day)
        self.written = set(begun.values_list("unit_id", flat=True))
        self.begins = [one for one in begins if self.units[one.key].pk not in self.written]

    def plan(self, provinces: Collection[str] | None) -> Plan:
        ends: dict[official.Key, date] = {}
        for one in self.country.versions:
            ends[one.key] = max(one.valid_to, ends.get(one.key, one.valid_to))
        ending = [key for key, end in ends.items() if end == self.day and key in self.units]
        where = ",".join(sorted(provinces or [])) or "*"
        return Plan(
            name=_("Sắp xếp đơn vị hành chính từ ngày %(day)s") % {"day": formats.day(self.day)},
            basis=str(BASES.get(self.day, "")),
            day=self.day,
            request_key=f"official {self.day} {where}"[:64],
            units=list(self.new.values()),
            versions=[self._version(one) for one in self.begins],
            ended=[self.units[key] for key in ending if self.units[key].valid_to > self.day],
            events=list(self._events(ending)),
        )

    def _version(self, one: official.Version) -> UnitVersion:
        return UnitVersion(
            unit=self.units[one.key],
            valid_from=self.day,
            valid_to=STILL_VALID,
            name=one.name,
            name_en=one.name_en,
            kind_id=one.kind,
            parent=self.units[one.parent] if one.parent else None,
            sort_key=sort_key(one.name),
            search_text=searchable([one.name, *one.variants]),
        )

    def _events(self, ending: Collection[official.Key]) -> Iterator[Succession]:
        links = [one for one in self.country.links if one.day == self.day]
        for link in links:
            yield Succession(old=self.units[link.old], new=self.units[link.new], day=self.day, event=link.event)
        for key in set(ending) - {link.old for link in links}:
            yield Succession(old=self.units[key], new=None, day=self.day, event=Succession.Event.ABOLISHED)
        for one in self.begins:
            if one.key.valid_from < self.day:  # the same unit, under another name, kind or parent
                unit = self.units[one.key]
                yield Succession(old=unit, new=unit, day=self.day, event=self._how(one))

    def _how(self, now: official.Version) -> str:
        before = next(one for one in self.country.versions if one.key == now.key and one.valid_to == self.day)
        if before.kind != now.kind:
            return Succession.Event.RECLASSIFIED
        return Succession.Event.RENAMED if before.name != now.name else Succession.Event.MOVED
