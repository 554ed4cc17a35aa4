"""What is said of each row of a list. All of it can be kept as JSON."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from lachan.engine.tables import Remark
from lachan.engine.unit_list.columns import Field


class Verdict(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    FAULTY = "faulty"


class FaultCode(StrEnum):
    """What is wrong with a cell. `about` of the fault says the particulars; the sentence is worded by who shows it."""

    NO_NAME = "no_name"
    NO_KIND = "no_kind"
    UNKNOWN_KIND = "unknown_kind"
    UNKNOWN_PARENT = "unknown_parent"
    MANY_PARENTS = "many_parents"  # about: the codes, as one text
    PARENT_FAULTY = "parent_faulty"  # about: the number of the parent's row
    UNDER_ITSELF = "under_itself"
    CODE_ELSEWHERE = "code_elsewhere"  # the code is that of a unit outside the branch
    ROOT_ITSELF = "root_itself"  # the row names the unit that the list is brought under
    TWICE = "twice"  # about: the number of the earlier row
    NAMESAKE = "namesake"  # about: the code of the one of that name
    MANY_OF_NAME = "many_of_name"  # about: their codes
    BAD_EMAIL = "bad_email"
    BAD_PHONE = "bad_phone"
    PERSON_UNNAMED = "person_unnamed"
    TOO_LONG = "too_long"  # about: how many characters it may have
    NO_RESULT = "no_result"
    SHEET_FAULT = "sheet_fault"


@dataclass(frozen=True)
class Fault:
    """What is wrong, in which column; `value` is what stands there."""

    field: Field
    code: FaultCode
    value: str = ""
    about: str = ""


@dataclass(frozen=True)
class Change:
    field: Field
    before: str
    after: str


@dataclass(frozen=True)
class Judged:
    """One row and what would become of it.

    `unit` is the key of the unit it is about, None for a new one; a parent is a key, or the number of another row.
    """

    number: int
    verdict: Verdict
    written: Mapping[Field, str]
    kind: str = ""
    unit: int | None = None
    parent: int | None = None
    parent_row: int | None = None
    changes: tuple[Change, ...] = ()
    faults: tuple[Fault, ...] = ()
    remarks: Mapping[Field, Remark] = field(default_factory=dict)
    hidden: bool = False
