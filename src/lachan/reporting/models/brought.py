"""What a unit's own system reported of its whole branch, beside the version of the return that it became."""

from django.db import models

from lachan.reporting.models.returns import Return


class BroughtBranch(models.Model):
    """The branch behind a version that came as a signed package: its figures with their coverage, and who did not report.

    It counts in the figures instead of the version's own numbers, as if the units of the branch stood here.
    """

    version = models.OneToOneField(Return, on_delete=models.PROTECT, related_name="branch")
    title = models.CharField(max_length=500)  # of the report that the unit issued: "Báo cáo 12/BC-UBND: …"
    figures = models.JSONField()  # the numbers, as `lachan.reporting.kept.to_json`
    kinds = models.JSONField(default=list)  # as `snapshot.KindOfUnits`
    missing = models.JSONField(default=list)  # as `snapshot.Absent`
    late_ones = models.JSONField(default=list)

    def __str__(self) -> str:
        return self.title

    @property
    def expected(self) -> int:
        """Units of the branch that owed a return."""
        return int(self.figures["coverage"][0])

    @property
    def received(self) -> int:
        """Those of them that sent it."""
        return int(self.figures["coverage"][1])
