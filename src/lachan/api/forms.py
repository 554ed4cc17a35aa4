"""Forms of the pages where a unit looks after its tokens."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from lachan.api.actions.tokens import TokenDraft
from lachan.api.actions.webhooks import WRONG, WebhookDraft
from lachan.api.models import Event
from lachan.engine.webhooks import wrong_with
from lachan.orgs.models import Role

READ, SUBMIT, APPROVE = "doc", "gui", "duyet"


class TokenForm(forms.Form):
    """A new token. Only heads are offered the right to approve."""

    name = forms.CharField(
        label=_("Tên phần mềm"),
        max_length=100,
        help_text=_("Để nhận ra mã này về sau, ví dụ: Phần mềm quản lý trường học"),
    )
    may = forms.ChoiceField(label=_("Được làm gì"), widget=forms.RadioSelect, initial=READ)
    decides = forms.BooleanField(
        label=_("Nhận, trả lại báo cáo của cấp dưới gửi lên"),
        required=False,
        help_text=_("Chọn khi phần mềm tự kiểm tra báo cáo gửi lên đơn vị."),
    )
    below = forms.BooleanField(
        label=_("Cả cho các đơn vị bên dưới"),
        required=False,
        help_text=_("Chọn khi một phần mềm gửi thay cho nhiều đơn vị trực thuộc."),
    )
    days = forms.TypedChoiceField(
        label=_("Thời hạn"),
        coerce=int,
        choices=[(30, _("30 ngày")), (90, _("90 ngày")), (366, _("1 năm"))],
        initial=90,
    )
    request_key = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, roles: frozenset[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ways = [(READ, _("Chỉ đọc số liệu và việc phải làm")), (SUBMIT, _("Đọc, và gửi báo cáo chờ thủ trưởng duyệt"))]
        if Role.HEAD in roles:
            ways.append((APPROVE, _("Đọc, gửi báo cáo và duyệt luôn thay thủ trưởng")))
        self.fields["may"].choices = ways  # type: ignore[attr-defined]  # it is a choice

    def draft(self) -> TokenDraft:
        typed = self.cleaned_data
        may = typed["may"]
        rights = {"decides": typed["decides"], "below": typed["below"]}
        return TokenDraft(typed["name"], typed["days"], may != READ, may == APPROVE, **rights)


class WebhookForm(forms.Form):
    """An address to be told, and of what."""

    url = forms.CharField(
        label=_("Địa chỉ nhận tin"),
        max_length=500,
        widget=forms.URLInput,
        help_text=_("Bên làm phần mềm cung cấp, ví dụ: https://phanmem.truong.edu.vn/nhan-tin"),
    )
    events = forms.MultipleChoiceField(
        label=_("Báo những tin nào"), choices=Event, widget=forms.CheckboxSelectMultiple, initial=Event.values
    )
    below = forms.BooleanField(
        label=_("Cả tin của các đơn vị bên dưới"),
        required=False,
        help_text=_("Báo cáo cấp dưới gửi lên đơn vị thì vẫn báo, dù không chọn ô này."),
    )
    request_key = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def clean_url(self) -> str:
        url: str = self.cleaned_data["url"]
        if wrong := wrong_with(url, inside=settings.WEBHOOKS_INSIDE):
            raise forms.ValidationError(str(WRONG[wrong]))
        return url

    def draft(self) -> WebhookDraft:
        typed = self.cleaned_data
        return WebhookDraft(typed["url"], typed["events"], typed["below"])
