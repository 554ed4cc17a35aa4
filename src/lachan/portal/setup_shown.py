"""How the set-up screen shows its rows: where in the letter each came from, what is doubtful, whom a recipient stands for."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

from django.forms import BoundField, Form
from django.utils.translation import gettext_lazy as _

from lachan.foundation.design import Span as Mark
from lachan.foundation.formats import day as shown_day
from lachan.letters.models import Letter
from lachan.letters.reading import Found, marks
from lachan.letters.shown import FIELDS, Beside, anchors, fact_marks
from lachan.orgs.models import UnitVersion
from lachan.portal.form_page import FormPage, Shown
from lachan.portal.recipients import DOUBTFUL
from lachan.portal.setup_forms import AddresseeForm
from lachan.portal.setup_page import SetupPage, unsettled

PERIOD = {"period_from": "id_campaign-starts_on", "period_to": "id_campaign-ends_on"}


@dataclass(frozen=True)
class Row:
    """One task: its controls, its key on the page, which finding it came from and where that is marked."""

    form: Form
    key: str
    place: int | None
    source: str
    doubtful: bool

    @property
    def is_open(self) -> bool:
        """Whether its settings are unfolded: something in them is wrong, or the row is new."""
        return bool(self.form.errors) or not self.form["text"].value()

    @property
    def in_short(self) -> str:
        """A task's settings on one line: who, by when."""
        parts = [", ".join(self._said("bodies").splitlines()), self._said("due_on")]
        return " · ".join(filter(None, parts)) or str(_("mọi đơn vị, không có hạn riêng"))

    def _said(self, name: str) -> str:
        value = self.form[name].value()
        return shown_day(value) if isinstance(value, date) else str(value or "").strip()


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
        return [
            self._row(form, "task", self._from([one.text for one in found], form["text"].value()), found)
            for form in self.page.tasks
        ]

    @cached_property
    def report_form(self) -> FormPage:
        return FormPage(self.page.campaign, self.page.report_form)

    @property
    def asked(self) -> list[tuple[Shown, str]]:
        """What the form asks, each with the mark of where the letter asks it."""
        texts = [one.text for one in self.page.reading.rows]
        found = [(one, self._from(texts, one.words)) for one in self.report_form.items]
        return [(one, self.anchors.get(f"row-{place}", "") if place is not None else "") for one, place in found]

    @cached_property
    def recipients(self) -> list[Recipient]:
        return [self._recipient(form) for form in self.page.addressees]

    @property
    def waiting(self) -> int:
        """Recipients still to be settled."""
        return sum(bool(one.message) for one in self.recipients)

    @property
    def first_waiting(self) -> str:
        """Where the first of them stands on the page."""
        return next((f"noi-nhan-{one.key}" for one in self.recipients if one.message), "")

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
        return Beside(bound, self.anchors.get(fact, ""), doubtful)

    def _from(self, texts: Sequence[str], shown: Any) -> int | None:
        words = " ".join(str(shown or "").split())
        return next((place for place, text in enumerate(texts) if " ".join(text.split()) == words), None)

    def _row(self, form: Form, name: str, place: int | None, found: Sequence[Found]) -> Row:
        key = str(form.prefix).partition("-")[2]
        if place is None:
            return Row(form, key, None, "", doubtful=False)
        return Row(form, key, place, self.anchors.get(f"{name}-{place}", ""), doubtful=found[place].is_doubtful)

    def _recipient(self, form: AddresseeForm) -> Recipient:
        line, key = str(form["line"].value() or ""), str(form.prefix).partition("-")[2]
        found = self.page.reading.recipients
        place = next((n for n, one in enumerate(found) if line and line in one.value), None)
        keys = form.unit_keys
        units = sorted(
            (self.page.versions[k] for k in keys if k in self.page.versions), key=lambda v: (v.kind.rank, v.sort_key)
        )
        certainty = 0 if form["certainty"].errors else float(form["certainty"].value() or 0)
        return Recipient(
            form,
            key,
            place,
            self.anchors.get(f"recipient-{place}", ""),
            doubtful=bool(keys) and certainty < DOUBTFUL and not form["left_out_because"].value(),
            units=units,
            ended=[unit for unit in units if unit.unit_id in self.page.ended],
            found=self.page.found.get(key),
            message=unsettled(form) if line else "",
        )

    @cached_property
    def anchors(self) -> dict[str, str]:
        """Where each finding can be seen in the text."""
        return anchors([*fact_marks(self.page.reading, ""), *self._lists({})])

    @property
    def marks(self) -> list[Mark]:
        """Everything found, marked in the text and leading to its control."""
        reading = self.page.reading
        facts = [
            Mark(m.start, m.end, m.label, m.certainty, m.key, PERIOD.get(m.key, m.target))
            for m in fact_marks(reading, "id_letter")
        ]
        targets = {
            "recipient": self._targets(self.recipients, "line"),
            "deadline": dict.fromkeys(range(len(reading.deadlines)), "id_campaign-report_on"),
            "task": self._targets(self.tasks, "text"),
            "row": dict.fromkeys(range(len(reading.rows)), "bieu-mau"),
        }
        shown = [mark if mark.target in self._ids else replace(mark, target="") for mark in facts]
        return [*shown, *self._lists(targets)]

    def _lists(self, targets: Mapping[str, Mapping[int, str]]) -> Iterator[Mark]:
        reading = self.page.reading
        yield from marks(reading.recipients, _("Nơi nhận"), "recipient", targets.get("recipient"))
        yield from marks(reading.deadlines, _("Thời hạn"), "deadline", targets.get("deadline"))
        yield from marks(reading.tasks, _("Nhiệm vụ"), "task", targets.get("task"))
        yield from marks(reading.rows, _("Biểu mẫu"), "row", targets.get("row"))

    @cached_property
    def _ids(self) -> set[str]:
        return {bound.id_for_label for form in (self.page.letter_form, self.page.campaign_form) for bound in form}

    def _targets(self, rows: Sequence[Row], control: str) -> dict[int, str]:
        targets: dict[int, str] = {}
        for row in rows:
            if row.place is not None:
                targets.setdefault(row.place, row.form[control].id_for_label)
        return targets

    @property
    def deadline_source(self) -> str:
        """The mark of the deadline that was taken for the report's."""
        shown = self.page.campaign_form["report_on"].value()
        deadlines = enumerate(self.page.reading.deadlines)
        chosen = next((place for place, one in deadlines if one.date and one.date == shown), None)
        return self.anchors.get(f"deadline-{chosen}", "")

    @property
    def deadlines(self) -> list[Any]:
        """Every deadline the letter names, the undated ones too, with its anchor."""
        return [
            (self.anchors.get(f"deadline-{place}", ""), one) for place, one in enumerate(self.page.reading.deadlines)
        ]
