"""How the set-up screen shows its rows: where in the letter each came from, what is doubtful, which units a recipient stands for."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.forms import BoundField, Form
from django.utils.translation import gettext_lazy as _

from lachan.foundation.design import Span as Mark
from lachan.letters.models import Letter
from lachan.letters.reading import Found, marks
from lachan.letters.shown import FIELDS, Beside, fact_marks
from lachan.orgs.models import UnitVersion
from lachan.portal.recipients import DOUBTFUL
from lachan.portal.setup_forms import AddresseeForm
from lachan.portal.setup_page import SetupPage, unsettled

PERIOD = {"period_from": "id_campaign-starts_on", "period_to": "id_campaign-ends_on"}


@dataclass(frozen=True)
class Row:
    """One task or question: its controls, its key on the page, the mark it came from, whether to look at it."""

    form: Form
    key: str
    source: str
    doubtful: bool

    @property
    def for_whom(self) -> str:
        """Which groups a question is for, in words."""
        names = dict(self.form.fields["groups"].choices)
        chosen = [str(names[code]) for code in self.form["groups"].value() or [] if code in names]
        return _("Dành cho: %(groups)s") % {"groups": ", ".join(chosen)} if chosen else str(_("Dành cho mọi đơn vị"))


@dataclass(frozen=True)
class Recipient(Row):
    """One recipient. `message`: what is still to be settled; `ended`: units that are no longer there."""

    units: list[UnitVersion] = field(default_factory=list)
    ended: list[UnitVersion] = field(default_factory=list)
    found: list[UnitVersion] | None = None
    message: str = ""

    @property
    def left_out(self) -> str:
        return str(self.form["left_out_because"].value() or "")

    @property
    def how(self) -> str:
        return str(self.form["how"].value() or "")


@dataclass(frozen=True)
class SetupShown:
    """The screen's lists with everything a template needs said about them."""

    page: SetupPage

    @cached_property
    def tasks(self) -> list[Row]:
        found = self.page.reading.tasks
        return [self._row(form, "task", self._from([one.text for one in found], form["text"].value()), found) for form in self.page.tasks]

    @cached_property
    def questions(self) -> list[Row]:
        found = self.page.reading.rows
        return [
            self._row(form, "row", self._from([one.text for one in found], form["text"].value()), found)
            for form in self.page.questions
        ]

    @cached_property
    def recipients(self) -> list[Recipient]:
        return [self._recipient(form) for form in self.page.addressees]

    @property
    def waiting(self) -> int:
        """Recipients still to be settled."""
        return sum(bool(one.message) for one in self.recipients)

    @cached_property
    def letter(self) -> list[Beside]:
        """The letter's own facts. A doubt lasts until the value is changed or the letter has been checked."""
        names = {column: fact for fact, column in FIELDS.items()}
        return [self._beside(bound, names.get(bound.name, bound.name)) for bound in self.page.letter_form]

    @cached_property
    def period(self) -> list[Beside]:
        form = self.page.campaign_form
        return [self._beside(form["starts_on"], "period_from"), self._beside(form["ends_on"], "period_to")]

    def _beside(self, bound: BoundField, fact: str) -> Beside:
        found = self.page.reading.facts.get(fact)
        unchecked = self.page.campaign.letter.state == Letter.State.READ
        changed = bound.form.is_bound and bound.name in bound.form.changed_data
        missing = bool(found and not bound.value())  # read, but less than a whole value: a date without its day
        doubtful = bool(found and unchecked and not changed and (found.is_doubtful or missing))
        return Beside(bound, f"mark-{fact}" if found and found.spans else "", doubtful)

    def _from(self, texts: Sequence[str], shown: Any) -> int | None:
        words = " ".join(str(shown or "").split())
        return next((place for place, text in enumerate(texts) if " ".join(text.split()) == words), None)

    def _row(self, form: Form, name: str, place: int | None, found: Sequence[Found]) -> Row:
        key = str(form.prefix).partition("-")[2]
        if place is None:
            return Row(form, key, "", doubtful=False)
        return Row(form, key, f"mark-{name}-{place}" if found[place].spans else "", doubtful=found[place].is_doubtful)

    def _recipient(self, form: AddresseeForm) -> Recipient:
        line, key = str(form["line"].value() or ""), str(form.prefix).partition("-")[2]
        found = self.page.reading.recipients
        place = next((n for n, one in enumerate(found) if line and line in one.value), None)
        keys = form.unit_keys
        units = sorted((self.page.versions[k] for k in keys if k in self.page.versions), key=lambda v: (v.kind.rank, v.sort_key))
        certainty = float(form["certainty"].value() or 0)
        return Recipient(
            form,
            key,
            f"mark-recipient-{place}" if place is not None and found[place].spans else "",
            doubtful=bool(keys) and certainty < DOUBTFUL and not form["left_out_because"].value(),
            units=units,
            ended=[unit for unit in units if unit.unit_id in self.page.ended],
            found=self.page.found.get(key),
            message=unsettled(form) if line else "",
        )

    @property
    def marks(self) -> list[Mark]:
        """Everything found, marked in the text and leading to its control."""
        reading = self.page.reading
        facts = [
            Mark(m.start, m.end, m.label, m.certainty, m.key, PERIOD.get(m.key, m.target)) for m in fact_marks(reading, "id_letter")
        ]
        return [
            *(mark for mark in facts if mark.target in self._ids or not mark.target),
            *marks(reading.recipients, _("Nơi nhận"), "recipient", self._targets("recipient", self.recipients, "line")),
            *marks(reading.deadlines, _("Thời hạn"), "deadline", dict.fromkeys(range(99), "id_campaign-report_on")),
            *marks(reading.tasks, _("Nhiệm vụ"), "task", self._targets("task", self.tasks, "text")),
            *marks(reading.rows, _("Biểu mẫu"), "row", self._targets("row", self.questions, "text")),
        ]

    @cached_property
    def _ids(self) -> set[str]:
        return {bound.id_for_label for form in (self.page.letter_form, self.page.campaign_form) for bound in form}

    def _targets(self, name: str, rows: Sequence[Row], control: str) -> dict[int, str]:
        targets: dict[int, str] = {}
        for row in rows:
            if row.source:
                targets.setdefault(int(row.source.rpartition("-")[2]), row.form[control].id_for_label)
        return targets

    @property
    def deadline_source(self) -> str:
        """The mark of the deadline that was taken for the report's."""
        shown = self.page.campaign_form["report_on"].value()
        chosen = next((place for place, one in self.deadlines if one.date and one.date == shown), None)
        return "" if chosen is None else f"mark-deadline-{chosen}"

    @property
    def deadlines(self) -> list[Any]:
        """Every deadline the letter names, the undated ones too, with the place of its mark."""
        return [(place, one) for place, one in enumerate(self.page.reading.deadlines)]
