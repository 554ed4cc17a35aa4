"""A new password must not be one of those tried first. The lists are on this machine; nothing is asked of anybody."""

import csv
from functools import cache
from importlib.resources import files
from typing import Any

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lachan.engine.passwords import Guess, guess, typings

WHY: dict[Guess, Promise] = {
    Guess.COMMON: gettext_lazy(
        "Mật khẩu này là một từ nhiều người dùng, thêm vài chữ số hay dấu, nên dễ đoán. "
        "Hãy dùng bốn, năm từ không liên quan nhau."
    ),
    Guess.DIGITS: gettext_lazy(
        "Mật khẩu chỉ gồm chữ số, như số điện thoại hay ngày sinh, nên dễ đoán. Hãy dùng bốn, năm từ không liên quan nhau."
    ),
    Guess.KEYS: gettext_lazy(
        "Mật khẩu gồm các phím liền nhau hoặc một đoạn lặp lại, nên dễ đoán. Hãy dùng bốn, năm từ không liên quan nhau."
    ),
}


class CommonPasswords:
    """A password validator: Django's list of 20,000 common passwords, and ours of what people in Vietnam choose."""

    def validate(self, password: str, user: Any = None) -> None:
        why = guess(password, common_passwords())
        if why:
            raise ValidationError(str(WHY[why]), code="password_too_common")

    def get_help_text(self) -> str:
        return _("Không phải mật khẩu nhiều người dùng.")


@cache
def common_passwords() -> frozenset[str]:
    """Read once: `data/common_passwords.csv` names the source of each phrase."""
    lines = files("lachan.accounts").joinpath("data/common_passwords.csv").read_text(encoding="utf-8").splitlines()
    ours = {typed for row in csv.DictReader(lines) for typed in typings(row["phrase"])}
    return frozenset(ours | CommonPasswordValidator().passwords)
