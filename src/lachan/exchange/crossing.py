"""Letters go over the exchange and come in from it; what became of each is told and heard. Each step may be done again."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable
from contextlib import suppress
from datetime import datetime

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.timezone import localdate, localtime, make_aware
from django.utils.translation import gettext as _

from lachan.engine import edxml
from lachan.engine.letters.files.attached import attached_kind, scan_kind
from lachan.engine.letters.files.unreadable import Unreadable
from lachan.engine.retrying import next_try
from lachan.exchange.axis import Declined, Exchange
from lachan.exchange.models import AgencyCode, Answer, SentEnvelope, TakenEnvelope
from lachan.exchange.models.envelopes import Business, Delivery, Status
from lachan.foundation import audit
from lachan.foundation.refused import Refused
from lachan.letters import receiving
from lachan.letters.mailing import pdf_of
from lachan.letters.models import Annex, Letter
from lachan.letters.shown import file_name
from lachan.orgs.models import Person, Unit

RECALLING = (edxml.Status.RECALL_AGREED, edxml.Status.RECALL_REFUSED, edxml.Status.RECALL_REQUESTED)


@transaction.atomic
def set_code(unit: Unit, code: str, *, receives: bool, by: Person, now: datetime) -> AgencyCode:
    """A unit's code on the exchange from now on; the one it had ends. `receives`: its letters come in here.

    Refused for what is no code, and for one that another unit has.
    """
    code = code.strip().upper()
    if not edxml.is_agency_code(code):
        raise Refused(_("Mã định danh có dạng 000.01.12.H28 hoặc H28.12.01. Kiểm tra lại theo quyết định của tỉnh."))
    Unit.objects.select_for_update(of=("self",), no_key=True).get(pk=unit.pk)
    in_force = AgencyCode.objects.filter(ended_at=None)
    if in_force.filter(code=code).exclude(unit=unit).exists():
        raise Refused(_("Mã %(code)s đang thuộc đơn vị khác.") % {"code": code})
    before = in_force.filter(unit=unit).first()
    if before and (before.code, before.receives) == (code, receives):
        return before
    in_force.filter(unit=unit).update(ended_at=now)
    made = AgencyCode.objects.create(unit=unit, code=code, receives=receives, added_by=by, added_at=now)
    audit.record("exchange.set_code", made, by=by, now=now, detail={"code": code, "receives": receives})
    return made


@transaction.atomic
def post(
    letter: Letter, units: Collection[Unit], *, replaces: Letter | None = None, by: Person, now: datetime
) -> list[SentEnvelope]:
    """Send an issued letter to units that have a code; in the place of an earlier one, where it says so. Again changes nothing.

    Refused while it is not issued, and where a code is missing.
    """
    if letter.state != Letter.State.ISSUED:
        raise Refused(_("Văn bản chưa phát hành nên chưa gửi được."))
    own, codes = (
        _own_code(letter),
        {one.unit_id: one for one in AgencyCode.objects.filter(unit__in=units, ended_at=None)},
    )
    if without := [unit.name_on(letter.day) for unit in units if unit.pk not in codes]:
        raise Refused(_("Chưa có mã định danh của: %(units)s.") % {"units": ", ".join(without)})
    business = edxml.Business.REPLACE if replaces else edxml.Business.NEW
    named = (_envelope(replaces, own, (), now).document_id,) if replaces else ()
    files = (edxml.Attachment(f"{file_name(letter)}.pdf", pdf_of(letter)),)
    made = []
    for code in codes.values():
        whole = _envelope(letter, own, (_agency(code),), now, business=business, replaces=named, attachments=files)
        made.append(_kept(letter, code, whole, by, now))
    audit.record("exchange.post", letter, by=by, now=now, detail={"to": [one.to.code for one in made]})
    return made


@transaction.atomic
def recall(letter: Letter, *, because: str, by: Person, now: datetime) -> list[SentEnvelope]:
    """Ask every agency that was sent the letter to give it back. Asked again it changes nothing. Refused without a reason."""
    if not because.strip():
        raise Refused(_("Ghi lý do thu hồi để nơi nhận biết."))
    gone = (
        letter.envelopes.exclude(business=Business.RECALL).exclude(state=SentEnvelope.State.FAILED).select_related("to")
    )
    if not gone:
        raise Refused(_("Văn bản này chưa gửi qua trục liên thông nên không có gì để thu hồi."))
    own, made = _own_code(letter), []
    for one in gone:
        whole = _envelope(
            letter,
            own,
            (_agency(one.to),),
            now,
            business=edxml.Business.RECALL,
            reason=because.strip(),
            replaces=(one.document_id,),
        )
        made.append(_kept(letter, one.to, whole, by, now))
    audit.record("exchange.recall", letter, by=by, now=now, detail={"because": because.strip()})
    return made


def _own_code(letter: Letter) -> AgencyCode:
    own = AgencyCode.objects.filter(unit=letter.holder, ended_at=None).first()
    if own is None:
        raise Refused(_("Đơn vị chưa có mã định danh trên trục liên thông."))
    return own


def _agency(code: AgencyCode) -> edxml.Agency:
    return edxml.Agency(code.code, code.unit.version_on(localdate(code.added_at)).body_name)


def _envelope(
    letter: Letter, own: AgencyCode, recipients: tuple[edxml.Agency, ...], now: datetime, **more: object
) -> edxml.Envelope:
    return edxml.Envelope(
        sender=_agency(own),
        recipients=recipients,
        number=letter.number or 0,
        symbol=letter.symbol,
        place=letter.place,
        dated_on=letter.day,
        doc_type=letter.doc_type,
        subject=letter.abstract,
        signer_name=letter.signer_name,
        signer_title=letter.signer_title,
        sent_at=localtime(now).replace(tzinfo=None, microsecond=0),
        **more,  # type: ignore[arg-type]  # fields of an envelope, each named by who calls
    )


def _kept(letter: Letter, to: AgencyCode, whole: edxml.Envelope, by: Person, now: datetime) -> SentEnvelope:
    there = SentEnvelope.objects.filter(letter=letter, to=to, business=whole.business).first()
    if there:
        return there
    made = SentEnvelope(
        letter=letter,
        to=to,
        business=whole.business,
        document_id=whole.document_id,
        posted_by=by,
        posted_at=now,
        next_try_at=now,
    )
    data = edxml.write(whole)
    made.file.save(f"{hashlib.sha256(data).hexdigest()}.edxml", ContentFile(data), save=False)
    made.save()
    return made


def send_waiting(exchange: Exchange, *, now: datetime) -> int:
    """Hand over what waits: envelopes, and what we say of those that came in. Gives how many went."""
    return sum(_deliver(kind, exchange, now) for kind in (SentEnvelope, Answer))


def _deliver(kind: type[SentEnvelope | Answer], exchange: Exchange, now: datetime) -> int:
    went = 0
    for key in kind.objects.filter(kind.due(now)).values_list("pk", flat=True):
        with transaction.atomic():
            one = kind.objects.filter(kind.due(now), pk=key).select_for_update(of=("self",), skip_locked=True).first()
            if one is None:
                continue
            try:
                _hand_over(one, exchange)
                one.state, one.trouble = Delivery.State.SENT, ""
                went += 1
            except Declined as problem:
                one.state, one.trouble = Delivery.State.FAILED, str(problem)[:300]
            except (OSError, ValueError, KeyError) as problem:
                _put_off(one, str(problem), now)
            one.save()
    return went


def _hand_over(one: SentEnvelope | Answer, exchange: Exchange) -> None:
    if isinstance(one, SentEnvelope):
        with one.file.open("rb") as file:
            exchange.send(file.read())
        return
    envelope = one.envelope
    own = edxml.Agency(envelope.own_code, envelope.unit.version_on(localdate(envelope.taken_at)).body_name)
    at = localtime(one.posted_at).replace(tzinfo=None, microsecond=0)
    message = edxml.StatusMessage(envelope.document_id, own, envelope.from_code, edxml.Status(one.status), at, one.note)
    exchange.tell(edxml.write_status(message))


def _put_off(one: Delivery, trouble: str, now: datetime) -> None:
    one.tries += 1
    again = next_try(posted_at=one.posted_at, failed=one.tries, now=now)
    one.trouble = trouble[:300]
    if again is None:
        one.state = Delivery.State.FAILED
    else:
        one.next_try_at = again


def fetch(exchange: Exchange, *, now: datetime) -> list[TakenEnvelope]:
    """Take in what waits on the exchange for the units that receive here."""
    found = []
    for code in AgencyCode.objects.filter(ended_at=None, receives=True).select_related("unit", "added_by"):
        for name in exchange.waiting(code.code):
            found.append(take_in(exchange.document(name), name, code=code, now=now))
            exchange.taken(name, code.code)
    return found


@transaction.atomic
def take_in(data: bytes, name: str, *, code: AgencyCode, now: datetime) -> TakenEnvelope:
    """An envelope becomes a letter in the unit's book, or takes one back; its sender is told. The same one again does nothing."""
    Unit.objects.select_for_update(of=("self",), no_key=True).get(pk=code.unit_id)
    if there := TakenEnvelope.objects.filter(unit=code.unit, exchange_id=name).first():
        return there
    taken = TakenEnvelope(unit=code.unit, exchange_id=name[:100], own_code=code.code, taken_at=now)
    try:
        envelope = edxml.read(data)
    except edxml.NotEdxml as problem:
        taken.save()
        audit.record("exchange.unreadable", taken, by=None, now=now, detail={"where": problem.where})
        return taken
    taken.from_code, taken.from_name = envelope.sender.code, envelope.sender.name[:300]
    taken.document_id, taken.business = envelope.document_id[:200], envelope.business
    taken.save()
    audit.record("exchange.take_in", taken, by=None, now=now, detail={"document": taken.document_id})
    if envelope.business is edxml.Business.RECALL:
        _give_back(taken, envelope, now)
    else:
        _enter(taken, envelope, code.added_by, now)
    return taken


