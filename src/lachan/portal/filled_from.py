"""How activities suggest a number: the controls of it in the form editor, and what is set in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lachan.activities.words import word
from lachan.engine.activities import AUDIENCES, CHANNELS, FilledFrom, Sum
from lachan.portal.setup_draft import by_activities

NEVER = "never"
_SUMS = {
    Sum.TIMES: gettext_lazy("số buổi, lượt phát, bài đăng (tùy kênh)"),
    Sum.AUDIENCE: gettext_lazy("số người được tuyên truyền"),
    Sum.COPIES: gettext_lazy("số bản đã phát"),
    Sum.MINUTES: gettext_lazy("số phút"),
    Sum.ACTIVITIES: gettext_lazy("số hoạt động đã ghi"),
}
FIELDS = ("filled_sum", "filled_channels", "filled_audiences")


def in_words(kept: Mapping[str, Any]) -> str:
    """What is added up, over which channels, for whom: "số phút · Loa truyền thanh xã". Nothing where nothing is suggested."""
    filled = FilledFrom.from_json(kept)
    if filled is None:
        return ""
    channels = ", ".join(word(one) for code, one in CHANNELS.items() if code in filled.channels) or _("mọi kênh")
    audiences = ", ".join(word(one) for code, one in AUDIENCES.items() if code in filled.audiences)
    return " · ".join(filter(None, [str(_SUMS[filled.sum]), channels, audiences]))


def shown(kept: Mapping[str, Any]) -> dict[str, Any]:
    """What is set, as the controls show it."""
    filled = FilledFrom.from_json(kept)
    if filled is None:
        return dict(zip(FIELDS, (NEVER, [], []), strict=True))
    return dict(zip(FIELDS, (str(filled.sum), sorted(filled.channels), sorted(filled.audiences)), strict=True))


class FilledFromForm(forms.Form):
    """Which recorded activities suggest the number, and what of them is added up."""

    filled_sum = forms.ChoiceField(label=gettext_lazy("Số gợi ý cho người điền"), required=False)
    filled_channels = forms.MultipleChoiceField(
        label=gettext_lazy("Chỉ tính các kênh"),
        help_text=gettext_lazy("Không chọn: mọi kênh."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    filled_audiences = forms.MultipleChoiceField(
        label=gettext_lazy("Chỉ tính hoạt động dành cho"),
        help_text=gettext_lazy("Không chọn: mọi đối tượng."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        text = self.data.get("text") or self.initial.get("text", "")
        found = in_words(by_activities(text)) or _("không có số nào phù hợp")
        by_its_words = _("theo lời câu hỏi (%(found)s)") % {"found": found} if text else _("theo lời câu hỏi")
        self.fields["filled_sum"].choices = [  # type: ignore[attr-defined]  # a choice field
            ("", by_its_words),
            *((str(one), label) for one, label in _SUMS.items()),
            (NEVER, _("không gợi ý")),
        ]
        for name, known in (("filled_channels", CHANNELS), ("filled_audiences", AUDIENCES)):
            self.fields[name].choices = [(code, word(one)) for code, one in known.items()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not given.get("filled_sum") and (given.get("filled_channels") or given.get("filled_audiences")):
            self.add_error("filled_sum", _("Đã chọn kênh hoặc đối tượng thì chọn cả số cần cộng, ví dụ “số phút”."))
        return given

    def filled_from(self) -> dict[str, Any]:
        """As typed; where nothing was chosen, as the words of the question suggest."""
        typed = self.cleaned_data
        if not typed["filled_sum"]:
            return by_activities(typed["text"])
        if typed["filled_sum"] == NEVER:
            return {}
        channels, audiences = frozenset(typed["filled_channels"]), frozenset(typed["filled_audiences"])
        return FilledFrom(Sum(typed["filled_sum"]), channels, audiences).to_json()
