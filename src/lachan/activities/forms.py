"""What is typed on the pages of activities."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lachan.activities.actions import Facts
from lachan.activities.models import Activity
from lachan.activities.words import SENTENCES, word
from lachan.campaigns.models import Campaign
from lachan.engine.activities import AUDIENCES, CHANNELS
from lachan.engine.vietnamese import NumberProblem, read_number, write_number

NUMBERS = ("times", "audience", "copies", "minutes")


class CountField(forms.CharField):
    """A whole number as officers type it: 1250, 1.250, "1 250"."""

    def __init__(self, **more: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
        super().__init__(required=False, widget=widget, **more)

    def clean(self, value: Any) -> int | None:
        typed = super().clean(value)
        if not typed:
            return None
        number = read_number(typed)
        if number.value is not None:
            return int(number.value)
        words = {"label": self.label, "typed": typed[:40]}
        if number.problem == NumberProblem.AMBIGUOUS:
            readings = SENTENCES["or"]().join(write_number(reading) for reading in number.readings)
            raise ValidationError(SENTENCES["ambiguous"]() % {**words, "readings": readings})
        raise ValidationError(SENTENCES["not_a_number"]() % words)


class LinkField(forms.URLField):
    """An address on the web; "https://" may be left out."""

    default_validators = [URLValidator(schemes=["http", "https"])]

    def __init__(self, **more: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"})
        super().__init__(required=False, max_length=1000, assume_scheme="https", widget=widget, **more)
        self.error_messages["invalid"] = self.error_messages["max_length"] = lazy(SENTENCES["link"], str)()


class ManyFiles(forms.FileInput):
    allow_multiple_selected = True


class FactsForm(forms.Form):
    """What every way of recording asks."""

    channel = forms.ChoiceField(
        label=gettext_lazy("Kênh"),
        widget=forms.RadioSelect,
        error_messages={"required": lazy(SENTENCES["channel"], str)()},
    )
    what = forms.CharField(
        label=gettext_lazy("Đã làm gì"),
        required=False,
        max_length=300,
        error_messages={"max_length": lazy(SENTENCES["too_long"], str)()},
        help_text=gettext_lazy("Để trống thì ghi theo tên kênh và chiến dịch."),
        widget=forms.TextInput(attrs={"list": "what-suggestions", "autocomplete": "off"}),
    )
    done_on = forms.DateField(label=gettext_lazy("Ngày"), required=False)
    times = CountField(label=gettext_lazy("Số lần"))
    audience = CountField(label=gettext_lazy("Số người tiếp cận"))
    copies = CountField(label=gettext_lazy("Số bản, tờ, tin nhắn"))
    link = LinkField(label=gettext_lazy("Liên kết"))

    def facts(self) -> Facts:
        """The form's values for `record`; of a valid form."""
        given = self.cleaned_data
        return Facts(
            channel=given["channel"],
            done_on=given["done_on"],
            what=" ".join(given["what"].split()),
            times=1 if given["times"] is None else given["times"],
            audience=given["audience"],
            copies=given["copies"],
            minutes=given.get("minutes"),
            audiences=tuple(given.get("audiences") or ()),
            link=given.get("link", ""),
        )

    def clean_times(self) -> int | None:
        times: int | None = self.cleaned_data["times"]
        if times == 0:
            raise ValidationError(SENTENCES["no_times"]())
        return times


class ActivityForm(FactsForm):
    """One activity, on a phone."""

    campaign = forms.TypedChoiceField(label=gettext_lazy("Chiến dịch"), required=False, coerce=int, empty_value=None)
    day = forms.ChoiceField(label=gettext_lazy("Ngày"), widget=forms.RadioSelect)
    minutes = CountField(label=gettext_lazy("Thời lượng (phút)"))
    audiences = forms.MultipleChoiceField(
        label=gettext_lazy("Đối tượng"), required=False, widget=forms.CheckboxSelectMultiple
    )
    photos = forms.FileField(
        label=gettext_lazy("Ảnh"),
        required=False,
        allow_empty_file=True,
        help_text=gettext_lazy("JPEG, PNG hoặc WebP. Nơi chụp và thông tin máy ảnh được xóa khi nhận."),
        widget=ManyFiles(attrs={"accept": "image/jpeg,image/png,image/webp", "data-box": "sending"}),
    )
    request_key = forms.RegexField(r"^[\w-]{8,64}$", widget=forms.HiddenInput)
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, campaigns: Iterable[Campaign], channels: Sequence[str], today: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.campaigns = {campaign.pk: campaign for campaign in campaigns}
        self.fields["campaign"].choices = campaign_choices(self.campaigns.values())  # type: ignore[attr-defined]  # a choice field
        self.fields["channel"].choices = [(code, word(CHANNELS[code])) for code in channels]  # type: ignore[attr-defined]
        self.fields["audiences"].choices = [(code, word(one)) for code, one in AUDIENCES.items()]  # type: ignore[attr-defined]
        self.fields["day"].choices = [  # type: ignore[attr-defined]
            ("today", _("Hôm nay")),
            ("yesterday", _("Hôm qua")),
            ("other", _("Ngày khác")),
        ]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        day = given.get("day")
        if day in ("today", "yesterday"):
            given["done_on"] = self.today - timedelta(days=day == "yesterday")
        elif "done_on" in given and not given["done_on"]:
            self.add_error("done_on", SENTENCES["no_day"]())
        return given

    def chosen_campaign(self) -> Campaign | None:
        """The campaign it belongs to; of a valid form."""
        return self.campaigns.get(self.cleaned_data["campaign"])


