"""Partners are registered; packages go out, come in, and are answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from lachan.campaigns.models import Campaign
from lachan.engine import packages
from lachan.engine.packages.receipt import read_receipt
from lachan.engine.packages.report import read_report
from lachan.exchange import own_key, packing, words
from lachan.exchange.models import Partner, SentPackage, TakenPackage
from lachan.foundation import audit
from lachan.foundation.refused import Refused
from lachan.orgs.models import Person, Unit
from lachan.reporting.actions.bringing import bring
from lachan.reporting.models import ConsolidatedReport, Obligation


@transaction.atomic
def add_partner(unit: Unit, *, code: str, name: str, public_key: str, by: Person, now: datetime) -> Partner:
    """Register a partner's key. One with the same code gives way to it; the same key again changes nothing."""
    code, name, public_key = code.strip(), name.strip(), public_key.strip()
    if not packages.is_public(public_key):
        raise Refused(_("Khóa công khai gồm 43 chữ, số, dấu “-” hoặc “_”. Chép lại cả dòng khóa từ trang của nơi gửi."))
    if public_key == own_key.public_key():
        raise Refused(_("Đây là khóa của chính hệ thống này. Cần khóa của cơ quan bên kia."))
    Unit.objects.select_for_update(of=("self",), no_key=True).get(pk=unit.pk)
    before = Partner.objects.filter(unit=unit, code=code, ended_at=None).first()
    if before and (before.public_key, before.name) == (public_key, name):
        return before
    if before:
        end_partner(before, by=by, now=now)
    partner = Partner.objects.create(unit=unit, code=code, name=name, public_key=public_key, added_by=by, added_at=now)
    audit.record("exchange.add_partner", partner, by=by, now=now, detail={"code": code, "key": public_key})
    return partner


@transaction.atomic
def end_partner(partner: Partner, *, by: Person, now: datetime) -> Partner:
    """Nothing goes to the partner or is taken from it any more. What was exchanged stays."""
    partner = Partner.objects.select_for_update(of=("self",)).get(pk=partner.pk)
    if partner.ended_at is None:
        partner.ended_at = now
        partner.save(update_fields=["ended_at"])
        audit.record("exchange.end_partner", partner, by=by, now=now, detail={"code": partner.code})
    return partner


@transaction.atomic
def pack(report: ConsolidatedReport, *, partner: Partner, by: Person, now: datetime) -> SentPackage:
    """Pack and sign a report that was sent up, for one partner. The same report again gives the package there is."""
    partner = Partner.objects.select_for_update(of=("self",)).select_related("unit").get(pk=partner.pk)
    if partner.unit_id != report.unit_id or partner.ended_at is not None:
        raise Refused(_("Nơi nhận này không còn trong danh sách cơ quan liên thông của đơn vị."))
    if report.sent_at is None:
        raise Refused(_("Báo cáo chưa gửi cấp trên nên chưa đóng gói được. Gửi báo cáo trước."))
    if there := SentPackage.objects.filter(report=report, partner=partner).first():
        return there
    before = SentPackage.objects.filter(report__campaign=report.campaign_id, report__unit=report.unit_id)
    sent = SentPackage(
        report=report,
        partner=partner,
        identity=str(uuid4()),
        number=before.filter(partner__code=partner.code).count() + 1,
        made_by=by,
        made_at=now,
    )
    manifest = packages.Manifest(
        kind=packages.Kind.REPORT,
        id=sent.identity,
        number=sent.number,
        title=f"{report.letter}: {report.letter.abstract}",
        made_at=now.isoformat(),
        sender=_party(report.unit, now),
        recipient=packages.Party(partner.code, partner.name, partner.public_key),
        request=packing.request_of(report),
    )
    data = packages.seal(manifest, packing.contents(report), own_key.private_key())
    sent.digest = packages.open_package(data).digest
    sent.file.save(f"{sent.digest}.zip", ContentFile(data), save=False)
    sent.save()
    detail = {"partner": partner.code, "number": sent.number, "digest": sent.digest}
    audit.record("exchange.pack", sent, by=by, now=now, detail=detail)
    return sent


