"""Boundaries change: units begin and end, what they hold goes on, and nothing that was reported is rewritten."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection, transaction
from django.db.models import F, Q
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from lachan.foundation import audit
from lachan.foundation.refused import Refused
from lachan.orgs.access import grantable, roles_on
from lachan.orgs.actions.units import move
from lachan.orgs.ledger import BuiltOn, Ledger, take_back
from lachan.orgs.lineage import heirs_of
from lachan.orgs.models import BoundaryChange, Grant, Person, Succession, Unit, UnitVersion
from lachan.orgs.passing_on import Passing, held_by, pass_on, units_below
from lachan.orgs.places_below import settle

Stage = Callable[[str], None]
"""Told what comes next while a long action runs."""
_CHANGING = 0x1AC4A4  # pg_advisory_xact_lock key
_CONTENT = ("valid_to", "name", "name_en", "kind_id", "parent_id", "path", "sort_key", "search_text")


@dataclass(frozen=True, kw_only=True)
class Plan:
    """A change as it is to be: rows not yet written, which may name one another.

    `versions` begin on the day, of new units or of old ones; their paths are worked out. What `ended` units become is in `events`.
    """

    name: str
    day: date
    request_key: str
    basis: str = ""
    units: Sequence[Unit] = ()
    versions: Sequence[UnitVersion] = ()
    ended: Sequence[Unit] = ()
    events: Sequence[Succession] = ()


@transaction.atomic
def change_boundaries(plan: Plan, *, by: Person | None, now: datetime, stage: Stage = lambda _: None) -> BoundaryChange:
    """Units begin, change and end on the day; then whatever those that ended hold goes to the one unit that took over.

    What was divided waits for a person's choice (`choose`). Sent a second time it gives the change there is. Refused for a day to
    come while units end, and where a unit has changed after that day.
    """
    _one_at_a_time()
    if known := BoundaryChange.objects.filter(request_key=plan.request_key, undone_at=None).first():
        return known
    if plan.ended and plan.day > localdate(now):
        raise Refused(_("Ngày có hiệu lực chưa đến nên chưa bàn giao được. Đến ngày đó hãy ghi thay đổi này."))
    change = BoundaryChange.objects.create(
        name=plan.name, basis=plan.basis, day=plan.day, request_key=plan.request_key, made_by=by, made_at=now
    )
    ledger = Ledger(change)
    stage(_("Lập, đổi và kết thúc đơn vị"))
    counts = Counter(units_begun=len(plan.units), units_ended=len(plan.ended), links=len(plan.events))
    ledger.create(plan.units)
    _write_events(plan, ledger)
    counts["versions"] = _write_versions(plan, ledger)
    stage(_("Chuyển việc đang mở sang đơn vị tiếp nhận"))
    ended = Unit.objects.filter(valid_to=plan.day).values_list("pk", flat=True)
    heirs = {
        unit: fate.sole for unit, fate in heirs_of(ended, max(plan.day, localdate(now))).items() if not fate.is_divided
    }
    counts.update(pass_on(Passing(heirs, change.name, by, now, ledger)))
    change.counts = counts
    change.save(update_fields=["counts"])
    audit.record("orgs.change_boundaries", change, by=by, now=now, detail={"name": change.name, **counts})
    return change


def _one_at_a_time() -> None:
    """Changes wait for one another until the transaction ends: each rests on the tree that the one before it left."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_CHANGING])


def _write_events(plan: Plan, ledger: Ledger) -> None:
    known = set(Succession.objects.filter(day=plan.day).values_list("old_id", "new_id"))
    new = [one for one in plan.events if (one.old.pk, one.new.pk if one.new else None) not in known]
    for one in new:
        one.change = ledger.change
    ledger.create(new)


def _write_versions(plan: Plan, ledger: Ledger) -> int:
    """Ends and begins versions; gives how many begin. Units below those that changed go along."""
    now = {one.unit_id: one for one in UnitVersion.objects.on(plan.day)}
    ended = {unit.pk for unit in plan.ended}
    wanted = {one.unit.pk: one for one in plan.versions}
    _refuse_changed_since(ended, wanted.keys() & now.keys(), plan.day)
    for unit in plan.ended:
        unit.valid_to = plan.day
    ledger.update(plan.ended, ["valid_to"])
    settle(plan.day, {key: one for key, one in now.items() if key not in ended}, wanted)
    closing = [now[key] for key in (*ended, *wanted) if key in now and now[key].valid_from < plan.day]
    again = [one for key, one in wanted.items() if key in now and now[key].valid_from == plan.day]
    for one in again:
        one.pk = now[one.unit.pk].pk
    for one in closing:
        one.valid_to = plan.day
    ledger.update(closing, ["valid_to"])
    ledger.update(again, _CONTENT)
    begun = [one for one in wanted.values() if one.pk is None]
    ledger.create(begun)
    return len(begun)


def _refuse_changed_since(ended: Collection[int], changed: Collection[int], day: date) -> None:
    """What is written is only added to: a unit does not change, or end, before a change it already has."""
    after = Q(unit__in=changed, valid_from__gt=day) | Q(unit__in=ended, valid_from__gte=day)
    if later := UnitVersion.objects.filter(after).order_by("valid_from").first():
        raise Refused(
            _("“%(name)s” đã có thay đổi từ ngày %(day)s; chỉ ghi thêm được thay đổi sau ngày đó.")
            % {"name": later.name, "day": later.valid_from.strftime("%d/%m/%Y")}
        )


