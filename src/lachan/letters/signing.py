"""A letter goes from hand to hand to be signed: prepared once, signed by each in turn, sealed by the agency, then issued.

Keys are used for the moment and kept nowhere. What goes out is the signed PDF, byte for byte.
"""

from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from lachan.engine.layout import signing_places, to_pdf
from lachan.engine.signing import (
    Box,
    CannotSign,
    Examined,
    Key,
    continues,
    examine,
    prepare,
    seal_box,
    seal_look,
    sign,
    signature_box,
    signature_look,
)
from lachan.foundation import audit
from lachan.foundation.refused import Refused
from lachan.letters import drafting
from lachan.letters.actions import content_of
from lachan.letters.composing import official
from lachan.letters.models import Letter, ReservedNumber, Signature, Signing
from lachan.orgs.models import Person

SEAL = "dau-co-quan"
_ENDINGS = (".pem", ".crt", ".cer", ".der")


@transaction.atomic
def begin(letter: Letter, *, by: Person, now: datetime) -> Signing:
    """Lay the letter before those who sign: a draft gets its number, and the PDF is fixed with a place for each.

    Asked again it gives the signing there is. Refused as in `drafting.issue_draft`.
    """
    letter = Letter.objects.select_for_update(of=("self",)).select_related("holder").get(pk=letter.pk)
    if existing := Signing.objects.filter(letter=letter).first():
        return existing
    if letter.state == Letter.State.DRAFT:
        letter = drafting.issue_draft(letter, state=Letter.State.SIGNING, by=by, now=now)
    if letter.state not in (Letter.State.SIGNING, Letter.State.ISSUED) or content_of(letter).laid_out_at:
        raise Refused(_("Văn bản này không ký số ở đây được."))
    boxes = _boxes(letter)
    signing = Signing(letter=letter, begun_by=by, begun_at=now)
    pdf = prepare(to_pdf(official(letter)), boxes)
    signing.prepared.save(f"{letter.pk}.pdf", ContentFile(pdf), save=False)
    signing.save()
    Signature.objects.bulk_create(_turns(signing))
    audit.record("letters.begin_signing", letter, by=by, now=now, detail={"symbol": letter.full_symbol})
    return signing


def _boxes(letter: Letter) -> dict[str, Box]:
    """A field for each who signs, and the seal's over the first signature."""
    places = {place.name: place for place in signing_places(official(letter))}
    fields = {name.replace("signer", "nguoi-ky"): signature_box(place) for name, place in sorted(places.items())}
    return fields | {SEAL: seal_box(places["signer-1"])}


def _turns(signing: Signing) -> list[Signature]:
    """The signer first, then those who sign along, in the order of the letter; the agency's seal last."""
    letter = signing.letter
    people = [(letter.signer_name, letter.signer_title), *((n, t) for t, n, _a in content_of(letter).also_sign)]
    turns = [
        Signature(signing=signing, order=at, field=f"nguoi-ky-{at}", name=name, title=title)
        for at, (name, title) in enumerate(people, start=1)
    ]
    agency = letter.holder.version_on(letter.day).body_name
    return [*turns, Signature(signing=signing, order=len(turns) + 1, field=SEAL, name=agency, is_seal=True)]


def latest(signing: Signing) -> bytes:
    """The PDF as signed so far."""
    with (signing.signed or signing.prepared).open("rb") as file:
        octets: bytes = file.read()
    return octets


def awaited(signing: Signing) -> Signature | None:
    """Whose turn it is; None when all have signed."""
    return signing.signatures.filter(signed_at=None).order_by("order").first()


@transaction.atomic
def sign_with_key(signing: Signing, *, key: Key, png: bytes = b"", by: Person, now: datetime) -> Signature:
    """Sign for whoever's turn it is with a PKCS#12 file, which is not kept. Refused when it cannot be opened or used."""
    signing, turn = _locked(signing)
    at = localtime(now)
    agency = signing.letter.holder.version_on(signing.letter.day).body_name
    look = seal_look(at, png) if turn.is_seal else signature_look(turn.name, agency, at, png)
    try:
        pdf = sign(latest(signing), turn.field, _boxes(signing.letter)[turn.field], key, look)
    except CannotSign as problem:
        raise Refused(_in_words(problem.why)) from problem
    return _enter(signing, turn, pdf, by=by, now=now)


