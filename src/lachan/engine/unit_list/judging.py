"""Every row of a list against the units there are: new, changed, unchanged, or faulty and why."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from lachan.engine.tables import Line
from lachan.engine.unit_list.columns import Columns, Field
from lachan.engine.unit_list.known import Known, KnownUnit
from lachan.engine.unit_list.places import Place, Places, codes
from lachan.engine.unit_list.rows import Row, cell_faults
from lachan.engine.unit_list.verdicts import Change, Fault, FaultCode, Judged, Verdict
from lachan.engine.vietnamese import fold

_TEXTS = (Field.NAME, Field.NAME_EN, Field.EMAIL, Field.PHONE, Field.ADDRESS, Field.SYMBOL)


def judge(lines: Sequence[Line], columns: Columns, known: Known) -> list[Judged]:
    """One verdict for each row, in the order of the file. Nothing outside the branch of `known.root` is ever touched.

    A row is about the unit with its code, else about the one unit of its name under its parent. Parents may stand further down in
    the file. A row under a faulty one is faulty too.
    """
    rows = [Row(line, {field: line.at(at) for field, at in columns.places.items()}) for line in lines]
    places = Places(known, rows)
    judged = {row.number: _judged(row, places) for row in rows}
    _mark_twice(judged)
    _mark_circles(judged)
    _mark_below_faulty(judged)
    return list(judged.values())


def _judged(row: Row, places: Places) -> Judged:
    unit, place = places.units[row.number], places.parent(row)
    kind, kind_fault = _kind(row, unit, places.known)
    whose = places.faults.get(row.number)
    faults = [fault for fault in (*cell_faults(row), whose, *(() if whose else (place.fault, kind_fault))) if fault]
    if unit is None and not faults and (same := _namesakes(row, place, places.known)):
        faults.append(Fault(Field.NAME, FaultCode.NAMESAKE, row.text(Field.NAME), codes(same)))
    changes = _changes(row, unit, kind, place, places.known) if unit and not faults else ()
    return Judged(
        number=row.number,
        verdict=_verdict(faults, unit, changes),
        written={field: cell.text for field, cell in row.cells.items() if cell.text},
        kind=kind,
        unit=unit.key if unit else None,
        parent=place.unit,
        parent_row=place.row,
        changes=changes,
        faults=tuple(faults),
        remarks={field: cell.remark for field, cell in row.cells.items() if cell.remark},
        hidden=row.line.hidden,
    )


def _verdict(faults: Sequence[Fault], unit: KnownUnit | None, changes: Sequence[Change]) -> Verdict:
    if faults:
        return Verdict.FAULTY
    if unit is None:
        return Verdict.NEW
    return Verdict.CHANGED if changes else Verdict.SAME


def _kind(row: Row, unit: KnownUnit | None, known: Known) -> tuple[str, Fault | None]:
    text = row.text(Field.KIND)
    if text:
        kind = known.kind(text)
        return (kind, None) if kind else ("", Fault(Field.KIND, FaultCode.UNKNOWN_KIND, text))
    if unit or row.is_unusable(Field.KIND):
        return (unit.kind if unit else ""), None
    return "", Fault(Field.KIND, FaultCode.NO_KIND)


def _namesakes(row: Row, place: Place, known: Known) -> list[KnownUnit]:
    return [one for one in known.named(row.text(Field.NAME)) if place.unit and one.parent == place.unit]


def _changes(row: Row, unit: KnownUnit, kind: str, place: Place, known: Known) -> tuple[Change, ...]:
    written = {field: (unit.values.get(field, ""), row.text(field)) for field in _TEXTS}
    found = [Change(field, before, after) for field, (before, after) in written.items() if after and after != before]
    if kind != unit.kind:
        found.append(Change(Field.KIND, unit.values.get(Field.KIND, ""), known.kinds[kind]))
    if place.row or place.unit != unit.parent:
        found.append(Change(Field.PARENT, unit.values.get(Field.PARENT, ""), row.text(Field.PARENT)))
    return tuple(found)


def _mark_twice(judged: dict[int, Judged]) -> None:
    """The second of two rows about one unit, or founding one unit, is faulty."""
    seen: dict[tuple[object, ...], tuple[int, Field]] = {}
    for number, one in list(judged.items()):
        code, name = one.written.get(Field.CODE, ""), one.written.get(Field.NAME, "")
        keys: list[tuple[tuple[object, ...], Field]] = [((fold(name), one.parent, one.parent_row), Field.NAME)]
        if code:
            keys.insert(0, ((code.casefold(),), Field.CODE))
        if one.unit:
            keys = [(("unit", one.unit), Field.CODE if code else Field.NAME)]
        earlier = next((seen[key] for key, _ in keys if key in seen), None)
        if earlier and name:
            _add(judged, number, Fault(earlier[1], FaultCode.TWICE, one.written.get(earlier[1], ""), str(earlier[0])))
        for key, field in keys:
            seen.setdefault(key, (number, field))


def _mark_circles(judged: dict[int, Judged]) -> None:
    for number, one in list(judged.items()):
        above: set[int] = set()
        at = one.parent_row
        while at is not None and at != number and at not in above:
            above.add(at)
            at = judged[at].parent_row
        if at == number:
            _add(judged, number, Fault(Field.PARENT, FaultCode.UNDER_ITSELF, one.written.get(Field.PARENT, "")))


def _mark_below_faulty(judged: dict[int, Judged]) -> None:
    below: dict[int, list[int]] = defaultdict(list)
    for number, one in judged.items():
        if one.parent_row:
            below[one.parent_row].append(number)
    waiting = [number for number, one in judged.items() if one.faults]
    while waiting:
        faulty = waiting.pop()
        for number in below[faulty]:
            if not judged[number].faults:
                written = judged[number].written.get(Field.PARENT, "")
                _add(judged, number, Fault(Field.PARENT, FaultCode.PARENT_FAULTY, written, str(faulty)))
                waiting.append(number)


def _add(judged: dict[int, Judged], number: int, fault: Fault) -> None:
    one = judged[number]
    judged[number] = replace(one, verdict=Verdict.FAULTY, changes=(), faults=(*one.faults, fault))