def _party(unit: Unit, now: datetime) -> packages.Party:
    """A unit of ours, as packages name it."""
    return packages.Party(unit.code, unit.version_on(localdate(now)).body_name, own_key.public_key())


@dataclass(frozen=True)
class Incoming:
    """A package for us, whole, and signed by a partner we know."""

    opened: packages.Opened
    partner: Partner

    @property
    def manifest(self) -> packages.Manifest:
        return self.opened.manifest


def verify(unit: Unit, data: bytes) -> Incoming:
    """A package for `unit` from one of its partners, as they signed it; or Refused with the reason. Nothing is kept."""
    try:
        opened = packages.open_package(data)
    except packages.Unfit as problem:
        raise Refused(words.unfit(problem)) from problem
    to, sender = opened.manifest.recipient, opened.manifest.sender
    if (to.code, to.key) != (unit.code, own_key.public_key()):
        raise Refused(_("Gói này gửi cho %(name)s (mã %(code)s), không phải cho đơn vị này.") % vars(to))
    partner = Partner.objects.filter(unit=unit, code=sender.code, ended_at=None).first()
    if partner is None:
        raise Refused(
            _("Chưa đăng ký khóa của %(name)s (mã %(code)s). Đăng ký nơi gửi rồi nhập lại gói.") % vars(sender)
        )
    if sender.key != partner.public_key or not opened.is_signed_by(partner.public_key):
        raise Refused(words.unfit(packages.Unfit(packages.Why.BAD_SIGNATURE)))
    return Incoming(opened, partner)


@transaction.atomic
def take(
    incoming: Incoming, data: bytes, *, campaign: Campaign | None = None, by: Person, now: datetime
) -> TakenPackage:
    """Enter a verified report package as the next version of the sender's return, or refuse it with reasons; either way
    there is a receipt. The same package again, once taken, changes nothing.

    `campaign` says which request it answers where the letter it names does not.
    """
    partner = Partner.objects.select_for_update(of=("self",)).select_related("unit").get(pk=incoming.partner.pk)
    manifest = incoming.manifest
    taken = TakenPackage.objects.filter(unit=partner.unit, partner=partner, identity=manifest.id).first()
    if taken and taken.state == TakenPackage.State.TAKEN:
        return taken
    taken = taken or TakenPackage(unit=partner.unit, partner=partner, identity=manifest.id)
    taken.number, taken.title, taken.digest = manifest.number, manifest.title[:600], incoming.opened.digest
    taken.made_at, taken.taken_by, taken.taken_at, taken.is_sound = manifest.made_at[:40], by, now, False
    try:
        _enter(taken, incoming, campaign, by=by, now=now)
        taken.state, taken.reasons = TakenPackage.State.TAKEN, []
    except Refused as reason:
        taken.state, taken.reasons, taken.version = TakenPackage.State.REFUSED, [str(reason)], None
    taken.file.save(f"{taken.digest}.zip", ContentFile(data), save=False)
    taken.receipt.save(f"{taken.digest}-bien-nhan.zip", ContentFile(_receipt(taken, incoming, now)), save=False)
    taken.save()
    verb = "exchange.take" if taken.version else "exchange.refuse"
    audit.record(verb, taken, by=by, now=now, detail={"digest": taken.digest, "reasons": taken.reasons})
    return taken


