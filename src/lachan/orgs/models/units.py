"""Units, the dated tree they form, the groups letters address, and the people who act for units.

A unit is one body from the day it began to the day it ended. What it is called, what kind it is and whom it stands under may change
in between: each state is a `UnitVersion`, valid from a day until (not including) another. Official codes are reused after a
reform, so a unit is known by (code, valid_from), never by its code alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Func, Q
from django.utils.translation import gettext_lazy as _

from lachan.engine.vietnamese import fold, normalise

UNRECORDED_START = date(1, 1, 1)
"""`valid_from` of a unit whose first day the source does not give."""
STILL_VALID = date(9999, 12, 31)
"""`valid_to` of what is still in force."""
AREA_TYPES = frozenset({"Tỉnh", "Thành phố", "Huyện", "Quận", "Thị xã", "Xã", "Phường", "Thị trấn", "Đặc khu"})


class Level(models.TextChoices):
    """Levels of government with a people's committee. The district level ended on 2025-07-01."""

    PROVINCE = "province", _("cấp tỉnh")
    DISTRICT = "district", _("cấp huyện")
    COMMUNE = "commune", _("cấp xã")


class Kind(models.Model):
    """What sort of body a unit is: province, district, commune, department, school … Data, edited by the operator."""

    code = models.SlugField(primary_key=True, max_length=40)
    name = models.CharField(max_length=100)
    name_en = models.CharField(max_length=100, blank=True)
    level = models.CharField(max_length=10, choices=Level, blank=True)  # set: the unit is an area, its body the UBND
    rank = models.PositiveSmallIntegerField(default=100)  # order in lists: provinces first

    class Meta:
        ordering = ["rank", "code"]

    def __str__(self) -> str:
        return self.name


class Group(models.Model):
    """A set of units as letters name it: "các sở, ban, ngành cấp tỉnh", "UBND các huyện, thị xã, thành phố".

    A unit belongs when its kind is one of `kinds`; for a `direct` group only when it stands right under the area that is addressed
    ("các phòng, ban" of this district, not of each). `phrases` are the ways letters write the group, one a line.
    """

    code = models.SlugField(primary_key=True, max_length=60)
    name = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    kinds = models.ManyToManyField(Kind, related_name="groups")
    direct = models.BooleanField(default=False)
    phrases = models.TextField(blank=True)
    rank = models.PositiveSmallIntegerField(default=100)

    class Meta:
        ordering = ["rank", "code"]

    def __str__(self) -> str:
        return self.name


class Unit(models.Model):
    """A body that gives or gets work. Its names, kinds and parents are in `versions`."""

    code = models.CharField(max_length=40)
    valid_from = models.DateField(default=UNRECORDED_START)
    valid_to = models.DateField(default=STILL_VALID)  # first day it no longer exists
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    address = models.CharField(max_length=300, blank=True)
    letter_symbol = models.CharField(max_length=40, blank=True)  # as in the symbol of its letters: "STTTT", "UBND"

    class Meta:
        ordering = ["code", "valid_from"]
        constraints = [models.UniqueConstraint(fields=["code", "valid_from"], name="unit_known_by_code_and_start")]

    def __str__(self) -> str:
        return f"{self.code}"

    def version_on(self, day: date) -> UnitVersion:
        """Its state on `day`; for a day after it ended the last one, for a day before it began the first."""
        versions = self.versions.select_related("kind", "parent").order_by("valid_from")
        before = versions.filter(valid_from__lte=day).last()
        return before or versions.earliest("valid_from")

    def name_on(self, day: date) -> str:
        return self.version_on(day).name

    def branch_on(self, day: date) -> UnitVersionQuerySet:
        """The units below this one on `day`, itself left out."""
        return UnitVersion.objects.on(day).below(self.version_on(day))


class DateRange(Func):
    """PostgreSQL's daterange(from, to): half-open, as our columns are."""

    function = "daterange"
    output_field = models.Field()


