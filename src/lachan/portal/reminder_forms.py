"""When the units of a campaign are reminded, as its coordinator types it."""

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lachan.engine.reminders import Rules

LONGEST = 60  # days before or after
MOST = 5  # reminders on either side


class RemindersForm(forms.Form):
    """The rules in four boxes; an empty one reminds of nothing."""

    before = forms.CharField(
        label=gettext_lazy("Nhắc trước hạn, số ngày"),
        required=False,
        max_length=40,
        help_text=gettext_lazy("Nhiều lần thì cách nhau bằng dấu phẩy, ví dụ: 7, 3. Để trống nếu không nhắc."),
    )
    on_the_day = forms.BooleanField(label=gettext_lazy("Nhắc vào ngày đến hạn"), required=False)
    after = forms.CharField(
        label=gettext_lazy("Nhắc sau hạn, số ngày"),
        required=False,
        max_length=40,
        help_text=gettext_lazy("Ví dụ: 1, 3. Để trống nếu không nhắc."),
    )
    head_after = forms.IntegerField(
        label=gettext_lazy("Báo thủ trưởng đơn vị khi quá hạn, số ngày"),
        required=False,
        min_value=1,
        max_value=LONGEST,
        help_text=gettext_lazy("Để trống nếu không báo."),
    )
    superior_after = forms.IntegerField(
        label=gettext_lazy("Báo cán bộ cấp trên khi quá hạn, số ngày"),
        required=False,
        min_value=1,
        max_value=LONGEST,
        help_text=gettext_lazy("Để trống nếu không báo."),
    )

    def __init__(self, typed: QueryDict | None, *, rules: Rules) -> None:
        in_force = {
            "before": ", ".join(str(-day) for day in sorted(rules.days) if day < 0),
            "on_the_day": 0 in rules.days,
            "after": ", ".join(str(day) for day in sorted(rules.days) if day > 0),
            "head_after": rules.head_after,
            "superior_after": rules.superior_after,
        }
        super().__init__(typed, initial=in_force)

    def clean_before(self) -> list[int]:
        return self._days("before")

    def clean_after(self) -> list[int]:
        return self._days("after")

    def _days(self, name: str) -> list[int]:
        words = self.cleaned_data[name].replace(";", ",").replace(",", " ").split()
        if len(words) > MOST or any(not word.isdecimal() or not 1 <= int(word[:4]) <= LONGEST for word in words):
            raise ValidationError(
                _("Ô “%(label)s” cần tối đa %(most)s số từ 1 đến %(longest)s, cách nhau bằng dấu phẩy, ví dụ: 7, 3.")
                % {"label": self.fields[name].label, "most": MOST, "longest": LONGEST}
            )
        return [int(word) for word in words]

    @property
    def rules(self) -> Rules:
        """What was typed, once it is valid."""
        typed = self.cleaned_data
        days = {-day for day in typed["before"]} | set(typed["after"]) | ({0} if typed["on_the_day"] else set())
        return Rules(tuple(sorted(days)), typed["head_after"], typed["superior_after"])
