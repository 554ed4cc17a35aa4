"""Figures kept ready beside the returns they are read from."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models

from lachan.campaigns.models import Assignment, Campaign


class AnyNumber(models.Field):  # type: ignore[type-arg]  # takes no arguments when it runs
    """A number of any length, as it was typed: a DecimalField wants to know how long."""

    def db_type(self, connection: Any) -> str:
        return "numeric"


def _numbers() -> ArrayField:  # type: ignore[type-arg]  # takes no arguments when it runs
    return ArrayField(models.IntegerField())


class KeptRow(models.Model):
    """Figures of a branch as `lachan.engine.rollup.Row`, a place for each question. Words and lists are counted, not kept."""

    questions = ArrayField(models.BigIntegerField())  # their keys; 0 stands for the returns themselves
    expected = _numbers()
    received = _numbers()
    late = _numbers()
    empty = _numbers()
    answers = _numbers()
    positive = _numbers()
    total = ArrayField(AnyNumber())
    highest = ArrayField(AnyNumber(null=True))

    class Meta:
        abstract = True


class BranchFigures(KeptRow):
    """What a branch with units below it has reported, its head included.

    It is made anew from the returns by `lachan.reporting.settling`, never counted up or down, and holds good unless `Unsettled`
    names something in the branch.
    """

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="branch_figures")
    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="+", null=True)  # none: all of it

    made_anew = True  # from other rows: `lachan.orgs.ledger` lets it go with them

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["campaign", "assignment"], nulls_distinct=False, name="branch_figures_once")
        ]

    def __str__(self) -> str:
        return f"{self.campaign_id}: {self.assignment_id}"


class Unsettled(models.Model):
    """Something that figures are read from has changed at an assignment.

    The database writes these rows itself (triggers, in the migrations), whichever way the change came; rows are only added,
    so that a thousand units reporting at once do not wait for one another.
    """

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="+", db_constraint=False)
    assignment = models.PositiveBigIntegerField(null=True)  # its key; it may be gone by now

    def __str__(self) -> str:
        return f"{self.campaign_id}: {self.assignment}"
