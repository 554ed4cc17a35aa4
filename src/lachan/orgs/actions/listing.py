"""A list of units comes in as a file, is judged row by row, and its faultless rows are written when somebody says so."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import date, datetime
from pathlib import PurePath
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from lachan.engine.tables import Unreadable, read_sheets
from lachan.engine.unit_list import Field, Judged, Verdict, find_table, judge
from lachan.engine.unit_list.columns import Table
from lachan.foundation import audit
from lachan.foundation.refused import Refused
from lachan.orgs.actions.units import CONTACTS, Founding, Particulars, found_units, free_codes, move, revise
from lachan.orgs.branch import known_branch
from lachan.orgs.models import Person, Unit, UnitList, UnitListRow

State = UnitList.State
_BATCH = 500
_LONGEST_NAME = 200


@transaction.atomic
def bring_list(
    *, root: Unit, data: bytes, name: str, applies_on: date, by: Person, now: datetime
) -> tuple[UnitList, bool]:
    """Keeps the file, to be judged; and whether it is a new one. The same file once more gives the list that waits."""
    sha256 = hashlib.sha256(data).hexdigest()
    waiting = UnitList.objects.filter(
        root=root, sha256=sha256, applies_on=applies_on, state__in=[State.READING, State.READY]
    )
    if known := waiting.first():
        return known, False
    shown = "".join(c for c in PurePath(name.replace("\\", "/")).name if c.isprintable())[-_LONGEST_NAME:]
    brought = UnitList(root=root, file_name=shown, sha256=sha256, applies_on=applies_on, brought_by=by, brought_at=now)
    brought.file.save(sha256, ContentFile(data), save=False)
    brought.save()
    audit.record("orgs.bring_list", brought, by=by, now=now, detail={"root": root.pk, "sha256": sha256})
    return brought, True


def judge_list(brought: UnitList) -> None:
    """Judges every row against the units there are, keeping count; stops when asked to. Nothing but the preview is written."""
    try:
        table = _table(brought)
    except (Unreadable, Refused) as no:
        _leave(brought, State.UNREADABLE, _(str(no)))
        return
    rows = _judged(brought, table)
    brought.rows.all().delete()
    brought.rows_in_all, brought.done, brought.trouble = len(rows), 0, ""
    brought.headings = {str(field): heading for field, heading in table.columns.headings.items()}
    brought.passed_over = [*table.columns.unknown, *table.columns.twice]
    brought.save(update_fields=["rows_in_all", "done", "trouble", "headings", "passed_over"])
    for start in range(0, len(rows), _BATCH):
        brought.refresh_from_db(fields=["stop_asked"])
        if brought.stop_asked:
            _leave(brought, State.STOPPED, "")
            return
        batch = rows[start : start + _BATCH]
        UnitListRow.objects.bulk_create(UnitListRow(unit_list=brought, **_kept(row)) for row in batch)
        brought.done = start + len(batch)
        brought.save(update_fields=["done"])
    _leave(brought, State.READY, "")


def _table(brought: UnitList) -> Table:
    with brought.file.open("rb") as file:
        table = find_table(read_sheets(bytes(file.read())))
    if table is None:
        raise Refused(
            _(
                "Không thấy dòng tiêu đề. Trong 20 dòng đầu cần một dòng có “Tên đơn vị” và ít nhất một cột khác như "
                "“Mã đơn vị”, “Loại đơn vị”, “Đơn vị cấp trên”. Nên dùng tệp mẫu."
            )
        )
    if not table.lines:
        raise Refused(_("Dưới dòng tiêu đề chưa có đơn vị nào."))
    return table


def _judged(brought: UnitList, table: Table) -> list[Judged]:
    at = table.columns.places.get(Field.CODE)
    codes = {line.at(at).text for line in table.lines} if at is not None else set()
    return judge(table.lines, table.columns, known_branch(brought.root, brought.applies_on, codes))


def _kept(row: Judged) -> dict[str, Any]:
    return {
        "number": row.number,
        "verdict": row.verdict,
        "written": dict(row.written),
        "changes": [asdict(change) for change in row.changes],
        "faults": [asdict(fault) for fault in row.faults],
        "remarks": dict(row.remarks),
        "hidden": row.hidden,
        "unit_id": row.unit,
    }


def _leave(brought: UnitList, state: str, trouble: str) -> None:
    brought.state, brought.trouble = state, trouble
    brought.save(update_fields=["state", "trouble"])


@transaction.atomic
def stop_list(brought: UnitList, *, by: Person, now: datetime) -> None:
    """Stop judging after the rows at hand. A list already judged stays."""
    if UnitList.objects.filter(pk=brought.pk, state=State.READING, stop_asked=False).update(stop_asked=True):
        audit.record("orgs.stop_list", brought, by=by, now=now)


@transaction.atomic
def judge_again(brought: UnitList, *, by: Person, now: datetime) -> None:
    """Judge the list anew, against the units of now. Refused once it has been written."""
    brought = UnitList.objects.select_for_update(of=("self",)).get(pk=brought.pk)
    if brought.state in (State.TAKEN, State.TAKING):
        raise Refused(_("Danh sách này đã ghi rồi."))
    brought.state, brought.stop_asked = State.READING, False
    brought.save(update_fields=["state", "stop_asked"])
    audit.record("orgs.judge_list_again", brought, by=by, now=now)


@transaction.atomic
def ask_to_take(brought: UnitList) -> None:
    """Marks a long list as being written, for the worker. Refused unless it waits for that."""
    if not UnitList.objects.filter(pk=brought.pk, state=State.READY).update(state=State.TAKING, trouble=""):
        raise Refused(_("Danh sách này không còn chờ ghi."))


@transaction.atomic
def take_list(brought: UnitList, *, by: Person, now: datetime) -> UnitList:
    """Writes the faultless rows, all of them or none. The people named in them are left for an invitation of its own.

    Refused when the units have changed since the preview, so that nothing is written that nobody has seen.
    """
    brought = UnitList.objects.select_for_update(of=("self",)).select_related("root").get(pk=brought.pk)
    if brought.state not in (State.READY, State.TAKING):
        raise Refused(_("Danh sách này không còn chờ ghi."))
    rows = _judged(brought, _table(brought))
    if not _as_previewed(brought, rows):
        raise Refused(_("Danh mục đơn vị đã thay đổi từ lúc xem trước nên chưa ghi gì. Hãy đối chiếu lại rồi ghi."))
    good = [row for row in rows if row.verdict != Verdict.FAULTY]
    units = {row.number: row.unit for row in good if row.unit}
    units |= _found_new(brought, [row for row in good if row.verdict == Verdict.NEW], by, now)
    for row in good:
        if row.verdict == Verdict.CHANGED:
            _change(brought, row, units, by, now)
    for kept in (written := list(brought.rows.exclude(verdict=Verdict.FAULTY))):
        kept.unit_id = units[kept.number]
    UnitListRow.objects.bulk_update(written, ["unit"], batch_size=_BATCH)
    brought.state, brought.taken_by, brought.taken_at, brought.trouble = State.TAKEN, by, now, ""
    brought.save(update_fields=["state", "taken_by", "taken_at", "trouble"])
    counts = {str(verdict): sum(row.verdict == verdict for row in rows) for verdict in Verdict}
    audit.record("orgs.take_list", brought, by=by, now=now, detail={"root": brought.root_id, **counts})
    return brought


def give_up_taking(brought: UnitList, why: str) -> None:
    """A long list could not be written: it waits again, and says why."""
    _leave(brought, State.READY, why)


def _as_previewed(brought: UnitList, rows: Sequence[Judged]) -> bool:
    seen = {row.number: (row.verdict, row.unit_id, row.changes) for row in brought.rows.all()}
    return seen == {row.number: (row.verdict, row.unit, _kept(row)["changes"]) for row in rows}


def _found_new(brought: UnitList, rows: Sequence[Judged], by: Person, now: datetime) -> dict[int, int]:
    """Founds level by level, so that parents are there first. Keys of the new units by row."""
    founded: dict[int, int] = {}
    waiting = list(rows)
    numbered: dict[int, Iterator[str]] = {}
    parents: dict[int, Unit] = Unit.objects.in_bulk({row.parent for row in rows if row.parent})
    while waiting:
        level = [row for row in waiting if row.parent or row.parent_row in founded]
        under = {row.number: parents[row.parent or founded[row.parent_row or 0]] for row in level}
        numbered |= {key: free_codes(parents[key]) for key in {one.pk for one in under.values()} - numbered.keys()}
        units = found_units([_founding(brought, row, under[row.number], numbered) for row in level], by=by, now=now)
        for row, unit in zip(level, units, strict=True):
            founded[row.number], parents[unit.pk] = unit.pk, unit
        waiting = [row for row in waiting if row.number not in founded]
    return founded


def _founding(brought: UnitList, row: Judged, parent: Unit, numbered: dict[int, Iterator[str]]) -> Founding:
    texts = row.written
    return Founding(
        code=texts.get(Field.CODE) or next(numbered[parent.pk]),
        name=texts[Field.NAME],
        name_en=texts.get(Field.NAME_EN, ""),
        kind=row.kind,
        parent=parent,
        valid_from=brought.applies_on,
        email=texts.get(Field.EMAIL, ""),
        phone=texts.get(Field.PHONE, ""),
        address=texts.get(Field.ADDRESS, ""),
        letter_symbol=texts.get(Field.SYMBOL, ""),
    )


def _change(brought: UnitList, row: Judged, units: dict[int, int], by: Person, now: datetime) -> None:
    changed = {change.field: change.after for change in row.changes}
    unit = Unit.objects.get(pk=units[row.number])
    new = Particulars(
        name=changed.get(Field.NAME),
        name_en=changed.get(Field.NAME_EN),
        kind=row.kind if Field.KIND in changed else None,
        contacts={name: changed[Field(name)] for name in CONTACTS if Field(name) in changed},
    )
    try:
        revise(unit, new=new, on=brought.applies_on, by=by, now=now)
        if Field.PARENT in changed:
            under = Unit.objects.get(pk=row.parent or units[row.parent_row or row.number])
            move(unit, under=under, on=brought.applies_on, by=by, now=now)
    except Refused as no:
        raise Refused(_in_row(row, no)) from no


def _in_row(row: Judged, no: Refused) -> str:
    return _("Dòng %(number)s: %(why)s Chưa ghi dòng nào.") % {"number": row.number, "why": no}
