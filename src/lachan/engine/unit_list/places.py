"""Which unit a row is about, and under which it is to stand."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lachan.engine.unit_list.columns import Field
from lachan.engine.unit_list.known import Known, KnownUnit
from lachan.engine.unit_list.rows import Row
from lachan.engine.unit_list.verdicts import Fault, FaultCode
from lachan.engine.vietnamese import fold


@dataclass(frozen=True)
class Place:
    """A parent: a unit that is there, or another row of the file; or what is wrong."""

    unit: int | None = None
    row: int | None = None
    fault: Fault | None = None


class Places:
    """Looks units and parents up, among those there are and those the file itself brings."""

    def __init__(self, known: Known, rows: Sequence[Row]) -> None:
        self.known = known
        self.units: dict[int, KnownUnit | None] = {}
        self.faults: dict[int, Fault] = {}
        self._new_by_code: dict[str, int] = {}
        self._new_by_name: dict[str, list[int]] = {}
        for row in rows:
            self._settle(row)

    def _settle(self, row: Row) -> None:
        found, fault = self._about(row)
        self.units[row.number] = found
        if fault:
            self.faults[row.number] = fault
        if found is None:
            self._new_by_code.setdefault(row.text(Field.CODE).casefold(), row.number)
            self._new_by_name.setdefault(fold(row.text(Field.NAME)), []).append(row.number)

    def _about(self, row: Row) -> tuple[KnownUnit | None, Fault | None]:
        code, name = row.text(Field.CODE), row.text(Field.NAME)
        if code.casefold() in self.known.codes_elsewhere:
            return None, Fault(Field.CODE, FaultCode.CODE_ELSEWHERE, code)
        if code:
            unit = self.known.coded(code)
        else:
            found = [one for one in self.known.named(name) if self._may_stand_under(one, row.text(Field.PARENT))]
            if len(found) > 1:
                return None, Fault(Field.NAME, FaultCode.MANY_OF_NAME, name, codes(found))
            unit = found[0] if found else None
        if unit and unit.key == self.known.root:
            return None, Fault(Field.NAME, FaultCode.ROOT_ITSELF, name)
        return unit, None

    def _may_stand_under(self, unit: KnownUnit, parent: str) -> bool:
        """Whether a row without a code means `unit`: it stands where the row says, or right under the root."""
        if not parent:
            return unit.parent == self.known.root
        by_code = self.known.coded(parent)
        return unit.parent in ({by_code.key} if by_code else {one.key for one in self.known.named(parent)})

    def parent(self, row: Row) -> Place:
        """Where the row says that its unit stands; where it says nothing, where it stands now, or right under the root."""
        text, unit = row.text(Field.PARENT), self.units[row.number]
        if not text:
            return Place(unit.parent if unit else self.known.root)
        found, rows = self._called(text)
        if unit and unit.parent in {one.key for one in found}:
            return Place(unit.parent)
        if len(found) + len(rows) != 1:
            code = FaultCode.MANY_PARENTS if found or rows else FaultCode.UNKNOWN_PARENT
            return Place(fault=Fault(Field.PARENT, code, text, codes(found)))
        if unit and found and unit.key in found[0].path:
            return Place(fault=Fault(Field.PARENT, FaultCode.UNDER_ITSELF, text))
        return Place(found[0].key) if found else Place(row=rows[0])

    def _called(self, text: str) -> tuple[list[KnownUnit], list[int]]:
        """The units of this code or else this name, there or in the file."""
        if by_code := self.known.coded(text):
            return [by_code], []
        if row := self._new_by_code.get(text.casefold()):
            return [], [row]
        return self.known.named(text), self._new_by_name.get(fold(text), [])


def codes(units: Iterable[KnownUnit]) -> str:
    return ", ".join(unit.code for unit in units)