@transaction.atomic
def undo(change: BoundaryChange, *, by: Person | None, now: datetime) -> int:
    """Everything the change wrote is as it was before; gives the number of rows. The trail of it stays, and is added to.

    Refused when it was undone already, and when somebody has gone on from what it wrote.
    """
    _one_at_a_time()
    change = BoundaryChange.objects.select_for_update(of=("self",)).get(pk=change.pk)
    if change.undone_at:
        raise Refused(_("Thay đổi này đã được hoàn tác."))
    if change.choices_made:
        raise Refused(
            _("Không hoàn tác được “%(change)s”: sau đó đã có người làm tiếp trên %(what)s.")
            % {"change": change.name, "what": _("những đơn vị bị chia, và đã chọn nơi tiếp nhận")}
        )
    try:
        with transaction.atomic():
            taken = take_back(change.steps.all())
    except BuiltOn as found:
        raise Refused(
            _("Không hoàn tác được “%(change)s”: sau đó đã có người làm tiếp trên %(what)s.")
            % {"change": change.name, "what": _told(found)}
        ) from found
    change.undone_by, change.undone_at = by, now
    change.save(update_fields=["undone_by", "undone_at"])
    audit.record("orgs.undo_boundaries", change, by=by, now=now, detail={"name": change.name, "rows": taken})
    return taken


def _told(found: BuiltOn) -> str:
    words = {
        "orgs.unit": _("thông tin đơn vị"),
        "orgs.unitversion": _("tên, loại hoặc nơi trực thuộc của đơn vị"),
        "orgs.grant": _("vai trò của người dùng"),
        "campaigns.assignment": _("nhiệm vụ được giao"),
        "reporting.obligation": _("báo cáo của đơn vị"),
    }
    what = words.get(found.model._meta.label_lower, _("dữ liệu khác"))
    row = found.model._default_manager.filter(pk=found.key).first() if found.key else None
    unit = row if isinstance(row, Unit) else getattr(row, "unit", None)
    last = unit.versions.order_by("-valid_from").first() if isinstance(unit, Unit) else None
    return f"{what} ({last.name})" if last else what


@transaction.atomic
def choose(
    unit: Unit, *, successor: Unit, because: str, by: Person, now: datetime, only: Collection[str] | None = None
) -> None:
    """A person says who takes over what a unit still holds after it was divided, or ended with nobody in its place.

    `only`: those of its things (keys of `Held`), else all of them. Refused without a reason, for a unit that is not one of those
    it was divided into, and for roles that the person may not give there.
    """
    today = localdate(now)
    _refuse_choice(unit, successor, because, today)
    keys = {one.key for one in held_by([unit.pk], today)}
    chosen = keys if only is None else keys & set(only)
    if not chosen:
        raise Refused(_("Chưa chọn việc nào, hoặc các việc đã chọn đều đã bàn giao."))
    _refuse_roles_beyond(by, unit, successor, chosen, today)
    below = [one for one in units_below([unit.pk], today) if f"unit:{one.unit_id}" in chosen]
    for one in below:
        move(one.unit, under=successor, on=today, by=by, now=now)
    pass_on(Passing({unit.pk: successor.pk}, because.strip(), by, now, Ledger(), only=chosen))
    divided_by = BoundaryChange.objects.filter(events__old=unit, events__day=unit.valid_to).values("pk")
    BoundaryChange.objects.filter(pk__in=divided_by).update(choices_made=F("choices_made") + 1)
    detail = {"successor": successor.pk, "because": because.strip(), "what": sorted(chosen)}
    audit.record("orgs.choose_successor", unit, by=by, now=now, detail=detail)


def _refuse_choice(unit: Unit, successor: Unit, because: str, today: date) -> None:
    if not because.strip():
        raise Refused(_("Ghi lý do chọn đơn vị tiếp nhận."))
    if unit.valid_to > today:
        raise Refused(_("Đơn vị này còn hoạt động nên không có gì để bàn giao."))
    if successor.valid_to <= today:
        raise Refused(_("Đơn vị tiếp nhận không còn hoạt động."))
    fate = heirs_of([unit.pk], today)[unit.pk]
    if not fate.is_abolished and successor.pk not in fate.choices:
        raise Refused(_("Chỉ chọn được một trong các đơn vị nhận một phần của đơn vị cũ."))


def _refuse_roles_beyond(by: Person, unit: Unit, successor: Unit, chosen: Collection[str], today: date) -> None:
    """Nobody gives a role by way of a choice that they may not give one by one."""
    keys = [int(key.removeprefix("grant:")) for key in chosen if key.startswith("grant:")]
    wanted = Grant.objects.in_force().filter(pk__in=keys, unit=unit).select_related("person")
    may = set(grantable(roles_on(by, unit, today))) & set(grantable(roles_on(by, successor, today)))
    if names := sorted(grant.person.name for grant in wanted if grant.role not in may):
        raise Refused(
            _("Anh/chị không được chuyển vai trò của %(names)s. Đề nghị người quản trị hệ thống chuyển.")
            % {"names": ", ".join(names)}
        )
