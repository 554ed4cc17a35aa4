"""The set-up screen's state: built from what is kept, or from what was just posted; changed by its buttons."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from django.http import QueryDict
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from lachan.campaigns.actions import TaskDraft
from lachan.campaigns.models import Campaign
from lachan.foundation.formats import day
from lachan.letters.models import Letter
from lachan.letters.reading import Reading, from_json
from lachan.letters.shown import explain_date
from lachan.orgs.models import Group, UnitVersion
from lachan.portal import setup_forms as controls
from lachan.portal.recipients import AddressBook
from lachan.portal.setup_draft import END_OF_WORK
from lachan.portal.setup_forms import OWN, PASS, filled, keys_in, rows
from lachan.portal.setup_letter import as_typed, kept_draft, prefilled
from lachan.reporting.models import Form

FOUND_AT_ONCE = 30  # units a search shows


@dataclass
class SetupPage:
    """Everything on the screen. `data` is what was posted; None: what is kept. `found`: units searched for, by row."""

    campaign: Campaign
    book: AddressBook
    now: datetime
    data: QueryDict | None = None
    found: dict[str, list[UnitVersion]] = field(default_factory=dict)

    @cached_property
    def reading(self) -> Reading:
        return from_json(self.campaign.letter.reading)

    @cached_property
    def letter_form(self) -> controls.LetterForm:
        letter = self.campaign.letter
        initial = {name: getattr(letter, name) for name in controls.LetterForm.base_fields}
        form = controls.LetterForm(self.data, initial=initial, prefix="letter")
        explain_date(form, self.reading)
        return form

    @cached_property
    def campaign_form(self) -> controls.CampaignForm:
        due = localtime(self.campaign.report_due) if self.campaign.report_due else None
        initial = {
            "name": self.campaign.name,
            "starts_on": self.campaign.starts_on,
            "ends_on": self.campaign.ends_on,
            "report_on": due.date() if due else None,
            "report_at": due.time() if due else END_OF_WORK,
        }
        return controls.CampaignForm(self.data, initial=initial, prefix="campaign")

    @cached_property
    def deadline_form(self) -> controls.DeadlineForm | None:
        """The choice between deadlines, where the letter gives several days."""
        days = {one.day: one for one in self.reading.deadlines if one.date}
        if len(days) < 2:
            return None
        choices = [(iso, f"{day(one.date)}: {one.what}") for iso, one in days.items() if one.date]
        due = localtime(self.campaign.report_due).date().isoformat() if self.campaign.report_due else ""
        initial = {"pick": due if due in days else controls.DeadlineForm.OTHER if due else None}
        return controls.DeadlineForm(self.data, initial=initial, prefix="deadline", choices=choices)

    @cached_property
    def tasks(self) -> list[controls.TaskForm]:
        kept = self.campaign.tasks.values("number", "text", "bodies", "due_on")
        return rows(controls.TaskForm, "task", data=self.data, initial=kept)

    @cached_property
    def report_form(self) -> Form:
        return Form.objects.get(campaign=self.campaign)

    @cached_property
    def _all_keys(self) -> set[int]:
        if self.data is None:
            return set(self.campaign.addressees.exclude(units=None).values_list("units", flat=True))
        return {
            key
            for row in self.data.getlist("addressee")
            for key in keys_in(self.data.get(f"addressee-{row}-units", ""))
        }

    @cached_property
    def addressees(self) -> list[controls.AddresseeForm]:
        kept = [
            {
                "line": one.line,
                "units": ",".join(str(unit.pk) for unit in one.units.all()),
                "how": one.how,
                "certainty": one.certainty,
                "left_out_because": one.left_out_because,
            }
            for one in self.campaign.addressees.prefetch_related("units")
        ]
        groups = list(Group.objects.order_by("rank").values_list("code", "name"))
        return rows(controls.AddresseeForm, "addressee", data=self.data, initial=kept, groups=groups)

    @cached_property
    def versions(self) -> dict[int, UnitVersion]:
        """Every unit named on the screen, as it was on the letter's day."""
        return UnitVersion.objects.on(self.book.day).of_units(self._all_keys)

    @cached_property
    def ended(self) -> set[int]:
        """Units named on the screen that are no longer there today."""
        today = localtime(self.now).date()
        there = UnitVersion.objects.on(today).filter(unit__in=self._all_keys).values_list("unit_id", flat=True)
        return self._all_keys - set(there)

    @cached_property
    def mode(self) -> str:
        """Whether the owner issues a letter of its own (PASS), or the letter is its own already (OWN)."""
        if self.data is not None:
            return OWN if self.data.get("mode") == OWN else PASS
        return PASS if self.draft else OWN

    @cached_property
    def draft(self) -> Letter | None:
        """The owner's own letter as it was last saved."""
        return kept_draft(self.campaign)

    @cached_property
    def own_form(self) -> controls.OwnLetterForm:
        initial = as_typed(self.draft) if self.draft else self._fresh_letter()
        data = self.data if self.mode == PASS and self.data is not None and "own-body" in self.data else None
        return controls.OwnLetterForm(data, initial=initial, prefix="own")

    def _fresh_letter(self) -> dict[str, Any]:
        tasks = [TaskDraft(t.number, t.text) for t in self.campaign.tasks.all()]
        today = localtime(self.now).date()
        return prefilled(self.campaign.letter, self.campaign.owner.version_on(today), tasks, today)

    @property
    def all_forms(self) -> list[Any]:
        first: list[Any] = [self.letter_form, self.campaign_form, self.deadline_form, *filled(self.tasks)]
        own = [self.own_form] if self.mode == PASS and self.own_form.is_bound else []
        return [form for form in [*first, *filled(self.addressees), *own] if form is not None]

    @property
    def is_valid(self) -> bool:
        return not any(form.errors for form in self.all_forms if form.is_bound)

    @property
    def due_is_set(self) -> bool:
        """The day of the report is chosen."""
        return bool(self.campaign_form["report_on"].value())

    @property
    def deadline_is_open(self) -> bool:
        """The letter names several deadlines and none is chosen yet."""
        return self.deadline_form is not None and not self.due_is_set

    @property
    def nobody(self) -> bool:
        """No recipient is left to hand the campaign to."""
        return not any(form.unit_keys and not form["left_out_because"].value() for form in self.addressees)


def unsettled(form: controls.AddresseeForm) -> str:
    """What is still to be decided about a recipient, as a sentence; nothing when it is settled."""
    if form["left_out_because"].value():
        return ""
    if form.unit_keys:
        return ""
    if how := str(form["how"].value() or ""):
        why = how[:1].upper() + how[1:]
        return _("%(why)s. Tìm và chọn đơn vị, hoặc ghi lý do không giao.") % {"why": why}
    return _("Chưa rõ là đơn vị nào. Tìm và chọn đơn vị, thêm cả nhóm, hoặc ghi lý do không giao.")
