"""Signing a letter of our own, and what the signatures of any letter say."""

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from lachan.engine.signing import Examined, Key, Standing
from lachan.foundation.refused import Refused
from lachan.letters import signing
from lachan.letters.access import CLERKS, holder, readers
from lachan.letters.models import Letter, Signature, Signing
from lachan.letters.signing_forms import KeyForm, SignedForm
from lachan.orgs.access import StaffRequest, holds, roles_on, today


@require_POST
@holds(*CLERKS, on=holder)
def begin(request: StaffRequest, letter: int) -> HttpResponse:
    """Give the letter its number and lay it before those who sign."""
    signing.begin(get_object_or_404(Letter, pk=letter), by=request.user, now=request.now)
    return redirect("letters:signing", letter)


@require_GET
@holds(*CLERKS, on=readers)
def page(request: StaffRequest, letter: int) -> HttpResponse:
    """Who has signed and whose turn it is; what the signatures say."""
    return _page(request, letter)


@require_POST
@holds(*CLERKS, on=holder)
def sign(request: StaffRequest, letter: int) -> HttpResponse:
    """Sign with a key that is given for the moment."""
    found = get_object_or_404(Signing, letter=letter)
    form = KeyForm(request.POST, request.FILES)
    if form.is_valid():
        given = form.cleaned_data
        key = Key(given["key"].read(), given["password"])
        png = given["picture"].read() if given["picture"] else b""
        try:
            return _signed(request, signing.sign_with_key(found, key=key, png=png, by=request.user, now=request.now))
        except Refused as no:
            form.add_error("key", str(no))
    return _page(request, letter, key_form=form)


@require_POST
@holds(*CLERKS, on=holder)
def take_signed(request: StaffRequest, letter: int) -> HttpResponse:
    """Take the PDF that was signed elsewhere."""
    found = get_object_or_404(Signing, letter=letter)
    form = SignedForm(request.POST, request.FILES)
    if form.is_valid():
        pdf = form.cleaned_data["file"].read()
        try:
            return _signed(request, signing.take_signed(found, pdf=pdf, by=request.user, now=request.now))
        except Refused as no:
            form.add_error("file", str(no))
    return _page(request, letter, signed_form=form)


@require_POST
@holds(*CLERKS, on=holder)
def withdraw(request: StaffRequest, letter: int) -> HttpResponse:
    """Take it back from those who sign."""
    found = signing.withdraw(get_object_or_404(Signing, letter=letter), by=request.user, now=request.now)
    messages.success(request, _("Đã rút văn bản khỏi vòng ký."))
    return redirect("letters:draft" if found.state == Letter.State.DRAFT else "letters:letter", letter)


def _signed(request: StaffRequest, turn: Signature) -> HttpResponse:
    messages.success(request, _("Đã ký: %(name)s.") % {"name": turn.name})
    return redirect("letters:signing", turn.signing.letter_id)


def _page(
    request: StaffRequest, letter: int, *, key_form: Form | None = None, signed_form: Form | None = None
) -> HttpResponse:
    found = get_object_or_404(Letter.objects.select_related("holder"), pk=letter)
    begun = Signing.objects.filter(letter=found).first()
    examined = signing.signatures_of(found, request.now)
    context = {
        "letter": found,
        "signing": begun,
        "turns": list(begun.signatures.all()) if begun else [],
        "awaited": signing.awaited(begun) if begun else None,
        "examined": [(one, *_said(one)) for one in examined],
        "keeps": bool(roles_on(request.user, found.holder, today(request)) & set(CLERKS)),
        "key_form": key_form or KeyForm(),
        "signed_form": signed_form or SignedForm(),
    }
    failed = any(form is not None and form.errors for form in (key_form, signed_form))
    return render(request, "letters/signing.html", context, status=422 if failed else 200)


def _said(one: Examined) -> tuple[str, str]:
    """A signature's state for the design system, and in words."""
    if not one.holds:
        return "returned", _("Tệp đã bị thay đổi sau khi ký, hoặc chữ ký bị hỏng. Không dùng văn bản này.")
    if one.standing is Standing.TRUSTED:
        return "approved", _("Chữ ký hợp lệ, tệp còn nguyên vẹn từ khi ký.")
    if one.standing is Standing.OUT_OF_DATE:
        return "doubtful", _("Tệp còn nguyên vẹn từ khi ký; chứng thư không còn hiệu lực vào lúc kiểm tra.")
    return "doubtful", _("Tệp còn nguyên vẹn từ khi ký; chưa rõ nơi cấp chứng thư có đáng tin cậy không.")
