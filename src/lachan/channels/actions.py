"""Messages are put into the outbox."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import make_msgid

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction

from lachan.channels.models import Mail, MailAttachment


@dataclass(frozen=True)
class Attachment:
    """A file to go with a message: its name, its type ("application/pdf") and its content."""

    name: str
    content_type: str
    data: bytes


@dataclass(frozen=True)
class MailDraft:
    """A message to be posted. `key` says what it is about: the same key posted again adds nothing."""

    key: str
    to: str
    subject: str
    text: str
    unsubscribe_url: str = ""


@transaction.atomic
def post_mail(
    *, key: str, to: str, subject: str, text: str, attachments: Sequence[Attachment] = (), now: datetime
) -> Mail:
    """Keep a message until the mail server has taken it. The same `key` again gives the message of the first time, unchanged."""
    new = _new(MailDraft(key, to, subject, text), now)
    mail, is_new = Mail.objects.get_or_create(key=key, defaults={name: getattr(new, name) for name in _WRITTEN})
    if is_new:
        for one in attachments:
            kept = ContentFile(one.data, name=one.name)
            MailAttachment.objects.create(mail=mail, name=one.name, content_type=one.content_type, file=kept)
    return mail


@transaction.atomic
def post_mails(drafts: Collection[MailDraft], *, now: datetime) -> None:
    """Keep many messages at once; those whose keys are there already are left as they are."""
    Mail.objects.bulk_create([_new(draft, now) for draft in drafts], ignore_conflicts=True, batch_size=500)


_WRITTEN = ("to", "subject", "text", "unsubscribe_url", "message_id", "posted_at", "next_try_at")


def _new(draft: MailDraft, now: datetime) -> Mail:
    return Mail(
        key=draft.key,
        to=draft.to,
        subject=" ".join(draft.subject.split())[:300],
        text=draft.text,
        unsubscribe_url=draft.unsubscribe_url,
        message_id=make_msgid(domain=settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">")),
        posted_at=now,
        next_try_at=now,
    )
