"""Cascades in which chance decides what happens to each unit, and when."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import timedelta

from cascades import DUE, a_campaign, of, passed_on, reported, submitted
from cast import NOW, Cast

from lachan.campaigns import actions
from lachan.campaigns.models import Assignment, Campaign
from lachan.orgs.actions import Founding, found_units
from lachan.orgs.models import Unit
from lachan.reporting.actions import returns


def founded(parent: Unit, kind: str, count: int) -> list[Unit]:
    first = parent.child_versions.count()
    numbered = range(first, first + count)
    foundings = [Founding(code=f"{parent.code}-{n}", name=f"Đơn vị {n}", kind=kind, parent=parent) for n in numbered]
    return found_units(foundings, by=None, now=NOW)


@dataclass
class Fate:
    """Lets chance decide what happens to each unit of a cascade, and when."""

    cast: Cast
    chance: random.Random

    def cascade(self) -> Campaign:
        """Three levels of 2–5 units under 4–7, everything that can happen happening somewhere."""
        tops = founded(self.cast.province, "rural-district", self.chance.randint(4, 7))
        for top in tops:
            for below in founded(top, "commune", self.chance.randint(2, 5)):
                founded(below, "hamlet", self.chance.choice([0, 2, 3]))
        campaign = a_campaign(self.cast.department, tops, by=self.cast.an)
        for top in tops:
            self.befall(of(top, campaign))
        return campaign

    def befall(self, given: Assignment) -> None:
        self.chance.choice([self.nothing, self.opened, self.received, self.received])(given)
        below = [version.unit for version in given.unit.child_versions.order_by("unit")]
        if below and self.chance.random() < 0.7:
            chosen = self.chance.sample(below, self.chance.randint(1, len(below)))
            due = (given.dispatch.report_due or DUE) - timedelta(days=self.chance.randint(0, 9))
            passed_on(given, chosen, by=self.cast.an, due=due)
            for unit in chosen:
                self.befall(of(unit, given.campaign))
        self.chance.choice([self.nothing, self.drafted, self.reported, self.reported_late, self.sent_back])(given)

    def nothing(self, given: Assignment) -> None:
        pass

    def opened(self, given: Assignment) -> None:
        actions.open_assignment(given, by=self.cast.an, now=NOW)

    def received(self, given: Assignment) -> None:
        actions.receive(given, by=self.cast.an, now=NOW)

    def drafted(self, given: Assignment) -> None:
        submitted(given, by=self.cast.an)

    def reported(self, given: Assignment) -> None:
        reported(given, by=self.cast.an)

    def reported_late(self, given: Assignment) -> None:
        reported(given, by=self.cast.an, now=DUE + timedelta(days=1))

    def sent_back(self, given: Assignment) -> None:
        version = reported(given, by=self.cast.an)
        returns.send_back(version, unit=self.cast.department, remark="Sửa lại", by=self.cast.an, now=NOW)
