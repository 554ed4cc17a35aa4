"""Units to be pressed, as pages and sheets show them: whom it would reach, when they were last pressed, whom to call."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, Subquery
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lachan.campaigns.chasing import Chased
from lachan.campaigns.models import Assignment, AssignmentQuerySet, Chase
from lachan.engine.layout import Column, Row, SheetTable, Table
from lachan.foundation import formats
from lachan.orgs.models import Grant
from lachan.reporting.standing import REPORTERS, without_people

ABOUT = {
    "mo": Chase.About.OPENED,
    "nhan": Chase.About.RECEIVED,
    "trien-khai": Chase.About.PASSED_ON,
    "bao-cao": Chase.About.REPORTED,
    "qua-han": Chase.About.REPORTED,
    "con-han": Chase.About.REPORTED,
    "tra-lai": Chase.About.REPORTED,
}
"""What the units of a list are pressed for, by the state the list is of; nothing for the other lists."""


@dataclass(frozen=True)
class Pressed:
    """One unit: who would be told, and when it was last pressed for the same thing."""

    given: Assignment
    people: Sequence[str]
    last: datetime | None
    today: bool


def pressed(units: Collection[Assignment], now: datetime) -> list[Pressed]:
    """`units`, as `with_last` gives them, with the people of each: one query for all."""
    names = defaultdict(list)
    grants = Grant.objects.in_force().filter(unit__in=[one.unit_id for one in units], role__in=REPORTERS)
    for unit, name in grants.order_by("person__name").values_list("unit_id", "person__name").distinct():
        names[unit].append(name)
    found = []
    for one in units:
        last: datetime | None = one.last_chased  # type: ignore[attr-defined]  # annotated
        found.append(Pressed(one, names[one.unit_id], last, bool(last and localdate(last) == localdate(now))))
    return found


def with_last(units: AssignmentQuerySet, about: Chase.About) -> AssignmentQuerySet:
    """`units` in Vietnamese order, each with the moment it was last pressed for this."""
    chases = Chase.objects.filter(assignment=OuterRef("pk"), about=about).order_by("-at")
    return (
        units.select_related("parent", "unit", "dispatch")
        .annotate(last_chased=Subquery(chases.values("at")[:1]))
        .order_by("unit_sort_key", "pk")
    )


def to_call(units: AssignmentQuerySet) -> AssignmentQuerySet:
    """Those of which nobody can sign in: they are called by telephone."""
    return units.filter(without_people()).select_related("parent", "unit", "dispatch").order_by("unit_sort_key", "pk")


def outcome(done: Chased) -> str:
    """What came of it, in a sentence or three."""
    said = [
        ngettext(
            "Đã đôn đốc %(count)s đơn vị, %(people)s người nhận thông báo.",
            "Đã đôn đốc %(count)s đơn vị, %(people)s người nhận thông báo.",
            len(done.reached),
        )
        % {"count": len(done.reached), "people": done.people}
    ]
    if done.before:
        count = len(done.before)
        said.append(
            ngettext("%(count)s đơn vị đã được đôn đốc hôm nay.", "%(count)s đơn vị đã được đôn đốc hôm nay.", count)
            % {"count": count}
        )
    if done.nobody:
        count = len(done.nobody)
        said.append(
            ngettext(
                "%(count)s đơn vị không có ai nhận được: chưa có tài khoản hoặc đã tắt loại thông báo này.",
                "%(count)s đơn vị không có ai nhận được: chưa có tài khoản hoặc đã tắt loại thông báo này.",
                count,
            )
            % {"count": count}
        )
    return " ".join(said)


def call_sheet(units: AssignmentQuerySet, *, title: str, about: Chase.About, now: datetime) -> SheetTable:
    """The units to be called, one a row, with what is known of how to reach them."""
    words = (_("STT"), _("Đơn vị"), _("Thuộc"), _("Điện thoại"), _("Thư điện tử"), _("Hạn báo cáo"))
    columns = tuple(Column(word, "text" if at else "index") for at, word in enumerate(words))
    rows = tuple(_row(number, one) for number, one in enumerate(to_call(units), start=1))
    said = _("Đơn vị %(about)s và chưa có ai vào được hệ thống, cần gọi điện") % {"about": about.label}
    head = (title, said, _("Số liệu lúc %(moment)s") % {"moment": formats.moment(now)})
    return SheetTable(_("Cần gọi điện"), Table(columns, rows, missing=""), head, landscape=True)


def _row(number: int, one: Assignment) -> Row:
    due = one.dispatch.report_due
    above = one.parent.unit_name if one.parent else ""
    at = f"{localtime(due):%d/%m/%Y %H:%M}" if due else ""
    return Row((str(number), one.unit_name, above, one.unit.phone, one.unit.email, at))
