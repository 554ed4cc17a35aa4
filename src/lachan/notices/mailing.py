"""Notices leave by mail: at once, or together in the morning; in the hours of the day, in Vietnamese."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from lachan.channels.actions import MailDraft, post_mails
from lachan.channels.models import Mail
from lachan.engine.reminders import DIGEST_AT, may_disturb
from lachan.foundation import formats
from lachan.notices import leaving
from lachan.notices.models import Notice, NoticeQuerySet, Way

FRESH = timedelta(days=3)  # what could not be mailed for so long stands in the page only
UNITS_NAMED = 10


def mail_out(*, now: datetime) -> None:
    """Put into the outbox what is to go: one message to a person, with all that waits for them. Run twice, it adds nothing."""
    clock = localtime(now)
    if not may_disturb(clock):
        return
    with override("vi"):
        _post(Notice.objects.to_mail(Way.AT_ONCE, since=now - FRESH, before=now + FRESH), _at_once, now)
        if clock.time() >= DIGEST_AT:
            morning = datetime.combine(clock.date(), DIGEST_AT, clock.tzinfo)
            _post(Notice.objects.to_mail(Way.DIGEST, since=now - FRESH, before=morning), _digest, now)


@transaction.atomic
def _post(waiting: NoticeQuerySet, compose: "Callable[[Sequence[Notice], datetime], MailDraft]", now: datetime) -> None:
    """One message for each person with notices in `waiting`. They are held until they are marked, so two workers share them out."""
    held = waiting.select_related("person").order_by("person_id", "id").select_for_update(of=["self"], skip_locked=True)
    of_person = [list(those) for _person, those in groupby(held, key=lambda one: one.person_id)]
    drafts = [compose(those, now) for those in of_person]
    post_mails(drafts, now=now)
    mails = dict(Mail.objects.filter(key__in=[draft.key for draft in drafts]).values_list("key", "pk"))
    for draft, those in zip(drafts, of_person, strict=True):
        for one in those:
            one.mail_id = mails[draft.key]
    Notice.objects.bulk_update([one for those in of_person for one in those], ["mail"], batch_size=500)


def _at_once(notices: Sequence[Notice], _now: datetime) -> MailDraft:
    first, count = notices[0], len(notices)
    alone = f"{first.words}: {first.campaign}" if first.campaign else first.words
    several = ngettext("%(count)s thông báo mới", "%(count)s thông báo mới", count) % {"count": count}
    return _draft("notices/mail.txt", alone if count == 1 else several, notices)


def _digest(notices: Sequence[Notice], now: datetime) -> MailDraft:
    subject = _("Tổng hợp thông báo đến 7 giờ ngày %(day)s") % {"day": formats.day(now)}
    return _draft("notices/digest.txt", subject, notices)


@dataclass(frozen=True)
class Gathered:
    """Notices that say the same of several units, as one entry of a digest."""

    notices: Sequence[Notice]

    @property
    def words(self) -> str:
        return self.notices[0].words

    @property
    def campaign(self) -> str:
        return self.notices[0].campaign

    @property
    def units(self) -> str:
        """The first few units by name, and how many more."""
        names = sorted({one.unit for one in self.notices if one.unit})
        more = len(names) - UNITS_NAMED
        tail = ngettext(" và %(count)s đơn vị khác", " và %(count)s đơn vị khác", more) % {"count": more}
        return ", ".join(names[:UNITS_NAMED]) + (tail if more > 0 else "")

    @property
    def href(self) -> str:
        """To what it is about when that is one thing, else to the list of notices."""
        hrefs = {one.href for one in self.notices}
        return hrefs.pop() if len(hrefs) == 1 else reverse("notices:listed")

    @property
    def due_at(self) -> datetime | None:
        """The deadline, when it is the same for all."""
        dues = {one.due_at for one in self.notices}
        return dues.pop() if len(dues) == 1 else None


def _gathered(notices: Iterable[Notice]) -> list[Gathered]:
    alike = sorted(notices, key=lambda one: (one.campaign, one.words))
    return [Gathered(list(those)) for _same, those in groupby(alike, key=lambda one: (one.campaign, one.words))]


def _draft(template: str, subject: str, notices: Sequence[Notice]) -> MailDraft:
    person = notices[0].person
    way_out = leaving.address(person.pk, [one.kind for one in notices])
    context = {
        "person": person,
        "notices": notices,
        "gathered": _gathered(notices),
        "site": settings.SITE_URL,
        "way_out": way_out,
    }
    return MailDraft(f"notice:{notices[0].pk}", person.email, subject, render_to_string(template, context), way_out)
