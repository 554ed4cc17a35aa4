"""Finding a unit by what a person typed: its code, or its name with marks or without."""

from datetime import date

from django.utils.translation import gettext as _

from lachan.engine.vietnamese import fold
from lachan.foundation.refused import Refused
from lachan.orgs.models import Unit, UnitVersion, UnitVersionQuerySet
from lachan.orgs.shown import with_places

_LISTED = 8


def find_one(text: str, within: UnitVersionQuerySet, day: date) -> Unit:
    """The one unit of `within` that has this code or this name. Refused when there is none, or several: they are then listed."""
    by_code = within.filter(unit__code__iexact=text.strip()).select_related("unit", "kind")
    found = list(by_code) or [
        version
        for version in within.search(text).select_related("unit", "kind").in_order()
        if fold(text) in (fold(version.name), fold(version.body_name))
    ]
    if not found:
        raise Refused(
            _("Không thấy đơn vị nào có mã hoặc tên “%(text)s” trong phần anh/chị phụ trách.") % {"text": text}
        )
    if len(found) > 1:
        raise Refused(
            _("Có %(count)s đơn vị tên “%(text)s”. Hãy gõ mã của một đơn vị: %(units)s.")
            % {"count": len(found), "text": text, "units": "; ".join(_told(found[:_LISTED], day))}
        )
    return found[0].unit


def _told(versions: list[UnitVersion], day: date) -> list[str]:
    return [f"{one.version.unit.code} ({', '.join(one.above[:1])})" for one in with_places(versions, day)]


def namesakes(name: str, *, under: Unit, day: date, but: Unit | None = None) -> list[UnitVersion]:
    """Units right under `under` whose name differs from `name` by marks and capitals at most."""
    siblings = UnitVersion.objects.on(day).children_of(under).select_related("unit")
    return [one for one in siblings if fold(one.name) == fold(name) and one.unit_id != (but.pk if but else None)]
