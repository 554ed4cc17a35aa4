"""Which activities a list or a wall shows, as its address says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lachan.activities.models import ActivityQuerySet
from lachan.activities.words import word
from lachan.engine.activities import AUDIENCES, CHANNELS
from lachan.foundation import formats
from lachan.foundation.http import key_in


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"placeholder": "18/11/2024"})


class FilterForm(forms.Form):
    """Channel, audience and days, as the page asks for them. What cannot be read is left out, not an error."""

    kenh = forms.ChoiceField(label=gettext_lazy("Kênh"), required=False)
    doi_tuong = forms.ChoiceField(label=gettext_lazy("Đối tượng"), required=False)
    tu = forms.DateField(label=gettext_lazy("Từ ngày"), required=False, widget=_day())
    den = forms.DateField(label=gettext_lazy("Đến ngày"), required=False, widget=_day())

    def __init__(self, query: QueryDict, branches: Sequence[tuple[int, str]] = ()) -> None:
        super().__init__(query)
        self.fields["kenh"].choices = [("", _("Mọi kênh")), *((code, word(one)) for code, one in CHANNELS.items())]  # type: ignore[attr-defined]  # a choice field
        self.fields["doi_tuong"].choices = [  # type: ignore[attr-defined]
            ("", _("Mọi đối tượng")),
            *((code, word(one)) for code, one in AUDIENCES.items()),
        ]
        if branches:
            choices = [("", _("Mọi đơn vị")), *((str(key), name) for key, name in branches)]
            self.fields["nhanh"] = forms.ChoiceField(label=_("Đơn vị"), required=False, choices=choices)
            self.order_fields(["nhanh"])


@dataclass(frozen=True)
class Shown:
    """What is asked for. `only`: for these audiences and no other, as the numbers of a form are counted."""

    campaign: int | None
    channels: tuple[str, ...]
    audience: str
    only: tuple[str, ...]
    since: date | None
    until: date | None

    def of(self, found: ActivityQuerySet) -> ActivityQuerySet:
        """Those of `found` that are shown."""
        if self.campaign:
            found = found.filter(campaign=self.campaign)
        if self.channels:
            found = found.filter(channel__in=self.channels)
        if self.audience:
            found = found.filter(audiences__contains=[self.audience])
        if self.only:
            found = found.filter(audiences__contained_by=self.only, audiences__len__gt=0)
        return found.within(self.since, self.until)

    @property
    def is_narrowed(self) -> bool:
        return self != EVERYTHING

    @property
    def in_words(self) -> str:
        """The filter as a sentence would have it: "Loa truyền thanh xã; 3/11/2024 – 24/11/2024"."""
        channels = ", ".join(word(CHANNELS[code]) for code in self.channels)
        audiences = ", ".join(word(AUDIENCES[code]) for code in (self.only or (self.audience,)) if code)
        days = " – ".join(formats.day(day) if day else "…" for day in (self.since, self.until))
        return "; ".join(part for part in (channels, audiences, days if self.since or self.until else "") if part)


EVERYTHING = Shown(None, (), "", (), None, None)


def shown(query: QueryDict, form: FilterForm) -> Shown:
    """What the address asks for, without what cannot be read."""
    form.is_valid()
    given = form.cleaned_data
    return Shown(
        campaign=key_in(query.get("chien-dich", "")),
        channels=tuple(code for code in query.getlist("kenh") if code in CHANNELS),
        audience=given.get("doi_tuong") or "",
        only=tuple(code for code in query.getlist("chi-doi-tuong") if code in AUDIENCES),
        since=given.get("tu"),
        until=given.get("den"),
    )
