"""A session that ends while somebody fills in a form: what they typed waits until they have signed in again.

It waits in the session of the browser that posted it and is shown to the same person only: machines are shared.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from lachan.foundation.http import Request
from lachan.foundation.posted import Posted, can_be_kept, posted_in

KEPT_AS = "carried"
WHOSE = "lachan_whose"  # a signed cookie: who worked in this browser last
LONGEST = timedelta(hours=1)
MOST = 1_000_000  # characters


def remember_whose(request: Request, answer: HttpResponseBase) -> HttpResponseBase:
    """Note in the browser who works in it, so that what is posted after the session's end has its owner."""
    whose = str(request.user.pk)
    if _whose(request) != whose:
        answer.set_signed_cookie(WHOSE, whose, salt=WHOSE, httponly=True, samesite="Lax", secure=request.is_secure())
    return answer


def sign_in_first(request: Request) -> HttpResponse:
    """The way to sign in; then to the page asked for, or to what was posted."""
    posted = posted_in(request)
    whose = _whose(request)
    size = sum(len(text) for _name, text in posted.pairs)
    if request.method != "POST" or not whose or not can_be_kept(request, posted) or size > MOST:
        return redirect_to_login(request.get_full_path())
    request.session[KEPT_AS] = {
        "whose": whose,
        "at": request.now.isoformat(),
        "action": posted.action,
        "pairs": posted.pairs,
    }
    messages.warning(
        request, _("Phiên đăng nhập đã hết. Nội dung anh/chị vừa nhập vẫn được giữ; đăng nhập lại để gửi tiếp.")
    )
    return redirect_to_login(reverse("orgs:carried"))


def carried(request: Request) -> Posted | None:
    """What the person of the request had posted when their session was over, for an hour; never another person's."""
    kept = request.session.get(KEPT_AS)
    if not kept:
        return None
    if kept["whose"] != str(request.user.pk) or request.now - datetime.fromisoformat(kept["at"]) > LONGEST:
        del request.session[KEPT_AS]
        return None
    return Posted(kept["action"], [(name, text) for name, text in kept["pairs"]])


def _whose(request: Request) -> str:
    return str(request.get_signed_cookie(WHOSE, default="", salt=WHOSE))
