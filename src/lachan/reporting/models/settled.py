"""Figures kept ready beside the returns they are read from."""

from django.db import models

from lachan.campaigns.models import Assignment, Campaign


class BranchFigures(models.Model):
    """What a branch with units below it has reported, its head included: `lachan.engine.rollup.Row` as JSON.

    It is made anew from the returns by `lachan.reporting.settling`, never counted up or down, and holds good unless `Unsettled`
    names something in the branch.
    """

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="branch_figures")
    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="+", null=True)  # none: all of it
    figures = models.JSONField()

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
