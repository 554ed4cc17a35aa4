"""What a unit's own system reported of its whole branch, beside the version of the return that it became."""

from django.db import models

from lachan.reporting.models.returns import Return
from lachan.reporting.models.settled import KeptRow


class BroughtBranch(KeptRow):
    """The branch behind a version that came as a signed package: its figures with their coverage, and who did not report.

    It counts in the figures instead of the version's own numbers, as if the units of the branch stood here.
    """

    version = models.OneToOneField(Return, on_delete=models.PROTECT, related_name="branch")
    title = models.CharField(max_length=500)  # of the report that the unit issued: "Báo cáo 12/BC-UBND: …"
    kinds = models.JSONField(default=list)  # as `snapshot.KindOfUnits`
    missing = models.JSONField(default=list)  # as `snapshot.Absent`
    late_ones = models.JSONField(default=list)

    def __str__(self) -> str:
        return self.title

    @property
    def coverage(self) -> tuple[int, int]:
        """How many units of the branch sent their returns, of how many that owed them."""
        at = self.questions.index(0)
        return self.received[at], self.expected[at]
