"""When figures are locked, for how long a rule is suspended, and who is let through: as the coordinator types it."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lachan.campaigns.models import Assignment, Campaign
from lachan.engine.locks import Kind
from lachan.foundation.refused import Refused
from lachan.orgs.finding import find_one
from lachan.orgs.models import UnitVersion
from lachan.reporting.actions.locking import LONGEST, Leave, Rules
from lachan.reporting.locks import end_of
from lachan.reporting.models import LockRule


class LockRulesForm(forms.Form):
    """The rules in three boxes; an empty one locks nothing."""

    after_due = forms.IntegerField(
        label=gettext_lazy("Khóa sau hạn báo cáo, số ngày"),
        required=False,
        min_value=0,
        max_value=LONGEST,
        help_text=gettext_lazy("Ghi 0 để khóa ngay khi hết hạn. Để trống nếu không khóa."),
    )
    when_sent_up = forms.BooleanField(
        label=gettext_lazy("Khóa khi báo cáo tổng hợp đã gửi cấp trên"),
        required=False,
        help_text=gettext_lazy(
            "Báo cáo của đơn vị chủ trì khóa mọi đơn vị; báo cáo của một đơn vị khóa nhánh của đơn vị đó."
        ),
    )
    last_day = forms.DateField(
        label=gettext_lazy("Ngày cuối được sửa"),
        required=False,
        help_text=gettext_lazy("Hết ngày này thì khóa. Ví dụ: 18/11/2024. Để trống nếu không khóa."),
    )

    def __init__(self, typed: Any, *, in_force: list[LockRule]) -> None:
        by_kind = {rule.kind: rule for rule in in_force}
        at = by_kind[Kind.AT].at if Kind.AT in by_kind else None
        shown = {
            "after_due": by_kind[Kind.AFTER_DUE].days if Kind.AFTER_DUE in by_kind else None,
            "when_sent_up": Kind.SENT_UP in by_kind,
            "last_day": localtime(at).date() if at else None,
        }
        super().__init__(typed, initial=shown)

    @property
    def rules(self) -> Rules:
        """What was typed, once it is valid."""
        typed = self.cleaned_data
        day = typed["last_day"]
        return Rules(after_due=typed["after_due"], when_sent_up=typed["when_sent_up"], at=end_of(day) if day else None)


class SuspendForm(forms.Form):
    """Why a rule locks nothing for a while, and until when."""

    because = forms.CharField(
        label=gettext_lazy("Lý do"),
        max_length=500,
        help_text=gettext_lazy("Ví dụ: Hệ thống ngừng ngày 15/03 nên các xã chưa kịp gửi."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    until = forms.DateField(
        label=gettext_lazy("Tạm ngừng đến hết ngày"),
        required=False,
        help_text=gettext_lazy("Ví dụ: 18/11/2024. Để trống nếu ngừng cho đến khi anh/chị áp dụng lại."),
    )


class LetThroughForm(forms.Form):
    """Who may report and amend although figures are locked, why and until when."""

    request_key = forms.CharField(max_length=64, widget=forms.HiddenInput)
    unit = forms.CharField(
        label=gettext_lazy("Đơn vị"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Gõ mã hoặc tên. Để trống để áp dụng cho mọi đơn vị của chiến dịch."),
    )
    with_below = forms.BooleanField(label=gettext_lazy("Cả các đơn vị bên dưới"), required=False)
    because = forms.CharField(
        label=gettext_lazy("Lý do"),
        max_length=500,
        help_text=gettext_lazy("Đơn vị đọc được, ví dụ: Xã bổ sung số liệu hai thôn bị mất mạng."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    until = forms.DateField(label=gettext_lazy("Đến hết ngày"))

    def __init__(self, *args: Any, campaign: Campaign, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.campaign, self.today = campaign, today

    def clean_unit(self) -> Assignment | None:
        text = self.cleaned_data["unit"].strip()
        if not text:
            return None
        given = UnitVersion.objects.on(self.today).filter(unit__in=self.campaign.assignments.values("unit"))
        try:
            return self.campaign.assignments.get(unit=find_one(text, given, self.today))
        except Refused as no:
            raise forms.ValidationError(str(no)) from no

    def clean_until(self) -> datetime:
        end = end_of(self.cleaned_data["until"])
        if self.cleaned_data["until"] < self.today:
            raise forms.ValidationError(_("Ngày kết thúc cần là hôm nay hoặc sau hôm nay."))
        return end

    @property
    def leave(self) -> Leave:
        """What was typed, once it is valid."""
        typed = self.cleaned_data
        return Leave(
            place=typed["unit"], with_below=typed["with_below"], because=typed["because"], until=typed["until"]
        )


class PleaAnswerForm(forms.Form):
    """What a unit that asks for an exception is answered; `verdict` is the button that was pressed."""

    verdict = forms.ChoiceField(choices=[("grant", "grant"), ("refuse", "refuse")], widget=forms.HiddenInput)
    until = forms.DateField(label=gettext_lazy("Cho đến hết ngày"))
    word = forms.CharField(
        label=gettext_lazy("Lời nhắn"),
        required=False,
        max_length=500,
        help_text=gettext_lazy("Đơn vị đọc được. Không cấp thì ghi vì sao."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    @property
    def grants(self) -> bool:
        return bool(self.cleaned_data["verdict"] == "grant")

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or {}
        if typed.get("verdict") == "refuse":
            self.errors.pop("until", None)
        return typed
