"""The figures of a campaign or a branch to take away: each unit's own answers, read from the database a row after another."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from lachan.campaigns.models import Assignment, Campaign
from lachan.engine.answers import Kind
from lachan.engine.exports import About, Asked, UnitRow, adx, csv_text, json_text, write_parquet, write_xlsx
from lachan.engine.exports.rows import Value
from lachan.engine.rollup import Row
from lachan.reporting.models import Form, Obligation, Question
from lachan.reporting.totals import OWN, Figure, Totals, figure, totals

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KINDS = {
    "xlsx": XLSX,
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "adx": "application/adx+xml",
    "parquet": "application/vnd.apache.parquet",
}
"""The kinds of files, and what each is called on the web."""
_TEXTS = {"csv": csv_text, "json": json_text, "adx": adx}
_AT_ONCE = 2_000  # rows fetched from the database
Telling = Callable[[Iterable[UnitRow]], Iterable[UnitRow]]


@dataclass(frozen=True)
class Export:
    """What is taken away: the campaign, or the branch of `top`, as it is when it is read."""

    campaign: Campaign
    top: Assignment | None
    now: datetime

    def about(self) -> About:
        """What stands over the rows. Two queries."""
        form = Form.objects.get(campaign=self.campaign)
        heads = (_("STT"), _("Mã đơn vị"), _("Đơn vị"), _("Thuộc"), _("Tình trạng"))
        asked = [_asked(question) for question in self._questions()]
        return About(self.campaign.name, f"bieu-mau-{form.pk}", self.now, heads, asked)

    def _questions(self) -> list[Question]:
        """Numbers first; those withdrawn only where they were put to somebody."""
        put = Obligation.questions.through.objects.filter(question_id=OuterRef("pk"))
        of_form = Question.objects.filter(Q(withdrawn_in=None) | Exists(put), form__campaign=self.campaign)
        return sorted(of_form, key=lambda question: not question.is_number)

    def count(self) -> int:
        """How many rows there are."""
        return self._assignments().count()

    def rows(self) -> Iterator[UnitRow]:
        """The units, each branch together. Never more than a few thousand are in memory."""
        words = {str(key): str(word) for key, word in Obligation.State.choices}
        for row in self._assignments().values(*_FIELDS, **_NAMED).iterator(chunk_size=_AT_ONCE):
            yield self._row(row, words)

    def _assignments(self) -> QuerySet[Assignment, Any]:
        found = Assignment.objects.filter(campaign=self.campaign).order_by("path")
        return found.filter(path__startswith=self.top.path) if self.top else found

    def _row(self, row: dict[str, Any], words: dict[str, str]) -> UnitRow:
        word = words.get(row["state"] or "", _("không thuộc diện báo cáo"))
        received, counts = row["received"], row["excused"] is None and row["version"] is not None
        if counts and received and row["due"] and received > row["due"]:
            word = _("%(state)s, trễ hạn") % {"state": word}
        return UnitRow(
            code=row["code"],
            name=row["unit_name"],
            under=row["under"] or "",
            state=word,
            period=self._period(row),
            received_at=received if counts else None,
            version=row["version"] if counts else None,
            answers=row["answers"] or {} if counts else {},
        )

    def _period(self, row: dict[str, Any]) -> tuple[date, date]:
        """The obligation's, else the campaign's, else the day it is due."""
        if row["since"] and row["until"]:
            return row["since"], row["until"]
        if self.campaign.starts_on and self.campaign.ends_on:
            return self.campaign.starts_on, self.campaign.ends_on
        day = localdate(row["due"] or self.now)
        return day, day

    def pieces(self, kind: str) -> Iterator[bytes] | None:
        """The file piece by piece, of a kind that can be sent so."""
        return _TEXTS[kind](self.about(), self.rows()) if kind in _TEXTS else None

    def write(self, path: Path, kind: str, told: Telling = lambda rows: rows) -> None:
        """The file; `told` sees the rows go by. Nothing stands at `path` until it is whole."""
        about, rows = self.about(), told(self.rows())
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=".lachan-") as folder:
            made = Path(folder) / f"file.{kind}"
            if kind == "xlsx":
                branches = by_branch(totals(self.campaign, self.top))
                write_xlsx(made, about, rows, name=_("Từng đơn vị"), before=[branches])
            elif kind == "parquet":
                write_parquet(made, about, rows)
            else:
                with made.open("wb") as out:
                    out.writelines(_TEXTS[kind](about, rows))
            made.replace(path)


_FIELDS = ("unit_name",)
_NAMED = {
    "code": F("unit__code"),
    "under": F("parent__unit_name"),
    "state": F("obligation__state"),
    "excused": F("obligation__excused_at"),
    "since": F("obligation__period_from"),
    "until": F("obligation__period_to"),
    "due": F("obligation__due_at"),
    "received": F("obligation__received_at"),
    "version": F("obligation__counted__number"),
    "answers": F("obligation__counted__values"),
}


def _asked(question: Question) -> Asked:
    return Asked(
        question.key, question.code, label(question), Kind(question.kind), question.counted_in, question.list_columns
    )


def label(question: Question) -> str:
    """A question as the head of a column, with what it is counted in."""
    return f"{question.heading} ({question.counted_in})" if question.counted_in else question.heading


def by_branch(known: Totals) -> tuple[str, tuple[str, ...], list[tuple[Value, ...]]]:
    """The branches with their totals, as a sheet: its name, its heads, its rows."""
    numbers = [question for question in known.questions if question.is_number]
    heads = (_("STT"), _("Đơn vị"), _("Phải báo cáo"), _("Đã báo cáo"), _("Trễ hạn"), *map(label, numbers))

    def line(number: Value, name: str, row: Row) -> tuple[Value, ...]:
        of = row.coverage
        figures = (_rounded(figure(row, question)) for question in numbers)
        return number, name, of.expected, of.received, of.late, *figures

    own = [line(None, _("Phần của đơn vị"), known.row(OWN))] if OWN in known.rows and known.branches else []
    branches = [line(at, one.name, known.row(one.unit)) for at, one in enumerate(known.branches, start=1)]
    return _("Theo nhánh"), heads, [*own, *branches, line(None, _("Tổng cộng"), known.whole)]


def _rounded(value: Figure) -> Figure:
    """A mean with two digits after the point."""
    return round(value, 2) if isinstance(value, Decimal) and value % 1 else value
