"""How far each colleague is with the part of a return they were given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lachan.orgs.models import Person
from lachan.reporting.models import Obligation, Question, Share


@dataclass(frozen=True)
class Given:
    """A part given to a colleague, and how much of it stands in the draft."""

    share: Share
    questions: Sequence[Question]
    answered: int

    @property
    def parts(self) -> list[str]:
        """What was given, by name; a table once."""
        names = (question.table.title if question.table else question.text for question in self.questions)
        return list(dict.fromkeys(names))


def shares_shown(obligation: Obligation) -> list[Given]:
    """The parts given in a return and not taken back; a fixed number of queries however many."""
    typed = obligation.typed
    found = obligation.shares.filter(ended_at=None).select_related("person").prefetch_related("questions__table")
    return [
        Given(one, list(one.questions.all()), sum(bool(typed.get(q.key)) for q in one.questions.all())) for one in found
    ]


def parts_given_to(person: Person) -> list[Given]:
    """The parts of returns that a person was given and has not finished, the most pressing first."""
    found = Share.objects.in_force().filter(person=person, done_at=None).prefetch_related("questions__table")
    found = found.select_related("obligation__form__campaign", "obligation__assignment", "given_by")
    shares = sorted((one for one in found if one.obligation.is_open), key=lambda one: (one.due_on is None, one.due_on))
    return [
        Given(
            one,
            list(one.questions.all()),
            sum(bool(one.obligation.typed.get(q.key)) for q in one.questions.all()),
        )
        for one in shares
    ]
