"""What was typed on a valid set-up screen, as the actions take it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.timezone import make_aware

from lachan.campaigns.actions import AddresseeDraft, CampaignDraft, TaskDraft
from lachan.letters.actions import Facts
from lachan.portal.setup_draft import END_OF_WORK
from lachan.portal.setup_forms import AddresseeForm, filled
from lachan.portal.setup_page import SetupPage


def campaign_draft(page: SetupPage) -> CampaignDraft:
    """What `revise` writes."""
    typed = page.campaign_form.cleaned_data
    return CampaignDraft(
        name=typed["name"],
        starts_on=typed["starts_on"],
        ends_on=typed["ends_on"],
        report_due=_report_due(page, typed),
        tasks=[TaskDraft(**form.cleaned_data) for form in filled(page.tasks)],
        addressees=[_addressee(page, form) for form in filled(page.addressees)],
    )


def _report_due(page: SetupPage, typed: Mapping[str, Any]) -> datetime | None:
    """The picked deadline where another one was picked; else the day typed."""
    chosen = typed["report_on"]
    if page.deadline_form and "pick" in page.deadline_form.changed_data:
        pick = page.deadline_form.cleaned_data["pick"]
        chosen = next((one.date for one in page.reading.deadlines if one.day == pick), chosen)
    return make_aware(datetime.combine(chosen, typed["report_at"] or END_OF_WORK)) if chosen else None


def _addressee(page: SetupPage, form: AddresseeForm) -> AddresseeDraft:
    typed = form.cleaned_data
    return AddresseeDraft(
        line=typed["line"],
        unit_ids=frozenset(form.unit_keys) & page.book.known,
        how=typed["how"],
        certainty=typed["certainty"] or 0,
        left_out_because=typed["left_out_because"],
    )


def facts(page: SetupPage) -> Facts:
    """The letter's facts as typed; those not on the screen as they are."""
    letter, typed = page.campaign.letter, page.letter_form.cleaned_data
    return Facts(**{**vars(Facts.of(letter)), **typed})
