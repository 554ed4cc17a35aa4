"""A letter goes by e-mail, with its files, to units where nobody has an account."""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from lachan.channels.actions import Attachment, post_mail
from lachan.channels.models import Mail
from lachan.engine.layout import to_docx, to_pdf
from lachan.foundation import audit
from lachan.foundation.refused import Refused
from lachan.letters import signing
from lachan.letters.composing import official
from lachan.letters.models import Letter, Signing
from lachan.letters.shown import file_name
from lachan.orgs.models import Person, Unit

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def key_of(letter: Letter, unit: Unit) -> str:
    """What the message is known by in the outbox: a letter goes to a unit once."""
    return f"letter:{letter.pk}:{unit.pk}"


def mails_of(letter: Letter, units: Collection[Unit]) -> Mapping[int, Mail]:
    """The messages of a letter by the key of the unit they go to."""
    by_key = {key_of(letter, unit): unit.pk for unit in units}
    return {by_key[mail.key]: mail for mail in Mail.objects.filter(key__in=by_key)}


def pdf_of(letter: Letter) -> bytes:
    """The PDF that goes out: the signed one, where it was signed."""
    begun = Signing.objects.filter(letter=letter).first()
    return signing.latest(begun) if begun else to_pdf(official(letter))


@transaction.atomic
def mail(letter: Letter, units: Collection[Unit], *, by: Person, now: datetime) -> list[Mail]:
    """Post an issued letter to the units' addresses, PDF and DOCX attached. Posted again it changes nothing.

    Refused while it is not issued, and when one of the units has no address.
    """
    if letter.state != Letter.State.ISSUED:
        raise Refused(_("Văn bản chưa phát hành nên chưa gửi được."))
    without = [unit.name_on(letter.day) for unit in units if not unit.email]
    if without:
        raise Refused(_("Chưa có địa chỉ thư điện tử của: %(units)s.") % {"units": ", ".join(without)})
    name = file_name(letter)
    files = [
        Attachment(f"{name}.pdf", "application/pdf", pdf_of(letter)),
        Attachment(f"{name}.docx", DOCX, to_docx(official(letter))),
    ]
    urgent = f"[{letter.get_urgency_display()}] " if letter.urgency else ""
    text = _("Kính gửi quý đơn vị,\n\n%(issuer)s gửi %(letter)s: %(abstract)s. Tệp văn bản gửi kèm thư này.")
    said = {"issuer": letter.holder.version_on(letter.day).body_name, "letter": letter, "abstract": letter.abstract}
    posted = [
        post_mail(
            key=key_of(letter, unit),
            to=unit.email,
            subject=f"{urgent}{letter}: {letter.abstract}",
            text=text % said,
            attachments=files,
            now=now,
        )
        for unit in units
    ]
    detail = {"units": [unit.code for unit in units]}
    audit.record("letters.mail", letter, by=by, now=now, detail=detail)
    return posted
