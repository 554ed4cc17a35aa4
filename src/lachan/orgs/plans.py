"""Changes of boundaries as an operator enters them, made into plans: one event each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from lachan.engine.vietnamese import sort_key
from lachan.foundation.refused import Refused
from lachan.orgs.actions import Plan, free_codes
from lachan.orgs.models import STILL_VALID, Succession, Unit, UnitVersion, searchable


@dataclass(frozen=True, kw_only=True)
class Decided:
    """What every change has: from which day, on which decision it rests, and the key of this press of the button."""

    day: date
    request_key: str
    basis: str = ""

    def named(self, name: str) -> dict[str, str | date]:
        return {"name": name[:300], "day": self.day, "request_key": self.request_key, "basis": self.basis}


@dataclass(frozen=True, kw_only=True)
class NewUnit:
    """A unit that a merger founds, under the one that those before it stand under. Without a code it gets a free one."""

    name: str
    kind: str
    code: str = ""


def merging(olds: Sequence[Unit], into: Unit | NewUnit, decided: Decided) -> Plan:
    """Several units go whole into one, which is there already (it may be one of them) or is founded by it."""
    now = _versions(olds, decided.day)
    units: list[Unit] = []
    versions: list[UnitVersion] = []
    if isinstance(into, NewUnit):
        parent = _common_parent(now)
        code = into.code or (next(free_codes(parent)) if parent else "")
        heir, name = Unit(code=code, valid_from=decided.day), into.name
        if not code or Unit.objects.filter(code=code, valid_from=decided.day).exists():
            raise Refused(_("Mã đơn vị mới còn trống, hoặc đã được dùng cho một đơn vị thành lập cùng ngày."))
        units, versions = [heir], [_begun(heir, decided.day, into, parent)]
    else:
        heir, name = into, into.name_on(decided.day)
    gone = [one for one in olds if one.pk != heir.pk]
    if not gone:
        raise Refused(_("Cần ít nhất một đơn vị khác nhập vào."))
    names = ", ".join(one.name for one in now if one.unit_id != heir.pk)
    return Plan(
        **decided.named(_("Nhập %(olds)s vào %(new)s") % {"olds": names, "new": name}),  # type: ignore[arg-type]
        units=units,
        versions=versions,
        ended=gone,
        events=[Succession(old=one, new=heir, day=decided.day, event=Succession.Event.MERGED) for one in gone],
    )


def splitting(old: Unit, parts: Mapping[Unit, Decimal | None], decided: Decided) -> Plan:
    """A unit goes in parts to others. Shares are stated for all of them, and make a whole, or for none."""
    stated = [share for share in parts.values() if share is not None]
    if len(parts) < 2 or old in parts:
        raise Refused(_("Cần từ hai đơn vị nhận phần, khác đơn vị bị chia."))
    if stated and (len(stated) < len(parts) or sum(stated) != 1):
        raise Refused(_("Ghi tỷ lệ cho mọi đơn vị nhận phần, tổng bằng 100 %; hoặc không ghi tỷ lệ nào."))
    [now] = _versions([old], decided.day)
    names = ", ".join(one.name for one in _versions(list(parts), decided.day))
    return Plan(
        **decided.named(_("Chia %(old)s cho %(parts)s") % {"old": now.name, "parts": names}),  # type: ignore[arg-type]
        ended=[old],
        events=[
            Succession(old=old, new=one, day=decided.day, event=Succession.Event.SPLIT, share=share)
            for one, share in parts.items()
        ],
    )


def abolishing(olds: Sequence[Unit], decided: Decided) -> Plan:
    """Units end, and nothing takes their place: what they owe is owed by nobody, those below answer to the level above."""
    names = ", ".join(one.name for one in _versions(olds, decided.day))
    return Plan(
        **decided.named(_("Kết thúc hoạt động: %(names)s") % {"names": names}),  # type: ignore[arg-type]
        ended=olds,
        events=[Succession(old=one, new=None, day=decided.day, event=Succession.Event.ABOLISHED) for one in olds],
    )


def changing(unit: Unit, decided: Decided, *, name: str = "", kind: str = "", under: Unit | None = None) -> Plan:
    """The same unit under another name, of another kind or under another unit; what is left out stays."""
    [now] = _versions([unit], decided.day)
    version = UnitVersion(
        unit=unit,
        valid_from=decided.day,
        valid_to=now.valid_to,
        name=name or now.name,
        name_en="" if name else now.name_en,
        kind_id=kind or now.kind_id,
        parent=under or now.parent,
        sort_key=sort_key(name or now.name),
        search_text=searchable([name, now.name]) if name else now.search_text,
    )
    event, told = Succession.Event.RENAMED, _("Đổi tên %(old)s thành %(new)s") % {"old": now.name, "new": name}
    if kind:
        event, told = Succession.Event.RECLASSIFIED, _("Đổi loại %(old)s") % {"old": now.name}
    if under:
        event = Succession.Event.MOVED
        told = _("Chuyển %(old)s về %(new)s") % {"old": now.name, "new": under.name_on(decided.day)}
    return Plan(
        **decided.named(told),  # type: ignore[arg-type]
        versions=[version],
        events=[Succession(old=unit, new=unit, day=decided.day, event=event)],
    )


def _versions(units: Sequence[Unit], day: date) -> list[UnitVersion]:
    known = UnitVersion.objects.on(day).of_units(units)
    if len(known) < len({one.pk for one in units}):
        raise Refused(_("Có đơn vị không hoạt động vào ngày đó."))
    return [known[one.pk] for one in units]


def _common_parent(versions: Sequence[UnitVersion]) -> Unit | None:
    """The nearest unit that all of them stand under."""
    shared = [key for key in versions[0].ancestor_keys if all(key in one.ancestor_keys for one in versions)]
    return Unit.objects.get(pk=shared[-1]) if shared else None


def _begun(unit: Unit, day: date, new: NewUnit, parent: Unit | None) -> UnitVersion:
    return UnitVersion(
        unit=unit,
        valid_from=day,
        valid_to=STILL_VALID,
        name=new.name,
        kind_id=new.kind,
        parent=parent,
        sort_key=sort_key(new.name),
        search_text=searchable([new.name]),
    )
