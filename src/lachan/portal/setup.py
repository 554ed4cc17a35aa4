"""A letter becomes a campaign: drafted when somebody first looks, saved as they work on it, started when they say so."""

import hashlib
import json
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from lachan.campaigns import actions as campaigns
from lachan.campaigns.models import Addressee, Campaign
from lachan.engine.report_form import FormDraft
from lachan.foundation.models import AuditEntry
from lachan.foundation.refused import Refused
from lachan.letters import actions as letters
from lachan.letters.models import Letter
from lachan.letters.reading import from_json
from lachan.orgs.models import Person, UnitVersion
from lachan.portal.recipients import AddressBook
from lachan.portal.setup_draft import is_own, setup_of
from lachan.portal.setup_forms import PASS
from lachan.portal.setup_letter import annex, kept_draft, own_letter, prefilled, with_deadline_in
from lachan.portal.setup_page import SetupPage
from lachan.portal.setup_typed import campaign_draft, facts
from lachan.reporting.actions import forms, giving
from lachan.reporting.actions.giving import OwnLetter
from lachan.reporting.drafts import draft_of
from lachan.reporting.models import Form


@transaction.atomic
def open_setup(letter: Letter, book: AddressBook, *, by: Person, now: datetime) -> Campaign:
    """The letter's campaign; on the first visit drafted from what was read. Refused while the letter has not been read."""
    if existing := Campaign.objects.filter(letter=letter, regime=None).select_related("letter", "owner").first():
        return existing
    letter = Letter.objects.select_for_update(of=("self",)).get(pk=letter.pk)  # two first visits at one moment
    if letter.state not in (Letter.State.READ, Letter.State.CHECKED):
        raise Refused(_("Văn bản chưa đọc xong nên chưa lập chiến dịch được."))
    setup = setup_of(letter, from_json(letter.reading), book)
    campaign = campaigns.prepare(letter, owner=letter.holder, draft=setup.campaign, by=by, now=now)
    if not Form.objects.filter(campaign=campaign).exists():
        forms.write_form(campaign, title=setup.form_title, questions=setup.questions, by=by, now=now)
        if not is_own(letter, book):
            _draft_own_letter(campaign, setup.campaign, FormDraft(setup.form_title, setup.questions), by=by, now=now)
    return campaign


def _draft_own_letter(
    campaign: Campaign, draft: campaigns.CampaignDraft, form: FormDraft, *, by: Person, now: datetime
) -> None:
    today = localtime(now).date()
    version = campaign.owner.version_on(today)
    typed = {"number": None, "bases": "", **prefilled(campaign.letter, version, draft.tasks, today)}
    own = own_letter(typed, version, draft.addressees, form)
    letters.draft(
        holder=campaign.owner, heading=own.heading, content=own.content, passes_on=campaign.letter, by=by, now=now
    )


@transaction.atomic
def save(page: SetupPage, *, by: Person, now: datetime) -> None:
    """Keep everything on the screen. The page must be valid. Refused once the campaign has started."""
    campaign, draft = page.campaign, campaign_draft(page)
    _take_turn(campaign)
    campaigns.revise(campaign, draft=draft, by=by, now=now)
    letter = campaign.letter
    if letter.direction == Letter.Direction.RECEIVED and facts(page) != letters.Facts.of(letter):
        letters.correct(letter, facts=facts(page), by=by, now=now)
    if page.mode == PASS:
        own = _own(page, draft)
        letters.draft(holder=campaign.owner, heading=own.heading, content=own.content, passes_on=letter, by=by, now=now)
    elif kept := kept_draft(campaign):
        kept.delete()


def _own(page: SetupPage, draft: campaigns.CampaignDraft) -> OwnLetter:
    form = page.own_form
    typed = form.cleaned_data if form.is_bound else {**dict.fromkeys(form.fields, ""), "number": None, **form.initial}
    version = page.campaign.owner.version_on(localtime(page.now).date())
    return own_letter(typed, version, draft.addressees, draft_of(page.report_form))


@transaction.atomic
def start(campaign: Campaign, *, by: Person, now: datetime) -> None:
    """Start the campaign as it is kept: with the owner's own letter, numbered now, or with the letter it came from.

    Refused without a deadline for the report, with a recipient unsettled or ended, and with nobody to hand it to.
    """
    _take_turn(campaign)
    campaign = Campaign.objects.select_related("letter", "owner").get(pk=campaign.pk)
    _refuse_ended(campaign, now)
    if campaign.letter.state == Letter.State.READ:
        letters.correct(campaign.letter, facts=letters.Facts.of(campaign.letter), by=by, now=now)
    giving.launch(campaign, own=_to_issue(campaign), by=by, now=now)


def _take_turn(campaign: Campaign) -> None:
    """As `campaigns.take_turn`, and the letter it came from."""
    campaigns.take_turn(campaign)
    Letter.objects.select_for_update(of=("self",)).get(pk=campaign.letter_id)


def _to_issue(campaign: Campaign) -> OwnLetter | None:
    draft = kept_draft(campaign)
    if draft is None:
        return None
    content = letters.content_of(draft)
    if content.annex_title:  # the form may have been edited since the letter was
        content = replace(content, **annex(draft_of(campaign.form)))
    return with_deadline_in(OwnLetter(heading_of(draft), content), campaign.report_due)


def heading_of(draft: Letter) -> letters.Heading:
    """The heading of a drafted letter."""
    names = letters.Heading.__dataclass_fields__
    return letters.Heading(**{name: getattr(draft, name) for name in names})


def _refuse_ended(campaign: Campaign, now: datetime) -> None:
    chosen = Addressee.objects.filter(campaign=campaign, left_out_because="").exclude(units=None)
    keys = set(chosen.values_list("units", flat=True))
    today = localtime(now).date()
    ended = keys - set(UnitVersion.objects.on(today).filter(unit__in=keys).values_list("unit_id", flat=True))
    if ended:
        raise Refused(
            _(
                "%(count)s đơn vị trong danh sách nơi nhận nay không còn. "
                "Bấm “Thay bằng đơn vị kế thừa” ở nơi nhận đó, hoặc bỏ các đơn vị này."
            )
            % {"count": len(ended)}
        )


def fingerprint(campaign: Campaign) -> str:
    """Changes whenever anything kept of the set-up changes: by it a page knows that somebody else has saved since."""
    kept: list[Any] = [
        list(Campaign.objects.filter(pk=campaign.pk).values_list("name", "starts_on", "ends_on", "report_due")),
        list(campaign.tasks.values_list("number", "text", "bodies", "due_on")),
        list(campaign.addressees.order_by("id", "units").values_list("line", "units", "left_out_because")),
        list(Letter.objects.filter(pk=campaign.letter_id).values_list("doc_type", "number", "symbol", "abstract")),
    ]
    draft = kept_draft(campaign)
    kept.append([draft.content, str(draft.dated_on), draft.abstract] if draft else [])
    return hashlib.sha256(json.dumps(kept, default=str).encode()).hexdigest()[:16]


def last_saved_by(campaign: Campaign) -> AuditEntry | None:
    """Who saved the set-up last, and when."""
    entries = AuditEntry.objects.filter(subject_type="campaigns.campaign", subject_id=str(campaign.pk))
    return entries.filter(verb__in=["campaigns.prepare", "campaigns.revise"]).order_by("-id").first()
