"""How a unit ends."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lachan.foundation.refused import Refused
from lachan.orgs.finding import find_one
from lachan.orgs.models import UnitVersionQuerySet
from lachan.reporting.actions.ending import Ending


class EndingForm(forms.Form):
    """The day, who takes over, or why not, and the roles of its people."""

    on = forms.DateField(label=_("Ngày không còn hoạt động"), help_text=_("Ví dụ: 18/11/2024"))
    successor = forms.CharField(
        label=_("Đơn vị tiếp nhận"),
        required=False,
        max_length=200,
        help_text=_("Gõ mã hoặc tên. Việc đang mở và các đơn vị đã được giao tiếp chuyển sang đơn vị này."),
    )
    because = forms.CharField(
        label=_("Lý do miễn báo cáo"),
        required=False,
        max_length=500,
        help_text=_("Cần ghi khi không có đơn vị tiếp nhận. Lý do hiện trong danh sách được miễn."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    moves_people = forms.BooleanField(
        label=_("Chuyển vai trò của người ở đơn vị này sang đơn vị tiếp nhận"),
        required=False,
        help_text=_("Không chọn thì vai trò của họ ở đây kết thúc."),
    )

    def __init__(self, *args: Any, within: UnitVersionQuerySet, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.within, self.today = within, today

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        text = typed.get("successor")
        try:
            typed["successor"] = find_one(text, self.within, self.today) if text else None
        except Refused as no:
            self.add_error("successor", str(no))
        return typed

    def ending(self) -> Ending:
        """What was decided."""
        return Ending(**self.cleaned_data)