def _enter(taken: TakenEnvelope, envelope: edxml.Envelope, by: Person, now: datetime) -> None:
    """The first file is the letter, the others go with it. One that cannot be read, and nothing is kept of any."""
    say(taken, Status.ARRIVED, "", now)
    try:
        with transaction.atomic():
            taken.letter = _letter(taken.unit, envelope, by, now)
    except Refused as no:
        say(taken, Status.REFUSED, str(no), now)
        return
    taken.save(update_fields=["letter"])
    arrival = taken.letter.arrivals.filter(unit=taken.unit).first()
    say(taken, Status.ACCEPTED, _("Số đến %(number)s") % {"number": arrival.number} if arrival else "", now)
    if envelope.business is edxml.Business.REPLACE:
        _give_back(taken, envelope, now)


def _letter(unit: Unit, envelope: edxml.Envelope, by: Person, now: datetime) -> Letter:
    if not envelope.attachments:
        raise Refused(_("Gói tin không có tệp văn bản kèm theo."))
    first, *others = envelope.attachments
    letter = receiving.receive(holder=unit, source=receiving.Source(first.data, first.name[-200:]), by=by, now=now)
    letter.doc_type, letter.number, letter.symbol = envelope.doc_type[:60], envelope.number, envelope.symbol[:80]
    letter.dated_on, letter.abstract = envelope.dated_on, letter.abstract or envelope.subject
    letter.issuer = letter.issuer or envelope.sender.name[:300]
    letter.save()
    for order, one in enumerate(others, start=1):
        try:
            kind = scan_kind(one.data) if one.data.startswith((b"\x89PNG", b"\xff\xd8")) else attached_kind(one.data)
        except Unreadable as problem:
            raise Refused(_("Không nhận tệp kèm “%(name)s”: %(why)s") % {"name": one.name, "why": problem}) from problem
        kept = Annex(letter=letter, order=order, kind=Annex.Kind.FILE, title=one.name[:300], file_name=one.name[-255:])
        kept.file_size = len(one.data)
        kept.file.save(f"{hashlib.sha256(one.data).hexdigest()}.{kind}", ContentFile(one.data), save=False)
        kept.save()
    return letter