class UnitVersionQuerySet(models.QuerySet["UnitVersion"]):
    def on(self, day: date) -> UnitVersionQuerySet:
        """Those valid on `day`: at most one per unit."""
        return self.filter(valid_from__lte=day, valid_to__gt=day)

    def below(self, version: UnitVersion) -> UnitVersionQuerySet:
        """Those in the subtree of `version`, itself left out. Combine with `on`, since paths are dated."""
        return self.filter(path__startswith=version.path).exclude(unit_id=version.unit_id)

    def at_or_below(self, version: UnitVersion) -> UnitVersionQuerySet:
        return self.filter(path__startswith=version.path)

    def children_of(self, unit: Unit) -> UnitVersionQuerySet:
        return self.filter(parent=unit)

    def of_units(self, units: Iterable[int | Unit]) -> dict[int, UnitVersion]:
        """Versions by the key of their unit, in one query. Use after `on`; a unit not there on that day is left out."""
        keys = [unit.pk if isinstance(unit, Unit) else unit for unit in units]
        return {version.unit_id: version for version in self.filter(unit_id__in=keys).select_related("kind")}

    def search(self, text: str) -> UnitVersionQuerySet:
        """Those whose name or variant has a word beginning with each word of `text`, in any order.

        A word typed without marks finds every marking of it ("nong" finds Nông and Nồng); typed with marks it means them.
        """
        found = self
        for word in normalise(text).lower().split():
            found = found.filter(search_text__contains=f" {word}")
        return found

    def in_order(self) -> UnitVersionQuerySet:
        """Vietnamese alphabetical order within kinds of the same rank."""
        return self.order_by("kind__rank", "sort_key", "unit_id")


class UnitVersion(models.Model):
    """What a unit was called, its kind and its parent, from one day until another (half-open)."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="versions")
    valid_from = models.DateField(default=UNRECORDED_START)
    valid_to = models.DateField(default=STILL_VALID)
    name = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    kind = models.ForeignKey(Kind, on_delete=models.PROTECT, related_name="+")
    parent = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="child_versions", null=True, blank=True)
    path = models.CharField(max_length=400)  # keys of the units from the root to this one: "12.431.9004."
    sort_key = models.CharField(max_length=400, db_collation="C")  # engine.vietnamese.sort_key(name)
    search_text = models.TextField()  # `searchable` names and variants

    objects = UnitVersionQuerySet.as_manager()

    class Meta:
        ordering = ["unit_id", "valid_from"]
        indexes = [
            models.Index(fields=["path"], name="unitversion_path_prefix", opclasses=["varchar_pattern_ops"]),
            models.Index(fields=["parent", "valid_from"]),
        ]
        constraints = [
            ExclusionConstraint(
                name="unit_has_one_version_a_day",
                expressions=[
                    (DateRange("valid_from", "valid_to"), RangeOperators.OVERLAPS),
                    ("unit", RangeOperators.EQUAL),
                ],
            ),
            models.CheckConstraint(condition=Q(valid_from__lt=models.F("valid_to")), name="unit_version_lasts"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def area(self) -> str:
        """The name without its type, for an area: "Nông Cống" of "Huyện Nông Cống"; the whole name of any other body."""
        return split_name(self.name)[1] if self.kind.level else self.name

    @property
    def body_name(self) -> str:
        """The body as letters address it: "UBND huyện Nông Cống" for an area, else the name."""
        return f"UBND {self.name[:1].lower()}{self.name[1:]}" if self.kind.level else self.name

    @property
    def heading(self) -> tuple[str, ...]:
        """The body in the heading of its own letters, in capitals, by lines: ("ỦY BAN NHÂN DÂN", "HUYỆN NÔNG CỐNG")."""
        return ("ỦY BAN NHÂN DÂN", self.name.upper()) if self.kind.level else (self.name.upper(),)

    @property
    def ancestor_keys(self) -> list[int]:
        """Keys of the units from the root down to the parent."""
        return [int(key) for key in self.path.split(".")[:-2]]


def searchable(names: Iterable[str]) -> str:
    """The text `search` looks in: each name as written and folded, a blank before each word."""
    written = [normalise(name).lower() for name in names]
    return " " + " ".join(dict.fromkeys(" ".join([*written, *map(fold, written)]).split()))


def split_name(name: str) -> tuple[str, str]:
    """The type and the rest of an area's name: ("Thị xã", "Nghi Sơn")."""
    words = name.split()
    cut = 1 if words[0] in AREA_TYPES else 2 if " ".join(words[:2]) in AREA_TYPES else 0
    return " ".join(words[:cut]), " ".join(words[cut:])
