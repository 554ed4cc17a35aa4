"""Founding, renaming, moving and closing units. History is only added to: a change cannot come before one already made."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import count

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from lachan.engine.vietnamese import sort_key
from lachan.foundation import audit
from lachan.foundation.refused import Refused
from lachan.orgs.models import STILL_VALID, UNRECORDED_START, Person, Succession, Unit, UnitVersion, searchable


@dataclass(frozen=True, kw_only=True)
class Founding:
    """A body to be founded under `parent` (None: at the top). `variants`: other names letters call it by, for search."""

    code: str
    name: str
    kind: str
    parent: Unit | None
    name_en: str = ""
    valid_from: date = UNRECORDED_START
    valid_to: date = STILL_VALID
    variants: tuple[str, ...] = ()
    email: str = ""
    phone: str = ""
    address: str = ""
    letter_symbol: str = ""


CONTACTS = ("email", "phone", "address", "letter_symbol")
"""What of a unit is not dated: how to reach it, and the symbol of its letters."""


def free_codes(parent: Unit) -> Iterator[str]:
    """Codes for units under `parent` that have none of their own: its code with a number that nobody has or had."""
    begin = f"{parent.code}-"
    taken = set(Unit.objects.filter(code__startswith=begin).values_list("code", flat=True))
    return (code for code in (f"{begin}{number}" for number in count(1)) if code not in taken)


def found_unit(founding: Founding, *, by: Person | None, now: datetime) -> Unit:
    """One new unit; see `found_units`."""
    return found_units([founding], by=by, now=now)[0]


@transaction.atomic
def found_units(foundings: Sequence[Founding], *, by: Person | None, now: datetime) -> list[Unit]:
    """New units, in the order given; their parents exist already. Refused when a code is taken on the same first day."""
    units = [
        Unit(
            code=f.code,
            valid_from=f.valid_from,
            valid_to=f.valid_to,
            email=f.email,
            phone=f.phone,
            address=f.address,
            letter_symbol=f.letter_symbol,
        )
        for f in foundings
    ]
    try:
        with transaction.atomic():
            Unit.objects.bulk_create(units)
    except IntegrityError as error:
        raise Refused(_("Mã đơn vị đã được dùng cho một đơn vị khác thành lập cùng ngày.")) from error
    parents = _versions_of({f.parent.pk for f in foundings if f.parent})
    versions = [
        version
        for unit, founding in zip(units, foundings, strict=True)
        for version in _first_versions(unit, founding, parents)
    ]
    UnitVersion.objects.bulk_create(versions)
    if len(units) == 1:
        audit.record("orgs.found_unit", units[0], by=by, now=now, detail={"name": foundings[0].name})
    elif units:
        audit.record("orgs.found_units", units[0], by=by, now=now, detail={"codes": [unit.code for unit in units]})
    return units


def _versions_of(units: set[int]) -> dict[int, list[UnitVersion]]:
    versions: dict[int, list[UnitVersion]] = {unit: [] for unit in units}
    for version in UnitVersion.objects.filter(unit_id__in=units).order_by("unit_id", "valid_from"):
        versions[version.unit_id].append(version)
    return versions


def _first_versions(unit: Unit, founding: Founding, parents: dict[int, list[UnitVersion]]) -> Iterator[UnitVersion]:
    """One version for each stretch in which the parent stood in one place; the last goes on after the parent has ended."""
    for start, end, path in _stretches(founding, parents):
        yield UnitVersion(
            unit=unit,
            valid_from=start,
            valid_to=end,
            name=founding.name,
            name_en=founding.name_en,
            kind_id=founding.kind,
            parent=founding.parent,
            path=f"{path}{unit.pk}.",
            sort_key=sort_key(founding.name),
            search_text=searchable([founding.name, *founding.variants]),
        )


def _stretches(founding: Founding, parents: dict[int, list[UnitVersion]]) -> Iterator[tuple[date, date, str]]:
    if founding.parent is None:
        yield founding.valid_from, founding.valid_to, ""
        return
    above = [
        v for v in parents[founding.parent.pk] if v.valid_to > founding.valid_from and v.valid_from < founding.valid_to
    ]
    if not above or above[0].valid_from > founding.valid_from:
        raise Refused(_("Đơn vị cấp trên của “%(name)s” không hoạt động vào ngày thành lập.") % {"name": founding.name})
    start, path = founding.valid_from, above[0].path
    for version in above[1:]:
        if version.path != path:
            yield start, version.valid_from, path
            start, path = version.valid_from, version.path
    yield start, founding.valid_to, path


@transaction.atomic
def rename(unit: Unit, *, name: str, on: date, by: Person, now: datetime, name_en: str = "") -> UnitVersion:
    """`unit` is called `name` from `on`. The former name still finds it."""
    version = _changed(unit, on)
    former = version.name
    version.name, version.name_en, version.sort_key = name, name_en, sort_key(name)
    version.search_text = searchable([name, former])
    version.save()
    audit.record("orgs.rename", unit, by=by, now=now, detail={"from": former, "to": name, "on": on.isoformat()})
    return version


@transaction.atomic
def reclassify(unit: Unit, *, kind: str, on: date, by: Person, now: datetime) -> UnitVersion:
    """`unit` is of another kind from `on`."""
    version = _changed(unit, on)
    former, version.kind_id = version.kind_id, kind
    version.save()
    audit.record("orgs.reclassify", unit, by=by, now=now, detail={"from": former, "to": kind, "on": on.isoformat()})
    return version


@transaction.atomic
def change_contacts(unit: Unit, *, contacts: Mapping[str, str], by: Person, now: datetime) -> None:
    """Writes those of `CONTACTS` that `contacts` names. What is as it was changes nothing."""
    unit = Unit.objects.select_for_update().get(pk=unit.pk)
    changed = {name: text for name, text in contacts.items() if name in CONTACTS and getattr(unit, name) != text}
    if not changed:
        return
    former = {name: getattr(unit, name) for name in changed}
    for name, text in changed.items():
        setattr(unit, name, text)
    unit.save(update_fields=list(changed))
    audit.record("orgs.change_contacts", unit, by=by, now=now, detail={"from": former, "to": changed})


@dataclass(frozen=True, kw_only=True)
class Particulars:
    """What a unit is called, what kind it is, and how to reach it. None leaves the thing as it is."""

    name: str | None = None
    name_en: str | None = None
    kind: str | None = None
    contacts: Mapping[str, str] = field(default_factory=dict)


@transaction.atomic
def revise(unit: Unit, *, new: Particulars, on: date, by: Person, now: datetime) -> None:
    """Writes what differs: name and kind from `on`, contacts at once. What is as it was changes nothing."""
    version = unit.version_on(on)
    name = version.name if new.name is None else new.name
    name_en = version.name_en if new.name_en is None else new.name_en
    if (name, name_en) != (version.name, version.name_en):
        rename(unit, name=name, name_en=name_en, on=on, by=by, now=now)
    if new.kind is not None and new.kind != version.kind_id:
        reclassify(unit, kind=new.kind, on=on, by=by, now=now)
    change_contacts(unit, contacts=new.contacts, by=by, now=now)


@transaction.atomic
def move(unit: Unit, *, under: Unit, on: date, by: Person, now: datetime) -> UnitVersion:
    """`unit`, with everything below it, stands under `under` from `on`."""
    above = UnitVersion.objects.on(on).filter(unit=under).first()
    if above is None:
        raise Refused(_("Đơn vị cấp trên mới không hoạt động vào ngày chuyển."))
    before = unit.version_on(on).path
    if above.path.startswith(before):
        raise Refused(_("Không thể chuyển một đơn vị vào bên dưới chính nó."))
    for below in UnitVersion.objects.on(on).filter(path__startswith=before).select_related("unit"):
        version = _changed(below.unit, on)
        version.path = above.path + version.path.removeprefix(before.removesuffix(f"{unit.pk}."))
        if below.unit_id == unit.pk:
            version.parent = under
        version.save()
    audit.record("orgs.move", unit, by=by, now=now, detail={"under": under.pk, "on": on.isoformat()})
    return unit.version_on(on)


@transaction.atomic
def close(unit: Unit, *, on: date, by: Person, now: datetime, successor: Unit | None = None) -> None:
    """`unit` no longer exists from `on`; `successor` is what it was merged into. Refused while other units stand below it."""
    if UnitVersion.objects.filter(parent=unit, valid_to__gt=on).exists():
        raise Refused(_("Còn đơn vị trực thuộc. Chuyển hoặc kết thúc các đơn vị đó trước."))
    last = _last(unit, on)
    if last.valid_from >= on:
        raise Refused(_("Ngày kết thúc phải sau ngày bắt đầu của lần thay đổi gần nhất."))
    last.valid_to = unit.valid_to = on
    last.save(update_fields=["valid_to"])
    unit.save(update_fields=["valid_to"])
    if successor:
        Succession.objects.create(old=unit, new=successor, day=on, event=Succession.Event.MERGED)
    told = {"on": on.isoformat(), **({"successor": successor.pk} if successor else {})}
    audit.record("orgs.close", unit, by=by, now=now, detail=told)


def _last(unit: Unit, on: date) -> UnitVersion:
    """The latest version, which must be in force on `on`."""
    last = UnitVersion.objects.select_for_update(of=["self"]).filter(unit=unit).latest("valid_from")
    if last.valid_from > on:
        raise Refused(
            _("“%(name)s” đã có thay đổi từ ngày %(day)s; chỉ ghi thêm được thay đổi sau ngày đó.")
            % {"name": last.name, "day": last.valid_from.strftime("%d/%m/%Y")}
        )
    if last.valid_to <= on:
        raise Refused(_("“%(name)s” không còn hoạt động vào ngày đó.") % {"name": last.name})
    return last


def _changed(unit: Unit, on: date) -> UnitVersion:
    """The version that begins on `on`, ready to be given what changes: a copy of the latest one, which now ends there."""
    last = _last(unit, on)
    if last.valid_from == on:
        return last
    end, last.valid_to = last.valid_to, on
    last.save(update_fields=["valid_to"])
    last.pk, last.valid_from, last.valid_to = None, on, end
    last._state.adding = True
    return last
