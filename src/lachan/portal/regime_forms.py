"""A periodic report as a coordinator prescribes it: how often, by when, of whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lachan.campaigns.models import Regime
from lachan.engine.periods import END_OF_MONTH, Rhythm, cut_offs
from lachan.foundation.refused import Refused
from lachan.orgs.finding import find_one
from lachan.orgs.models import Group, Kind, Unit, UnitVersion, UnitVersionQuerySet
from lachan.reporting.actions.regimes import MOST_AHEAD, RegimeDraft

MOST_PLACES = 100
SAME = ("name", "rhythm", "last_day", "number", "counting", "opens_days", "newcomers")
"""What the form and the regime have in common, word for word."""


class RegimeForm(forms.Form):
    """Everything about the regime but its form. Kinds and groups are those there are in the owner's tree."""

    name = forms.CharField(
        label=gettext_lazy("Tên báo cáo"),
        max_length=300,
        help_text=gettext_lazy("Ví dụ: Báo cáo kết quả phòng, chống lừa đảo trực tuyến. Tên kỳ được thêm phía sau."),
    )
    rhythm = forms.ChoiceField(
        label=gettext_lazy("Kỳ báo cáo"), choices=Regime.Rhythm.choices, widget=forms.RadioSelect
    )
    last_day = forms.IntegerField(
        label=gettext_lazy("Chốt số liệu vào ngày"),
        min_value=1,
        max_value=END_OF_MONTH,
        help_text=gettext_lazy(
            "Ngày trong tháng cuối của kỳ. Điều 12 Nghị định 09/2019/NĐ-CP: ngày 14. Nhập 31 để chốt vào ngày cuối tháng."
        ),
    )
    number = forms.IntegerField(
        label=gettext_lazy("Hạn gửi"),
        min_value=1,
        max_value=END_OF_MONTH,
        help_text=gettext_lazy("Hạn rơi vào ngày nghỉ thì chuyển sang ngày làm việc kế tiếp, đến 17 giờ."),
    )
    counting = forms.ChoiceField(label=gettext_lazy("Cách tính hạn gửi"), choices=Regime.Counting.choices)
    opens_days = forms.IntegerField(
        label=gettext_lazy("Giao cho đơn vị trước ngày chốt, số ngày"), min_value=0, max_value=MOST_AHEAD
    )
    groups = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Nhóm đơn vị phải báo cáo"),
        queryset=Group.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    kinds = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Loại đơn vị phải báo cáo"),
        queryset=Kind.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Thêm vào các nhóm đã chọn."),
    )
    within = forms.CharField(
        label=gettext_lazy("Chỉ trong địa bàn"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Mỗi dòng một đơn vị, tên hoặc mã; tính cả đơn vị bên dưới. Để trống: mọi địa bàn."),
    )
    but = forms.CharField(
        label=gettext_lazy("Trừ các đơn vị"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Mỗi dòng một đơn vị; tính cả đơn vị bên dưới."),
    )
    newcomers = forms.BooleanField(
        label=gettext_lazy("Đơn vị mới hoạt động trong kỳ cũng báo cáo kỳ đó"), required=False
    )

    def __init__(self, *args: Any, owner: Unit, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        root = owner.version_on(day).path.partition(".")[0]
        self.day, self.tree = day, UnitVersion.objects.on(day).filter(path__startswith=f"{root}.")
        there = self.tree.order_by().values("kind")
        self._choices("kinds", Kind.objects.filter(pk__in=there))
        self._choices("groups", Group.objects.filter(kinds__in=there).distinct())

    def _choices(self, name: str, there: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ModelMultipleChoiceField)  # noqa: S101 - tells the type checker
        field.queryset = there

    @classmethod
    def starting(cls, name: str, *, owner: Unit, day: date) -> RegimeForm:
        """The form as it is first shown: monthly, with the decree's cut-off."""
        fresh = Regime(name=name, last_day=cut_offs()[Rhythm.MONTH])
        return cls(owner=owner, day=day, initial={field: getattr(fresh, field) for field in SAME})

    @classmethod
    def of(cls, regime: Regime, typed: Any, *, day: date) -> RegimeForm:
        """The form as the regime stands."""
        form = cls(typed, owner=regime.owner, day=day, initial={field: getattr(regime, field) for field in SAME})
        chosen = {"groups": regime.groups.all(), "kinds": regime.kinds.all()}
        places = {name: "\n".join(form.written(getattr(regime, name).all())) for name in ("within", "but")}
        form.initial.update({**chosen, **places})
        return form

    def written(self, units: Iterable[Unit]) -> list[str]:
        """Units so that they are found again: by name, or by code where several have the name."""
        versions = list(self.tree.filter(unit__in=list(units)).select_related("unit").in_order())
        named = Counter(self.tree.filter(name__in=[one.name for one in versions]).values_list("name", flat=True))
        return [one.name if named[one.name] == 1 else one.unit.code for one in versions]

    def clean_within(self) -> list[Unit]:
        return self._units("within")

    def clean_but(self) -> list[Unit]:
        return self._units("but")

    def _units(self, name: str) -> list[Unit]:
        lines = [line.strip() for line in self.cleaned_data[name].splitlines() if line.strip()]
        if len(lines) > MOST_PLACES:
            raise ValidationError(
                _("Ô “%(label)s” nhận tối đa %(most)s dòng.") % {"label": self.fields[name].label, "most": MOST_PLACES}
            )
        return [self._unit(line, self.tree) for line in dict.fromkeys(lines)]

    def _unit(self, line: str, tree: UnitVersionQuerySet) -> Unit:
        try:
            return find_one(line, tree, self.day)
        except Refused as no:
            raise ValidationError(str(no)) from no

    def draft(self) -> RegimeDraft:
        """What was typed, once it is valid."""
        typed = self.cleaned_data
        return RegimeDraft(**{**typed, "groups": list(typed["groups"]), "kinds": list(typed["kinds"])})