def _give_back(taken: TakenEnvelope, envelope: edxml.Envelope, now: datetime) -> None:
    """Take the letters that an envelope names out of use, and say what became of that."""
    named = TakenEnvelope.objects.filter(unit=taken.unit, from_code=taken.from_code, document_id__in=envelope.replaces)
    letters = Letter.objects.filter(came_in__in=named.exclude(pk=taken.pk)).exclude(pk=taken.letter_id or 0).distinct()
    recalled = _("Nơi gửi thu hồi qua trục liên thông: %(why)s")
    words = recalled if taken.letter is None else _("Đã có văn bản thay thế. %(why)s")
    _take_out_of_use(letters, taken, words % {"why": envelope.reason}, now)


def _take_out_of_use(letters: Iterable[Letter], asked: TakenEnvelope, because: str, now: datetime) -> None:
    """All of them, unless one has become a campaign: then they stay, and who asked is told so."""
    letters = list(letters)
    if not letters:
        say(asked, Status.RECALL_REFUSED, _("Nơi nhận không có văn bản này."), now)
    elif any(letter.campaigns.exists() for letter in letters):
        say(asked, Status.RECALL_REFUSED, _("Văn bản đã được triển khai tại nơi nhận."), now)
    else:
        for letter in letters:
            letter.state, letter.cancelled_because = Letter.State.CANCELLED, because
            letter.save(update_fields=["state", "cancelled_because"])
            audit.record("exchange.give_back", letter, by=None, now=now, detail={"because": because})
        say(asked, Status.RECALL_AGREED, "", now)


