"""Activities as the pages show them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.forms import BoundField
from django.utils.translation import gettext as _

from lachan.activities.models import Activity
from lachan.activities.words import counted_in, for_whom, how_much, reached, word
from lachan.engine.activities import AUDIENCES, CHANNELS, Tally, merged
from lachan.foundation import formats
from lachan.foundation.models import AuditEntry

FIRST = 6


@dataclass(frozen=True)
class Tile:
    """A channel as a large choice. `asks` and the words tell the script which numbers to ask, and by what name."""

    code: str
    name: str
    counted_in: str
    reached: str
    asks: str
    chosen: bool


def tiles(field: BoundField) -> tuple[list[Tile], list[Tile]]:
    """The channels used most, and the others."""
    chosen = field.value()
    drawn = [
        Tile(
            code,
            word(CHANNELS[code]),
            counted_in(CHANNELS[code]),
            reached(CHANNELS[code]),
            " ".join(sorted(CHANNELS[code].asks)),
            code == chosen,
        )
        for code, _name in field.field.choices  # type: ignore[attr-defined]  # a choice field
    ]
    return drawn[:FIRST], drawn[FIRST:]


@dataclass(frozen=True)
class Line:
    """One activity in a list."""

    activity: Activity
    unit: str
    channel: str
    numbers: str
    audiences: str
    photos: int


def lines(activities: Iterable[Activity], names: Mapping[int, str]) -> list[Line]:
    """`names`: of units, by key. Ask for the photos beforehand (`prefetch_related`)."""
    return [
        Line(
            one,
            names.get(one.unit_id, ""),
            word(one.by_channel),
            how_much(one),
            for_whom(one),
            len(one.photos.all()),
        )
        for one in activities
    ]


@dataclass(frozen=True)
class Total:
    """What one channel adds up to."""

    channel: str
    counted_in: str
    tally: Tally

    @property
    def times(self) -> str:
        """How often, with what is counted."""
        return f"{formats.number(self.tally.times)} {self.counted_in}"


@dataclass(frozen=True)
class Totals:
    """By channel, in the order of the channels; a number that nobody gave has no column."""

    rows: Sequence[Total]

    @property
    def has_copies(self) -> bool:
        return any(row.tally.copies is not None for row in self.rows)

    @property
    def has_minutes(self) -> bool:
        return any(row.tally.minutes is not None for row in self.rows)


def totals_shown(tallies: Iterable[Tally]) -> Totals:
    """For the table of totals."""
    known = {code: tally for code, tally in merged(tallies).items() if code in CHANNELS}
    return Totals([Total(word(CHANNELS[code]), counted_in(CHANNELS[code]), tally) for code, tally in known.items()])


@dataclass(frozen=True)
class Event:
    """One entry of an activity's trail in words."""

    words: str
    entry: AuditEntry


NAMES = {
    "campaign": lambda: _("chiến dịch"),
    "channel": lambda: _("kênh"),
    "what": lambda: _("nội dung"),
    "done_on": lambda: _("ngày"),
    "times": lambda: _("số lần"),
    "audience": lambda: _("số người"),
    "copies": lambda: _("số bản"),
    "minutes": lambda: _("số phút"),
    "audiences": lambda: _("đối tượng"),
    "link": lambda: _("liên kết"),
}


def trail(activity: Activity) -> list[Event]:
    """What was done with the record, newest first."""
    entries = AuditEntry.objects.filter(subject_type="activities.activity", subject_id=str(activity.pk)).order_by("-id")
    return [Event(_in_words(entry), entry) for entry in entries]


def _in_words(entry: AuditEntry) -> str:
    if entry.verb == "activities.revise":
        changes: dict[str, Sequence[object]] = entry.detail.get("changed", {})
        return _("Sửa: %(what)s") % {
            "what": "; ".join(f"{NAMES[name]()} {_value(old)} → {_value(new)}" for name, (old, new) in changes.items())
        }
    if entry.verb == "activities.withdraw":
        return _("Rút: %(why)s") % {"why": entry.detail.get("because", "")}
    return _("Thêm ảnh") if entry.verb == "activities.add_photo" else _("Ghi")


def told(name: str, value: object) -> str:
    """One value of an activity in words."""
    if name == "channel":
        return word(CHANNELS.get(str(value), CHANNELS["other"]))
    if name == "audiences" and isinstance(value, list | tuple):
        return ", ".join(word(AUDIENCES[code]) for code in value if code in AUDIENCES)
    if isinstance(value, date):
        return formats.day(value)
    return formats.number(value) if isinstance(value, int) else str(value or "")


def _value(value: object) -> str:
    if value is None or value in ("", []):
        return _("trống")
    if isinstance(value, int):
        return formats.number(value)
    return ", ".join(map(str, value)) if isinstance(value, list) else f"“{value}”"
