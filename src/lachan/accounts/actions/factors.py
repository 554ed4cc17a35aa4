"""The second factor of an account: notes of what its owner changed, and the operator's way out when it is lost."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils.translation import gettext as _

from lachan.accounts.actions.sessions import end_sessions
from lachan.channels.actions import post_mail
from lachan.foundation import audit
from lachan.foundation.refused import Refused
from lachan.orgs.models import Person


@transaction.atomic
def note_change(person: Person, what: str, sentence: str, *, now: datetime) -> None:
    """`person` changed how they sign in: noted in the trail, and told to them by mail, lest somebody else did it."""
    entry = audit.record(f"accounts.{what}", person, by=person, now=now)
    _tell(person, sentence, key=f"accounts.change:{entry.pk}", now=now)


@transaction.atomic
def reset_factors(person: Person, *, by: Person, now: datetime) -> None:
    """Somebody lost their second factor: it is taken off, they are signed out everywhere, and told by mail."""
    gone, _kinds = Authenticator.objects.filter(user=person).delete()
    if not gone:
        raise Refused(_("%(name)s chưa bật xác thực hai lớp.") % {"name": person.name})
    end_sessions(person, by=by, now=now)
    entry = audit.record("accounts.reset_factors", person, by=by, now=now)
    sentence = _("%(by)s đã đặt lại xác thực hai lớp của anh/chị. Lần đăng nhập tới chỉ cần mật khẩu.") % {
        "by": by.name
    }
    _tell(person, sentence, key=f"accounts.change:{entry.pk}", now=now)


def _tell(person: Person, sentence: str, *, key: str, now: datetime) -> None:
    advice = _("Nếu anh/chị không biết việc này, hãy đổi mật khẩu và báo ngay cho người quản trị hệ thống.")
    post_mail(key=key, to=person.email, subject=_("Thay đổi về đăng nhập"), text=f"{sentence}\n\n{advice}", now=now)
