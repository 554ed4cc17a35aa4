"""How a person wishes to get each kind of notice."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.forms import BoundField

from lachan.notices.models import Kind, Way


class WishesForm(forms.Form):
    """One choice for each kind; `ways` are those in force."""

    def __init__(self, *args: Any, ways: Mapping[Kind, Way], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind in Kind:
            self.fields[kind] = forms.ChoiceField(label=kind.label, choices=Way.choices, initial=ways[kind])

    @property
    def rows(self) -> Iterator[BoundField]:
        """The choices, to be laid out in a table."""
        for bound in self:
            bound.field.widget.attrs["class"] = "control width-medium"
            yield bound

    @property
    def chosen(self) -> dict[Kind, Way]:
        return {Kind(kind): Way(way) for kind, way in self.cleaned_data.items()}