def _enter(taken: TakenPackage, incoming: Incoming, campaign: Campaign | None, *, by: Person, now: datetime) -> None:
    """Bring the figures. Refused, with nothing changed, where they do not fit."""
    try:
        report, form = read_report(incoming.opened.files)
    except packages.Unfit as problem:
        raise Refused(words.unfit(problem)) from problem
    taken.is_sound = True
    obligation = _owed(incoming, campaign)
    newest = TakenPackage.objects.filter(version__obligation=obligation).order_by("-number").first()
    if newest and newest.number >= taken.number:
        raise Refused(_("Đã nhận gói lần %(number)s, mới hơn gói này.") % {"number": newest.number})
    matched = packages.match(form.questions, packing.asked_here(obligation))
    if matched.lacking:
        raise Refused(words.lacking(matched.lacking))
    taken.beyond = [one.text for one in matched.beyond]
    brought = packing.brought(taken.title, report, matched.found)
    taken.version = bring(obligation, brought=brought, request_key=taken.digest, by=by, now=now)


def _owed(incoming: Incoming, campaign: Campaign | None) -> Obligation:
    """What the sender owes the unit here on the letter the package names."""
    partner, request = incoming.partner, incoming.manifest.request
    owed = Obligation.objects.filter(unit__code=partner.code, assignment__dispatch__unit=partner.unit)
    owed = owed.select_related("form__campaign__letter", "assignment__dispatch__letter", "unit")
    if campaign:
        found = list(owed.filter(form__campaign=campaign))
    else:
        same = (one for one in owed if one.form.campaign.period == request.period)
        letters = ((one, (one.form.campaign.letter, one.assignment.dispatch.letter)) for one in same)
        found = [one for one, named in letters if any(packing.is_same_letter(request, letter) for letter in named)]
    if len(found) != 1:
        sentence = (
            _("Có nhiều việc giao theo văn bản %(symbol)s cho %(name)s. Chọn chiến dịch khi nhập gói.")
            if found
            else _("Không tìm thấy việc giao cho %(name)s theo văn bản %(symbol)s. Chọn chiến dịch khi nhập gói.")
        )
        raise Refused(sentence % {"name": partner.name, "symbol": request.symbol})
    return found[0]


def _receipt(taken: TakenPackage, incoming: Incoming, now: datetime) -> bytes:
    receipt = packages.Receipt(
        package=taken.identity,
        digest=taken.digest,
        taken=taken.state == TakenPackage.State.TAKEN,
        reasons=tuple(taken.reasons),
        at=now.isoformat(),
    )
    asked = incoming.manifest
    manifest = packages.Manifest(
        kind=packages.Kind.RECEIPT,
        id=str(uuid4()),
        number=asked.number,
        title=asked.title,
        made_at=now.isoformat(),
        sender=_party(taken.unit, now),
        recipient=asked.sender,
        request=asked.request,
    )
    return packages.seal(manifest, receipt.files(), own_key.private_key())


@transaction.atomic
def take_receipt(incoming: Incoming, *, by: Person, now: datetime) -> SentPackage:
    """Enter what the partner says of a package of ours. Refused for one we did not send; loaded again it changes nothing."""
    try:
        receipt = read_receipt(incoming.opened.files)
    except packages.Unfit as problem:
        raise Refused(words.unfit(problem)) from problem
    sent = (
        SentPackage.objects.select_for_update(of=("self",))
        .filter(identity=receipt.package, partner__code=incoming.partner.code, partner__unit=incoming.partner.unit_id)
        .first()
    )
    if sent is None or sent.digest != receipt.digest:
        raise Refused(_("Biên nhận này không nói về gói nào đơn vị đã gửi."))
    state = SentPackage.State.RECEIVED if receipt.taken else SentPackage.State.REFUSED
    if sent.state == SentPackage.State.RECEIVED or (state, list(receipt.reasons)) == (sent.state, sent.reasons):
        return sent
    sent.state, sent.reasons, sent.answered_at = state, list(receipt.reasons), now
    sent.save(update_fields=["state", "reasons", "answered_at"])
    audit.record("exchange.receipt", sent, by=by, now=now, detail={"state": state, "reasons": sent.reasons})
    return sent
