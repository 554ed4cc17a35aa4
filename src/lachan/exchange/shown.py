"""A package that came in, as its page shows it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from lachan.engine import packages
from lachan.engine.packages.container import MANIFEST
from lachan.engine.packages.report import FIGURES, FORM
from lachan.exchange.models import TakenPackage

DOCUMENTS = {
    "report.pdf": "application/pdf",
    "report.docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "report.xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

MISSING_SHOWN = 50  # units; the report itself names all of them


@dataclass(frozen=True)
class Told:
    """One indicator: what it is now, and what it was in the package before this one."""

    text: str
    counted_in: str
    now: Decimal | None
    received: int
    expected: int
    was: Decimal | None = None

    @property
    def difference(self) -> Decimal | None:
        """By how much it changed; none where it did not, or one of the two is missing."""
        if self.now is None or self.was is None or self.now == self.was:
            return None
        return self.now - self.was


@dataclass(frozen=True)
class Content:
    """What a package says, for people; lines and missing units as they stand in it."""

    received: int
    expected: int
    indicators: Sequence[Told]
    documents: Sequence[str]  # names of the files that can be handed out
    before: TakenPackage | None
    lines: Sequence[Mapping[str, Any]]
    missing: Sequence[Mapping[str, Any]]

    @property
    def missing_first(self) -> Sequence[Mapping[str, Any]]:
        return self.missing[:MISSING_SHOWN]

    @property
    def missing_more(self) -> int:
        return max(0, len(self.missing) - MISSING_SHOWN)


def opened(taken: TakenPackage) -> packages.Opened:
    """The package as it came."""
    with taken.file.open("rb") as file:
        return packages.open_package(file.read())


def content(taken: TakenPackage) -> Content | None:
    """What it says; none where its figures cannot be read. It was judged when it came, and is not judged again."""
    if not taken.is_sound:
        return None
    manifest, figures, form = _told(taken)
    before = _before(taken)
    was = {one["code"]: one["value"] for one in _told(before)[1]["indicators"]} if before else {}
    asked = {one["code"]: one for one in form["questions"]}
    told = [
        Told(
            asked[one["code"]]["text"],
            asked[one["code"]]["counted_in"],
            _number(one["value"]),
            one["received"],
            one["expected"],
            _number(was.get(one["code"])),
        )
        for one in figures["indicators"]
    ]
    there = {one["name"] for one in manifest["files"]}
    return Content(
        received=figures["received"],
        expected=figures["expected"],
        indicators=told,
        documents=[name for name in DOCUMENTS if name in there],
        before=before,
        lines=figures["lines"],
        missing=figures.get("missing", ()),
    )


def _told(taken: TakenPackage) -> list[Any]:
    """Manifest, figures and form of a sound package."""
    with taken.file.open("rb") as file:
        return [json.loads(data) for data in packages.files_in(file, MANIFEST, FIGURES, FORM)]


def _before(taken: TakenPackage) -> TakenPackage | None:
    """The package that counted until this one came."""
    if taken.version is None:
        return None
    earlier = TakenPackage.objects.filter(version__obligation=taken.version.obligation_id, number__lt=taken.number)
    return earlier.order_by("-number").first()


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