def say(taken: TakenEnvelope, status: Status, note: str, now: datetime) -> None:
    """Write down a status for the sender, once; the worker sends it."""
    made = {"note": note[:500], "posted_at": now, "next_try_at": now}
    Answer.objects.get_or_create(envelope=taken, status=status, defaults=made)


def hear(exchange: Exchange, *, now: datetime) -> int:
    """Enter what agencies say of our letters. Gives how many statuses were new."""
    new = 0
    for code in AgencyCode.objects.filter(ended_at=None, receives=True):
        for name, data in exchange.statuses(code.code).items():
            with suppress(edxml.NotEdxml):  # nothing of ours can be found by it; it is not asked for again
                new += hear_one(edxml.read_status(data), now=now)
            exchange.heard(name)
    return new


@transaction.atomic
def hear_one(message: edxml.StatusMessage, *, now: datetime) -> int:
    """Enter one status. An older one, and the same one again, change nothing."""
    if message.status is edxml.Status.RECALL_REQUESTED:
        return _asked_back(message, now)
    about = SentEnvelope.objects.select_for_update(of=("self",)).filter(
        document_id=message.document_id, to__code=message.sender.code
    )
    at = make_aware(message.at)
    for one in _meant(about, message.status):
        if one.status_at and (one.status_at, one.status) >= (at, message.status):
            continue
        one.status, one.status_at, one.status_note = message.status, at, message.description[:500]
        one.save(update_fields=["status", "status_at", "status_note"])
        audit.record("exchange.hear", one, by=None, now=now, detail={"status": message.status})
        return 1
    return 0


def _asked_back(message: edxml.StatusMessage, now: datetime) -> int:
    """Some senders ask for a letter with a status, not with an envelope. It is answered once."""
    taken = (
        TakenEnvelope.objects.select_for_update(of=("self",))
        .filter(document_id=message.document_id, from_code=message.sender.code, own_code=message.recipient)
        .exclude(letter=None)
        .exclude(answers__status__in=(Status.RECALL_AGREED, Status.RECALL_REFUSED))
        .select_related("letter")
        .first()
    )
    if taken is None or taken.letter is None:
        return 0
    because = _("Nơi gửi thu hồi qua trục liên thông: %(why)s") % {"why": message.description}
    _take_out_of_use([taken.letter], taken, because, now)
    return 1


def _meant(about: Iterable[SentEnvelope], status: edxml.Status) -> list[SentEnvelope]:
    """Answers to a recall are about the recall (or the replacement), the others about the letter."""
    asked_back = status in RECALLING
    return [one for one in about if (one.business == Business.RECALL) == asked_back or one.business == Business.REPLACE]
