"""What is typed on the pages of the staff home."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lachan.campaigns.office import closing_time
from lachan.engine.vietnamese import fold
from lachan.engine.working_days import WorkingDays
from lachan.foundation import formats
from lachan.foundation.http import key_in
from lachan.letters.patterns import Wording
from lachan.orgs.models import UnitVersion
from lachan.portal.due import Due, suggested_deadline
from lachan.portal.own_letter import Draft

FEW = 12  # units that are listed without having to unfold their group


@dataclass(frozen=True)
class Terms:
    """What the form is filled in against: the units that can be given the work, the unit's own deadline, the moment."""

    below: Sequence[UnitVersion]  # those of one kind together
    own_due: datetime | None
    now: datetime
    office: WorkingDays
    patterns: Sequence[Wording] = ()

    @property
    def own_due_in_words(self) -> str:
        if self.own_due is None:
            return _("Cấp trên không nêu hạn báo cáo.")
        words = Due(self.own_due, self.now).words
        return _("Hạn của đơn vị mình: %(at)s (%(words)s).") % {"at": formats.moment(self.own_due), "words": words}


class PassOnForm(forms.Form):
    """To whom, by when, and the letter. Units are chosen among `below`."""

    units = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Đơn vị được giao"),
        coerce=int,
        error_messages={
            "required": gettext_lazy("Chọn ít nhất một đơn vị để giao."),
            "invalid_choice": gettext_lazy("Có đơn vị không trực thuộc hoặc đã được giao. Xem lại các đơn vị đã chọn."),
        },
    )
    report_due = forms.DateField(
        label=gettext_lazy("Hạn báo cáo"), error_messages={"required": gettext_lazy("Chọn hạn báo cáo.")}
    )
    pattern = forms.ChoiceField(label=gettext_lazy("Mẫu văn bản"), required=False)
    symbol = forms.CharField(label=gettext_lazy("Ký hiệu"), max_length=80)
    number = forms.IntegerField(
        label=gettext_lazy("Số"),
        required=False,
        min_value=1,
        max_value=99_999,
        help_text=gettext_lazy("Để trống để lấy số kế tiếp trong sổ."),
    )
    dated_on = forms.DateField(label=gettext_lazy("Ngày văn bản"))
    abstract = forms.CharField(label=gettext_lazy("Trích yếu"), widget=forms.Textarea(attrs={"rows": 3}))
    bases = forms.CharField(
        label=gettext_lazy("Căn cứ ban hành"), widget=forms.Textarea(attrs={"rows": 2}), required=False
    )
    body = forms.CharField(
        label=gettext_lazy("Nội dung"),
        widget=forms.Textarea(attrs={"rows": 16}),
        help_text=gettext_lazy("Chỗ “[hạn báo cáo]” được thay bằng hạn báo cáo đã chọn."),
    )
    signer_title = forms.CharField(label=gettext_lazy("Chức vụ người ký"), max_length=300)
    signer_name = forms.CharField(label=gettext_lazy("Họ và tên người ký"), max_length=200)
    copies = forms.CharField(
        label=gettext_lazy("Nơi nhận"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Mỗi dòng một nơi nhận; dòng “Như trên” được thêm khi phát hành."),
    )

    def __init__(self, *args: Any, terms: Terms, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.terms = terms
        units = self.fields["units"]
        assert isinstance(units, forms.TypedMultipleChoiceField)  # noqa: S101 - tells the type checker
        units.choices = [(version.unit_id, version.name) for version in terms.below]
        pattern = self.fields["pattern"]
        assert isinstance(pattern, forms.ChoiceField)  # noqa: S101 - tells the type checker
        pattern.choices = [(one.code, one.name) for one in terms.patterns]
        self.fields["report_due"].help_text = terms.own_due_in_words

    def reworded(self, draft: Draft) -> PassOnForm:
        """The same form in the wording of another pattern; what says who signs, to whom and by when stays as typed."""
        worded = {name: getattr(draft, name) for name in ("symbol", "abstract", "bases", "body")}
        return PassOnForm(initial={**self.initial, **worded}, terms=self.terms)

    @classmethod
    def starting(cls, draft: Draft, terms: Terms) -> PassOnForm:
        """The form as it is first shown: everything filled in, every unit chosen."""
        initial = {
            **asdict(draft),
            "units": [version.unit_id for version in terms.below],
            "report_due": localdate(suggested_deadline(terms.own_due, terms.now, terms.office)),
            "dated_on": localdate(terms.now),
        }
        return cls(terms=terms, initial=initial)

    def clean_report_due(self) -> datetime:
        """The end of that day's office hours, or on the unit's own last day the hour it has itself."""
        day: date = self.cleaned_data["report_due"]
        own, now = self.terms.own_due, self.terms.now
        due = own if own and day == localdate(own) else closing_time(day)
        if due <= now:
            raise forms.ValidationError(_("Hạn báo cáo phải sau thời điểm này."))
        if own and now < own < due:
            raise forms.ValidationError(
                _("Hạn báo cáo không được sau hạn của đơn vị mình (ngày %(day)s).") % {"day": formats.day(own)}
            )
        return due

    def chosen(self) -> list[UnitVersion]:
        """The units chosen, in the order of the list; for a valid form."""
        keys = set(self.cleaned_data["units"])
        return [version for version in self.terms.below if version.unit_id in keys]


@dataclass(frozen=True)
class Choice:
    """One unit that can be given the work. Not `shown`: left out by the search, its tick kept."""

    version: UnitVersion
    ticked: bool
    shown: bool


@dataclass(frozen=True)
class ChoiceGroup:
    """The units of one kind."""

    kind: str
    name: str
    choices: Sequence[Choice]
    is_open: bool

    @property
    def tick(self) -> str:
        """What the button that ticks the whole group says to `picking`."""
        return f"chon:{self.kind}"

    @property
    def clear(self) -> str:
        return f"bo:{self.kind}"

    @property
    def ticked(self) -> int:
        return sum(choice.ticked for choice in self.choices)

    @property
    def found(self) -> int:
        return sum(choice.shown for choice in self.choices)


@dataclass(frozen=True)
class Picking:
    """The list of units as it stands: what is ticked, what is searched for."""

    groups: Sequence[ChoiceGroup]
    searched: str

    @property
    def ticked(self) -> int:
        return sum(group.ticked for group in self.groups)

    @property
    def is_long(self) -> bool:
        """Too many to look through by eye."""
        return self.all > FEW

    @property
    def found(self) -> int:
        return sum(group.found for group in self.groups)

    @property
    def all(self) -> int:
        return sum(len(group.choices) for group in self.groups)


def picking(form: PassOnForm, *, searched: str = "", press: str = "") -> Picking:
    """What to draw. `press`: "chon", "bo" (all), or "chon:<kind>", "bo:<kind>": tick or clear, before drawing."""
    values = form["units"].value() or []
    ticked = {key for value in values if (key := key_in(str(value))) is not None}
    verb, _colon, kind = press.partition(":")
    meant = {version.unit_id for version in form.terms.below if kind in ("", version.kind_id)}
    if verb == "chon":
        ticked |= meant
    elif verb == "bo":
        ticked -= meant
    words = fold(searched).split()
    groups = []
    for _rank, members in groupby(form.terms.below, key=lambda version: (version.kind.rank, version.kind_id)):
        versions = list(members)
        choices = [Choice(v, v.unit_id in ticked, _matches(v, words)) for v in versions]
        is_open = bool(words) or kind == versions[0].kind_id or len(form.terms.below) <= FEW
        groups.append(ChoiceGroup(versions[0].kind_id, versions[0].kind.name, choices, is_open))
    return Picking(groups, searched)


def _matches(version: UnitVersion, words: Sequence[str]) -> bool:
    name = f" {fold(version.name)}"
    return all(f" {word}" in name for word in words)
