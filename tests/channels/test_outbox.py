"""The outbox keeps each message once."""

import pytest
from cast import NOW

from lachan.channels.actions import Attachment, MailDraft, post_mail, post_mails
from lachan.channels.models import Mail

pytestmark = pytest.mark.django_db


def test_the_same_key_posted_again_gives_the_first_message() -> None:
    first = post_mail(key="a", to="xa@example.vn", subject="Giao việc", text="Một", now=NOW)
    again = post_mail(key="a", to="xa@example.vn", subject="Giao việc", text="Hai", now=NOW)
    assert (again, again.text) == (first, "Một")


def test_many_at_once_leave_those_that_are_there() -> None:
    post_mail(key="a", to="xa@example.vn", subject="Giao việc", text="Một", now=NOW)
    post_mails([MailDraft("a", "xa@example.vn", "s", "Hai"), MailDraft("b", "xa@example.vn", "s", "Ba")], now=NOW)
    assert list(Mail.objects.values_list("key", "text")) == [("a", "Một"), ("b", "Ba")]


def test_attachments_are_kept_as_they_were_given() -> None:
    file = Attachment("Báo cáo số 12.pdf", "application/pdf", b"%PDF-1.7")
    mail = post_mail(key="a", to="xa@example.vn", subject="s", text="t", attachments=[file], now=NOW)
    kept = mail.attachments.get()
    with kept.file.open() as content:
        assert (kept.name, kept.content_type, content.read()) == (file.name, file.content_type, file.data)


def test_a_subject_of_several_lines_becomes_one() -> None:
    mail = post_mail(key="a", to="xa@example.vn", subject="Giao việc\nBcc: ai@example.vn", text="t", now=NOW)
    assert mail.subject == "Giao việc Bcc: ai@example.vn"
