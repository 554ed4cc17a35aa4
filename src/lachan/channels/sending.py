"""Messages that wait are handed to the mail server, each once."""

import smtplib
from datetime import datetime
from email.utils import format_datetime
from typing import Protocol

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction

from lachan.channels.models import Mail
from lachan.engine.retrying import next_try

LASTING = 500  # SMTP codes from here on say that trying again is of no use


class Connection(Protocol):
    """A mail backend of Django."""

    def open(self) -> bool | None: ...
    def close(self) -> None: ...
    def send_messages(self, messages: list[EmailMessage]) -> int: ...


def send_waiting(*, now: datetime) -> None:
    """Hands over every message whose time has come. Any number of workers may do so at once.

    A message is locked while it is handed over and marked as sent in the same transaction. Were the machine to stop between the
    server's yes and our note of it, the message would go again with the same Message-ID, by which the receiver knows it.
    """
    if not Mail.objects.to_be_sent(now).exists():
        return
    server: Connection = get_connection()
    try:
        server.open()
    except OSError as trouble:  # smtplib's errors are OSErrors too
        _put_off_all(str(trouble), now)
        return
    try:
        while _send_next(server, now):
            pass
    finally:
        _hang_up(server)


@transaction.atomic
def _send_next(server: Connection, now: datetime) -> bool:
    """Sends one message; False when there is none, or when the server no longer listens."""
    mail = Mail.objects.to_be_sent(now).select_for_update(skip_locked=True).first()
    if mail is None:
        return False
    listens = True
    try:
        message = _composed(mail)
    except (OSError, ValueError) as trouble:  # an attachment that is gone, a header that cannot be
        _fail(mail, str(trouble))
    else:
        listens = _hand_over(server, mail, message, now)
    mail.save(update_fields=["state", "sent_at", "tries", "trouble", "next_try_at"])
    return listens


def _hand_over(server: Connection, mail: Mail, message: EmailMessage, now: datetime) -> bool:
    try:
        server.send_messages([message])
    except smtplib.SMTPRecipientsRefused as refused:
        [(code, words)] = refused.recipients.values()
        return _refused(mail, code, words, now)
    except smtplib.SMTPDataError as refused:
        return _refused(mail, refused.smtp_code, refused.smtp_error, now)
    except OSError as trouble:
        _put_off(mail, str(trouble), now)
        return False
    mail.state, mail.sent_at, mail.trouble = Mail.State.SENT, now, ""
    return True


def _refused(mail: Mail, code: int, words: bytes | str, now: datetime) -> bool:
    """The server would not take this one message. It listens still, unless it said 421."""
    said = f"{code} {words.decode(errors='replace') if isinstance(words, bytes) else words}"
    if code >= LASTING:
        _fail(mail, said)
    else:
        _put_off(mail, said, now)
    return code != 421


def _put_off(mail: Mail, trouble: str, now: datetime) -> None:
    mail.tries += 1
    again = next_try(posted_at=mail.posted_at, failed=mail.tries, now=now)
    if again is None:
        _fail(mail, trouble)
    else:
        mail.next_try_at, mail.trouble = again, trouble[:300]


def _fail(mail: Mail, trouble: str) -> None:
    mail.state, mail.trouble = Mail.State.FAILED, trouble[:300]


@transaction.atomic
def _put_off_all(trouble: str, now: datetime) -> None:
    """The server cannot be reached: that is no message's fault, but each waits its time."""
    mails = list(Mail.objects.to_be_sent(now).select_for_update(skip_locked=True))
    for mail in mails:
        _put_off(mail, trouble, now)
    Mail.objects.bulk_update(mails, ["state", "tries", "trouble", "next_try_at"], batch_size=500)


def _composed(mail: Mail) -> EmailMessage:
    headers = {"Message-ID": mail.message_id, "Date": format_datetime(mail.posted_at)}
    headers |= {"Auto-Submitted": "auto-generated"}  # RFC 3834: no holiday answer, please
    if mail.unsubscribe_url:
        headers["List-Unsubscribe"] = f"<{mail.unsubscribe_url}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message = EmailMessage(mail.subject, mail.text, settings.DEFAULT_FROM_EMAIL, [mail.to], headers=headers)
    for one in mail.attachments.all():
        with one.file.open("rb") as content:
            message.attach(one.name, content.read(), one.content_type)
    message.message()  # raises here, before the server hears of it
    return message


def _hang_up(server: Connection) -> None:
    try:
        server.close()
    except OSError:
        return  # what it took it took
