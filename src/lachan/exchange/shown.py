"""A package that came in, as its page shows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from lachan.engine import packages
from lachan.engine.packages.report import read_report
from lachan.exchange.models import TakenPackage

DOCUMENTS = {
    "report.pdf": "application/pdf",
    "report.docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "report.xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


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
    """What a package says, for people."""

    report: packages.Report
    indicators: Sequence[Told]
    documents: Sequence[str]  # names of the files that can be handed out
    before: TakenPackage | None = None
    lines: Sequence[packages.Line] = field(default_factory=tuple)


def opened(taken: TakenPackage) -> packages.Opened:
    """The package as it came."""
    with taken.file.open("rb") as file:
        return packages.open_package(file.read())


def content(taken: TakenPackage) -> Content | None:
    """What it says; none where its figures cannot be read."""
    try:
        whole = opened(taken)
        report, form = read_report(whole.files)
    except packages.Unfit:
        return None
    before = _before(taken)
    was = _values(before) if before else {}
    asked = {one.code: one for one in form.questions}
    told = [
        Told(
            asked[one.code].text,
            asked[one.code].counted_in,
            _number(one.value),
            one.received,
            one.expected,
            was.get(one.code),
        )
        for one in report.indicators
    ]
    return Content(report, told, [name for name in DOCUMENTS if name in whole.files], before, report.lines)


def _before(taken: TakenPackage) -> TakenPackage | None:
    """The package that counted until this one came."""
    if taken.version is None:
        return None
    earlier = TakenPackage.objects.filter(version__obligation=taken.version.obligation_id, number__lt=taken.number)
    return earlier.order_by("-number").first()


def _values(taken: TakenPackage) -> dict[str, Decimal | None]:
    report, _form = read_report(opened(taken).files)
    return {one.code: _number(one.value) for one in report.indicators}


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
