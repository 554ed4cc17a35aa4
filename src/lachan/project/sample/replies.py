"""What the units of the demonstration do and answer: most in time, some late, some wrong, some never. Dice decide."""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta

from lachan.campaigns.models import Assignment
from lachan.reporting.models import Obligation, Question

ABSENT = {"Huyện Mường Lát"}  # opens the letter and does nothing
AREAS = {"rural-district", "town", "provincial-city", "commune", "ward", "township"}
NEVER_OPENED = 0.02
NEVER_REPORTED = 0.05
LATE = 0.08
MISTYPED = 0.03
INFLATED = 0.02  # a number ten times too large, which the level above sends back
ACCEPTED = 0.6


@dataclass(frozen=True)
class Reply:
    """How one unit answers. `mistyped` and `inflated` name the answer it gets wrong at first, if any."""

    opened_at: datetime
    reported_at: datetime | None
    typed: dict[str, str]
    mistyped: str = ""
    inflated: str = ""
    accepted: bool = True


class Replies:
    """Makes up replies, the same ones for the same seed."""

    def __init__(self, dice: random.Random, evaluations: list[str], proposals: list[str]) -> None:
        self.dice = dice
        self.narratives = tuple([line.split("|", 1) for line in lines] for lines in (evaluations, proposals))
        self.absent = ABSENT

    def opens(self, assignment: Assignment) -> bool:
        return self.dice.random() >= NEVER_OPENED or assignment.must_pass_on

    def passes_on(self, assignment: Assignment) -> bool:
        return assignment.must_pass_on and assignment.unit_name not in ABSENT

    def reply(self, obligation: Obligation, questions: list[Question], *, given_at: datetime) -> Reply:
        """How the unit that owes `obligation` answers `questions`, those that apply to it."""
        dice = self.dice
        opened = given_at + timedelta(hours=dice.randint(1, 40))
        typed = {question.key: self._answer(question, obligation.assignment.unit_kind) for question in questions}
        if obligation.assignment.unit_name in ABSENT or dice.random() < NEVER_REPORTED:
            return Reply(opened, None, typed)
        early = timedelta(hours=dice.randint(2, 60))
        reported = (
            obligation.due_at + timedelta(hours=dice.randint(1, 30))
            if dice.random() < LATE
            else obligation.due_at - early
        )
        numbers = [question.key for question in questions if question.is_number]
        fate = dice.random()
        return Reply(
            opened,
            reported,
            typed,
            mistyped=dice.choice(numbers) if fate < MISTYPED else "",
            inflated=dice.choice(numbers) if MISTYPED <= fate < MISTYPED + INFLATED else "",
            accepted=dice.random() < ACCEPTED,
        )

    def _answer(self, question: Question, kind: str) -> str:
        dice = self.dice
        school = "school" in kind or kind in ("university", "college")
        if not question.is_number:
            who = ("all", "school" if school else "area" if kind in AREAS else "office")
            return dice.choice([text for whom, text in self.narratives[min(question.order, 2) - 1] if whom in who])
        text = question.text
        if "học sinh" in text:
            return str(dice.randint(180, 1400)) if school else str(dice.randint(0, 60))
        if "truyền thanh" in text:
            return "0" if school else str(dice.randint(12, 90))
        if "người" in text:
            number = dice.randint(60, 2600)
            return f"{number:,}".replace(",", ".") if dice.random() < 0.5 else str(number)
        return str(dice.randint(1, 45))
