"""A unit draws up its consolidated report: figures frozen, letter numbered and issued."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from lachan.campaigns.models import Assignment, Campaign
from lachan.foundation import audit
from lachan.foundation.refused import Refused
from lachan.letters import actions as letters
from lachan.orgs.models import Person, Unit
from lachan.reporting.models import ConsolidatedReport, ReportDraft
from lachan.reporting.taking import take


@dataclass(frozen=True)
class Words:
    """The letter around the figures. `content.body` opens the report, `closing` ends it; a paragraph a line."""

    heading: letters.Heading
    content: letters.Content
    closing: str


@transaction.atomic
def consolidate(
    campaign: Campaign, *, top: Assignment | None, words: Words, request_key: str, by: Person, now: datetime
) -> ConsolidatedReport:
    """Freeze the figures of the campaign (or of the branch of `top`) and issue the report under the unit's next number.

    The same `request_key` again gives the report it made the first time. Refused while the campaign has not started, and when
    the number wished for is taken.
    """
    campaign = (
        Campaign.objects.select_for_update(of=("self",), no_key=True)
        .select_related("owner", "letter")
        .get(pk=campaign.pk)
    )
    if campaign.state == Campaign.State.DRAFT:
        raise Refused(_("Chiến dịch chưa phát động nên chưa có gì để tổng hợp."))
    unit = top.unit if top else campaign.owner
    if earlier := ConsolidatedReport.objects.filter(unit=unit, request_key=request_key).first():
        return earlier
    source = top.dispatch.letter if top else campaign.letter
    letter = letters.issue(holder=unit, heading=words.heading, content=words.content, refers_to=source, by=by, now=now)
    report = ConsolidatedReport.objects.create(
        campaign=campaign,
        unit=unit,
        letter=letter,
        figures=take(campaign, top, now=now, draft=_draft_of(campaign, unit)).to_json(),
        closing=words.closing,
        request_key=request_key,
        made_by=by,
        made_at=now,
    )
    letter.content["laid_out_at"] = report.get_absolute_url()
    letter.save(update_fields=["content"])
    audit.record(
        "reporting.consolidate", report, by=by, now=now, detail={"letter": letter.full_symbol, **_whole(report)}
    )
    return report


def _draft_of(campaign: Campaign, unit: Unit) -> ReportDraft | None:
    return ReportDraft.objects.select_related("compared_with").filter(campaign=campaign, unit=unit).first()


@transaction.atomic
def send_up(report: ConsolidatedReport, *, by: Person, now: datetime) -> ConsolidatedReport:
    """Send the report to whoever asked for it; it is theirs to read in their book from then on, where they use this site too.

    What it says was frozen when it was issued. Sending it again changes nothing.
    """
    report = ConsolidatedReport.objects.select_for_update(of=("self",)).get(pk=report.pk)
    if report.sent_at is not None:
        return report
    report.sent_at, report.sent_by = now, by
    report.save(update_fields=["sent_at", "sent_by"])
    place = report.campaign.assignments.select_related("dispatch").filter(unit=report.unit_id).first()
    if place is not None and report.unit_id != report.campaign.owner_id:
        report.letter.sent_to.add(place.dispatch.unit_id)
    audit.record("reporting.send_up", report, by=by, now=now, detail={"letter": report.letter.full_symbol})
    return report


def _whole(report: ConsolidatedReport) -> dict[str, int]:
    return {name: report.figures[name] for name in ("expected", "received")}