@transaction.atomic
def take_signed(signing: Signing, *, pdf: bytes, by: Person, now: datetime) -> Signature:
    """Take back the PDF that was handed out and signed elsewhere.

    Refused unless it is that very file with exactly one signature added to it, and every signature in it holds.
    """
    signing, turn = _locked(signing)
    before = latest(signing)
    if not pdf.startswith(b"%PDF-"):
        raise Refused(_("Tệp này không phải là PDF."))
    if not continues(pdf, before):
        raise Refused(
            _("Tệp này không phải bản PDF đã tải về từ trang này, hoặc đã bị sửa. Hãy tải lại, ký và gửi đúng tệp đó.")
        )
    known = len(examine(before, trusted=(), at=now))
    found = examine(pdf, trusted=(), at=now)
    if len(found) != known + 1:
        raise Refused(_("Tệp cần có thêm đúng một chữ ký số so với bản đã tải về."))
    if not all(one.holds for one in found):
        raise Refused(_("Chữ ký số trong tệp không còn nguyên vẹn. Hãy tải lại bản PDF và ký lại."))
    return _enter(signing, turn, pdf, by=by, now=now)


def _locked(signing: Signing) -> tuple[Signing, Signature]:
    Letter.objects.select_for_update(of=("self",)).get(pk=signing.letter_id)
    held = Signing.objects.select_for_update(of=("self",)).select_related("letter__holder").get(pk=signing.pk)
    turn = awaited(held)
    if turn is None:
        raise Refused(_("Văn bản đã đủ chữ ký."))
    if held.letter.state == Letter.State.CANCELLED:
        raise Refused(_("Văn bản đã hủy nên không ký được."))
    return held, turn


def _enter(signing: Signing, turn: Signature, pdf: bytes, *, by: Person, now: datetime) -> Signature:
    made = examine(pdf, trusted=(), at=now)[-1]
    signing.signed.save(f"{signing.letter_id}-{turn.order}.pdf", ContentFile(pdf))
    turn.signed_at, turn.certificate = made.signed_at or now, f"{made.signer} ({made.issuer})"[:300]
    turn.field, turn.entered_by, turn.entered_at = made.field[:40], by, now
    turn.save()
    audit.record("letters.sign", turn, by=by, now=now, detail={"letter": signing.letter_id, "by": turn.certificate})
    if awaited(signing) is None:
        Letter.objects.filter(pk=signing.letter_id, state=Letter.State.SIGNING).update(state=Letter.State.ISSUED)
    return turn


@transaction.atomic
def withdraw(signing: Signing, *, by: Person, now: datetime) -> Letter:
    """Take the letter back from those who sign: it is a draft again and keeps its number for itself.

    Refused once it has gone out. For a letter issued before, only the signing is given up.
    """
    letter = Letter.objects.select_for_update(of=("self",)).select_related("holder").get(pk=signing.letter_id)
    held = Signing.objects.select_for_update(of=("self",)).filter(pk=signing.pk).first()
    if held is None:
        return letter
    if awaited(held) is None:
        raise Refused(_("Văn bản đã đủ chữ ký và đã phát hành nên không rút lại được."))
    held.delete()
    if letter.state == Letter.State.SIGNING and letter.dated_on and letter.number:
        letter.state = Letter.State.DRAFT
        letter.save()
        ReservedNumber.objects.create(
            unit=letter.holder,
            year=letter.dated_on.year,
            number=letter.number,
            purpose=letter.abstract[:300],
            by=by,
            at=now,
        )
    audit.record("letters.withdraw_signing", letter, by=by, now=now, detail={"symbol": letter.full_symbol})
    return letter


def signatures_of(letter: Letter, now: datetime) -> list[Examined]:
    """What the signatures say in the PDF that goes out, or in the PDF that came in; none for any other letter."""
    signing = Signing.objects.filter(letter=letter).first()
    if signing is not None:
        return examine(latest(signing), trusted=trusted(), at=now)
    if not letter.original or not str(letter.original.name).lower().endswith(".pdf"):
        return []
    with letter.original.open("rb") as file:
        return examine(file.read(), trusted=trusted(), at=now)


def trusted() -> list[bytes]:
    """The certificates of roots that the operator put into the folder `settings.SIGNATURE_ROOTS`; none come with us."""
    folder = Path(settings.SIGNATURE_ROOTS)
    if not folder.is_dir():
        return []
    return [path.read_bytes() for path in sorted(folder.iterdir()) if path.suffix.lower() in _ENDINGS]


def _in_words(why: str) -> str:
    return {
        "password": _("Mật khẩu của tệp chứng thư không đúng."),
        "key": _("Tệp chứng thư không đọc được hoặc không có khóa ký. Chọn tệp .p12 hoặc .pfx."),
        "picture": _("Hình chữ ký, hình dấu cần là tệp PNG, mỗi cạnh không quá 4000 điểm ảnh."),
        "file": _("Chưa ký được vào tệp PDF này. Tải lại trang rồi thử lại."),
    }[why]
