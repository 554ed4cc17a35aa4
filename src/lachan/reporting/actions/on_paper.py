"""What a unit without an account sent on paper is entered for it by the officers of the unit that gave it the work."""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from lachan.campaigns import actions as campaigns
from lachan.campaigns.models import Assignment
from lachan.engine.drafts import Page
from lachan.engine.letters.files.attached import scan_kind
from lachan.engine.letters.files.unreadable import Unreadable
from lachan.foundation import audit
from lachan.foundation.refused import Refused
from lachan.orgs.models import Grant, Person, Role
from lachan.reporting.access import acting_unit
from lachan.reporting.actions import returns
from lachan.reporting.models import Obligation, Paper, Return


@dataclass(frozen=True)
class Sheet:
    """The paper: its date, who signed it, and its scan."""

    dated_on: date
    signed_by: str
    scan: bytes = b""
    scan_name: str = ""


def without_account(units: Collection[int]) -> set[int]:
    """Those of the units (by key) for which nobody can act: no officer or head of that very unit."""
    acting = Grant.objects.in_force().filter(unit__in=units, role__in=(Role.OFFICER, Role.HEAD))
    return set(units) - set(acting.values_list("unit_id", flat=True))


def may_enter(person: Person, assignment: Assignment, day: date) -> bool:
    """Whether `person` works for the unit that gave the work: they alone enter paper for those they gave it to."""
    return acting_unit(person, [assignment.dispatch.unit], day) is not None


@transaction.atomic
def receive(assignment: Assignment, *, sheet: Sheet, by: Person, now: datetime) -> Paper:
    """Confirm receipt for the unit, as its paper says. Confirmed already: the paper is kept beside it, the same one once."""
    _refuse_unless_allowed(assignment, sheet, by, now)
    campaigns.receive(assignment, by=by, now=now)
    same = {"dated_on": sheet.dated_on, "signed_by": sheet.signed_by.strip(), "scan_name": sheet.scan_name[-200:]}
    if known := assignment.papers.filter(kind=Paper.Kind.RECEIPT, **same).first():
        return known
    return _keep(assignment, Paper.Kind.RECEIPT, sheet, None, by=by, now=now)


@transaction.atomic
def report(
    obligation: Obligation, *, typed: Mapping[str, str], page: Page, sheet: Sheet, by: Person, now: datetime
) -> Return:
    """Enter the unit's paper return: its next version, which counts at once, since the unit's head signed the paper.

    The same page sent twice makes one version. Raises as `returns.submit` does; Refused for a unit whose own people can report.
    """
    assignment = obligation.assignment
    _refuse_unless_allowed(assignment, sheet, by, now)
    version = returns.submit(obligation, typed=typed, page=page, request_key=page.key, by=by, now=now)
    if Paper.objects.filter(version=version).exists():
        return version
    returns.approve(version, by=by, now=now)
    _keep(assignment, Paper.Kind.RETURN, sheet, version, by=by, now=now)
    return version


def _refuse_unless_allowed(assignment: Assignment, sheet: Sheet, by: Person, now: datetime) -> None:
    if not may_enter(by, assignment, localdate(now)):
        raise Refused(_("Chỉ cán bộ của đơn vị giao việc được nhập thay."))
    if not without_account([assignment.unit_id]):
        raise Refused(
            _("%(unit)s đã có người dùng tài khoản nên tự xác nhận và báo cáo.") % {"unit": assignment.unit_name}
        )
    if sheet.dated_on > localdate(now):
        raise Refused(_("Ngày của bản giấy không thể sau hôm nay."))


def _keep(
    assignment: Assignment, kind: Paper.Kind, sheet: Sheet, version: Return | None, *, by: Person, now: datetime
) -> Paper:
    paper = Paper(
        assignment=assignment,
        kind=kind,
        version=version,
        dated_on=sheet.dated_on,
        signed_by=sheet.signed_by.strip(),
        entered_by=by,
        entered_at=now,
    )
    if sheet.scan:
        try:
            ending = scan_kind(sheet.scan)
        except Unreadable as problem:
            raise Refused(_("Bản quét cần là tệp PDF, PNG hoặc JPG còn đọc được.")) from problem
        paper.scan_name = sheet.scan_name[-200:]
        paper.scan.save(f"{hashlib.sha256(sheet.scan).hexdigest()}.{ending}", ContentFile(sheet.scan), save=False)
    paper.save()
    audit.record(
        "reporting.on_paper", paper, by=by, now=now, detail={"kind": kind, "dated_on": sheet.dated_on.isoformat()}
    )
    return paper