class LineForm(FactsForm):
    """One line of several. An empty line is passed over; an empty day is today."""

    link = None  # type: ignore[assignment]  # Django's way of leaving a field out
    channel = forms.ChoiceField(label=gettext_lazy("Kênh"))
    audiences = forms.ChoiceField(label=gettext_lazy("Đối tượng"), required=False)

    def __init__(self, *args: Any, channels: Sequence[str], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["channel"].choices = [("", "–"), *((code, word(CHANNELS[code])) for code in channels)]  # type: ignore[attr-defined]  # a choice field
        self.fields["audiences"].choices = [("", "–"), *((code, word(one)) for code, one in AUDIENCES.items())]  # type: ignore[attr-defined]
        number = int(str(self.prefix).rsplit("-", 1)[-1]) + 1 if str(self.prefix)[-1:].isdecimal() else 1
        for field in self.fields.values():
            field.label = _("%(label)s, dòng %(number)s") % {"label": field.label, "number": number}
            field.help_text = ""
            field.widget.attrs |= {"aria-label": field.label, "class": "control"}

    def clean_audiences(self) -> list[str]:
        """As the activity keeps them."""
        return [one] if (one := self.cleaned_data["audiences"]) else []

    def clean_done_on(self) -> date:
        day: date | None = self.cleaned_data["done_on"]
        return day or self.today


def filled(lines: Iterable[LineForm]) -> list[Facts]:
    """What several lines tell, the empty ones left out; of valid ones."""
    return [form.facts() for form in lines if form.has_changed()]


SeveralLines = forms.formset_factory(LineForm, extra=5, max_num=50, absolute_max=60)


class CampaignForm(forms.Form):
    """The campaign that several lines belong to."""

    campaign = forms.TypedChoiceField(label=gettext_lazy("Chiến dịch"), required=False, coerce=int, empty_value=None)
    request_key = forms.RegexField(r"^[\w-]{8,50}$", widget=forms.HiddenInput)

    def __init__(self, *args: Any, campaigns: Iterable[Campaign], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.campaigns = {campaign.pk: campaign for campaign in campaigns}
        self.fields["campaign"].choices = campaign_choices(self.campaigns.values())  # type: ignore[attr-defined]  # a choice field

    def chosen_campaign(self) -> Campaign | None:
        """The campaign they belong to; of a valid form."""
        return self.campaigns.get(self.cleaned_data["campaign"])


class ListForm(forms.Form):
    """A table of activities as a file, and the campaign they belong to."""

    campaign = forms.TypedChoiceField(label=gettext_lazy("Chiến dịch"), required=False, coerce=int, empty_value=None)
    file = forms.FileField(
        label=gettext_lazy("Tệp danh sách"),
        help_text=gettext_lazy("XLSX hoặc CSV; tối đa 1.000 dòng."),
        allow_empty_file=True,
        max_length=None,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )

    def __init__(self, *args: Any, campaigns: Iterable[Campaign], too_large: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.campaigns = {campaign.pk: campaign for campaign in campaigns}
        self.fields["campaign"].choices = campaign_choices(self.campaigns.values())  # type: ignore[attr-defined]  # a choice field
        if too_large:
            self.fields["file"].error_messages["required"] = _("Tệp lớn quá nên chưa nhận. Tách thành nhiều tệp.")

    def chosen_campaign(self) -> Campaign | None:
        """The campaign they belong to; of a valid form."""
        return self.campaigns.get(self.cleaned_data["campaign"])


def campaign_choices(campaigns: Iterable[Campaign]) -> list[tuple[int | str, str]]:
    """Each campaign, and none."""
    return [*((campaign.pk, campaign.name) for campaign in campaigns), ("", _("Không thuộc chiến dịch nào"))]


def initial_of(activity: Activity, today: date, *, copied: bool) -> dict[str, Any]:
    """An activity as the form shows it. `copied`: as the beginning of another one: today, without its link."""
    kept = {name: getattr(activity, name) for name in (*NUMBERS, "channel", "what", "audiences")}
    kept["campaign"] = activity.campaign_id
    if copied:
        return kept | {"day": "today"}
    day = {today: "today", today - timedelta(days=1): "yesterday"}.get(activity.done_on, "other")
    return kept | {
        "day": day,
        "done_on": activity.done_on,
        "link": activity.link,
        "request_key": activity.request_key,
        "revision": activity.revision,
    }


class WithdrawForm(forms.Form):
    """Why an activity is taken out of the counts."""

    because = forms.CharField(
        label=gettext_lazy("Lý do rút"), max_length=300, help_text=gettext_lazy("Ví dụ: ghi trùng, nhầm ngày.")
    )
