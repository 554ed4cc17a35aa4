"""Patterns to draft a letter from: those of the house, and a unit's own wording in their place or beside them."""

import tomllib
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from lachan.engine.vietnamese import fold
from lachan.foundation import audit
from lachan.foundation.refused import Refused
from lachan.letters.models import Pattern
from lachan.orgs.models import Person, Unit

_FILE = Path(__file__).with_name("patterns.toml")
_LONGEST = 50  # characters of a code made from a name


@dataclass(frozen=True)
class Wording:
    """What a letter of one kind starts with. `is_own`: the unit's, not the house's."""

    code: str
    name: str
    doc_type: str
    abstract: str
    body: str
    bases: str = ""
    decided: bool = False  # a quyết định: who decides, and "QUYẾT ĐỊNH:", stand around the bases
    is_own: bool = False


@cache
def of_the_house() -> tuple[Wording, ...]:
    """The patterns that come with the software, in the order of the file."""
    found = tomllib.loads(_FILE.read_text(encoding="utf-8"))["pattern"]
    return tuple(_wording(one) for one in found)


def _wording(entry: dict[str, Any]) -> Wording:
    decided = bool(entry.pop("decided", False))
    return Wording(**{name: text.strip() for name, text in entry.items()}, decided=decided)


def for_unit(unit: Unit) -> list[Wording]:
    """The patterns a unit drafts from: the house's, its own in place of those they replace, then its others."""
    own = {
        one.code: Wording(one.code, one.name, one.doc_type, one.abstract, one.body, one.bases, is_own=True)
        for one in Pattern.objects.filter(unit=unit)
    }
    first = [replace(own.pop(one.code), decided=one.decided) if one.code in own else one for one in of_the_house()]
    return [*first, *own.values()]


def find(unit: Unit, code: str) -> Wording | None:
    """The pattern of that code as the unit has it."""
    return next((one for one in for_unit(unit) if one.code == code), None)


@transaction.atomic
def keep(unit: Unit, wording: Wording, *, by: Person, now: datetime) -> Pattern:
    """Write the unit's own wording; without a code it is a new pattern, known by its name."""
    if not wording.name.strip() or not wording.body.strip():
        raise Refused(_("Mẫu cần có tên và nội dung."))
    code = wording.code or "-".join(fold(wording.name).split())[:_LONGEST]
    pattern, _created = Pattern.objects.update_or_create(
        unit=unit,
        code="".join(letter for letter in code if letter.isalnum() or letter == "-") or "mau",
        defaults={
            "name": wording.name.strip(),
            "doc_type": wording.doc_type,
            "abstract": wording.abstract,
            "bases": wording.bases,
            "body": wording.body,
            "changed_by": by,
            "changed_at": now,
        },
    )
    audit.record("letters.keep_pattern", pattern, by=by, now=now, detail={"unit": unit.code, "code": pattern.code})
    return pattern


@transaction.atomic
def drop(unit: Unit, code: str, *, by: Person, now: datetime) -> None:
    """Do without the unit's own wording: the house's stands again, where there is one."""
    pattern = Pattern.objects.filter(unit=unit, code=code).first()
    if pattern is None:
        return
    audit.record("letters.drop_pattern", pattern, by=by, now=now, detail={"unit": unit.code, "code": code})
    pattern.delete()
