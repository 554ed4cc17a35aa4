"""Giving parts of a return to a colleague: whom, which parts, by when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lachan.orgs.models import Grant, Person
from lachan.reporting.models import Obligation, Question
from lachan.reporting.sheet import Grid, laid_out


@dataclass(frozen=True)
class Part:
    """Something that can be given to a colleague: a question, or a table as a whole."""

    key: str
    words: str
    questions: Sequence[int]


def parts_of(questions: Sequence[Question]) -> list[Part]:
    """The parts of a return, in the form's order."""
    found = []
    for section in laid_out(questions):
        for part in section.parts:
            if isinstance(part, Grid):
                found.append(Part(f"t{part.table.pk}", part.table.title, [one.pk for one in part.questions]))
            else:
                found.append(Part(f"q{part.pk}", part.text, [part.pk]))
    return found


def colleagues(obligation: Obligation, person: Person) -> Any:
    """The others who have a role in the unit."""
    of_unit = Grant.objects.in_force().filter(unit=obligation.unit_id)
    return Person.objects.filter(pk__in=of_unit.values("person_id")).exclude(pk=person.pk).order_by("name")


class ShareForm(forms.Form):
    """Whom, which parts, by when."""

    person = forms.ModelChoiceField(
        label=_("Giao cho"),
        queryset=Person.objects.none(),
        empty_label=_("Chọn một người"),
        error_messages={"required": _("Chọn người được giao."), "invalid_choice": _("Chọn một người trong danh sách.")},
    )
    parts = forms.MultipleChoiceField(
        label=_("Các mục được giao"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Chọn ít nhất một mục để giao.")},
    )
    due_on = forms.DateField(label=_("Cần xong trước ngày"), required=False)

    def __init__(self, *args: Any, obligation: Obligation, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_key = {part.key: part for part in parts_of(list(obligation.asked()))}
        people: Any = self.fields["person"]
        people.queryset = colleagues(obligation, person)
        choices: Any = self.fields["parts"]
        choices.choices = [(part.key, part.words) for part in self.by_key.values()]

    @property
    def questions(self) -> list[int]:
        """The questions of the parts chosen."""
        return [key for part in self.cleaned_data["parts"] for key in self.by_key[part].questions]

    @property
    def due(self) -> date | None:
        found: date | None = self.cleaned_data["due_on"]
        return found
