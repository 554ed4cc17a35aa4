"""A campaign and its cascade: who was given it, who received it, who passed it on."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lachan.engine import periods
from lachan.engine.reminders import Rules
from lachan.letters.models import Letter
from lachan.orgs.models import Group, Kind, Person, Unit


class OfficeDay(models.Model):
    """A day the operator says offices are off or at work, besides those published (`lachan.engine.working_days`)."""

    day = models.DateField(unique=True)
    works = models.BooleanField(default=False)
    name = models.CharField(max_length=200)

    class Meta:
        ordering = ["day"]

    def __str__(self) -> str:
        return f"{self.day}: {self.name}"


class Regime(models.Model):
    """A report that comes round: who owes it, for which periods and by when. Each period is a round, a campaign of its own."""

    class State(models.TextChoices):
        DRAFT = "draft", _("đang soạn")
        ON = "on", _("đang áp dụng")
        OFF = "off", _("đã ngừng")

    class Rhythm(models.TextChoices):
        MONTH = periods.Rhythm.MONTH, _("hằng tháng")
        QUARTER = periods.Rhythm.QUARTER, _("hằng quý")
        HALF = periods.Rhythm.HALF, _("6 tháng một lần")
        YEAR = periods.Rhythm.YEAR, _("hằng năm")

    class Counting(models.TextChoices):
        WORKING_DAYS = periods.Counting.WORKING_DAYS, _("ngày làm việc sau ngày chốt số liệu")
        DAYS = periods.Counting.DAYS, _("ngày sau ngày chốt số liệu")
        DAY_OF_MONTH = periods.Counting.DAY_OF_MONTH, _("là ngày trong tháng, ngay sau ngày chốt số liệu")

    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="regimes")
    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="regimes")  # that prescribes it
    form_of = models.ForeignKey(
        "Campaign", on_delete=models.PROTECT, related_name="+"
    )  # whose form its first round has
    name = models.CharField(max_length=300)
    rhythm = models.CharField(max_length=10, choices=Rhythm, default=Rhythm.MONTH)
    last_day = models.PositiveSmallIntegerField()  # of the period's last month, on which data are cut off; 31: its end
    counting = models.CharField(max_length=20, choices=Counting, default=Counting.WORKING_DAYS)
    number = models.PositiveSmallIntegerField(default=3)  # of what is counted, until the report is due
    opens_days = models.PositiveSmallIntegerField(default=10)  # before the cut-off its round is given out

    # who owes it, as `lachan.engine.applicability.Rules`
    kinds = models.ManyToManyField(Kind, related_name="+", blank=True)
    groups = models.ManyToManyField(Group, related_name="+", blank=True)
    within = models.ManyToManyField(Unit, related_name="+", blank=True)
    but = models.ManyToManyField(Unit, related_name="+", blank=True)
    newcomers = models.BooleanField(default=True)

    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    first_day = models.DateField(null=True, blank=True)  # in force from the period of this day on
    created_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    switched_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    switched_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("portal:regime", args=[self.pk])

    def period_of(self, day: date) -> periods.Period:
        """The period `day` lies in."""
        return periods.containing(day, periods.Rhythm(self.rhythm), self.last_day)

    @property
    def due_rule(self) -> periods.DueRule:
        """By when a period's report is due."""
        return periods.DueRule(periods.Counting(self.counting), self.number)


class Campaign(models.Model):
    """What a letter asks a province to do, from a day to a day, with a report at the end; or one round of a periodic report."""

    class State(models.TextChoices):
        DRAFT = "draft", _("đang soạn")
        RUNNING = "running", _("đang triển khai")
        CLOSED = "closed", _("đã kết thúc")

    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="campaigns")  # one besides rounds
    regime = models.ForeignKey(Regime, on_delete=models.PROTECT, related_name="rounds", null=True, blank=True)
    period = models.CharField(max_length=10, blank=True)  # of a round: `lachan.engine.periods.Period.code`
    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="campaigns")
    name = models.CharField(max_length=500)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    report_due = models.DateTimeField(null=True, blank=True)  # when the owner wants the returns
    reminders = models.JSONField(
        default=dict, blank=True
    )  # fields of engine.reminders.Rules that were set; else by default
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    created_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["letter"], condition=Q(regime=None), name="campaign_of_letter_once"),
            models.UniqueConstraint(fields=["regime", "period"], condition=~Q(regime=None), name="round_once_a_period"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_round(self) -> bool:
        """Whether it is one period of a periodic report: given by rule, with nothing to confirm and nothing to pass on."""
        return self.regime_id is not None

    def given_on_tree_of(self, today: date) -> date:
        """The day whose tree of units it goes by: of a round the last of its period."""
        return self.ends_on if self.is_round and self.ends_on else today

    @property
    def reminder_rules(self) -> Rules:
        """When its units are reminded of their reports."""
        return Rules(**{**self.reminders, "days": tuple(self.reminders.get("days", Rules.days))})


class Task(models.Model):
    """One thing the letter asks for, with the bodies it names."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="tasks")
    number = models.CharField(max_length=20)
    text = models.TextField()
    bodies = models.TextField(blank=True)  # as the letter names them, one a line
    due_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.number}. {self.text[:60]}"


class Addressee(models.Model):
    """One entry after "Kính gửi" and its units. With neither units nor a reason it waits to be settled."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="addressees")
    line = models.CharField(max_length=500)
    units = models.ManyToManyField(Unit, related_name="+", blank=True)
    how = models.CharField(max_length=200, blank=True)  # which rule matched, shown beside it
    certainty = models.FloatField(default=0)  # 0–1
    left_out_because = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.line


class Dispatch(models.Model):
    """A unit handing the campaign to units under it with its own letter: at the start, and at each passing on."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="dispatches")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="dispatches")
    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="dispatches")
    # the assignment passed on; none at the campaign's start
    assignment = models.ForeignKey(
        "Assignment", on_delete=models.CASCADE, related_name="dispatches", null=True, blank=True
    )
    report_due = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.unit} → {self.letter}"


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def branch(self, top: Assignment) -> AssignmentQuerySet:
        """`top` and every assignment passed on from it, however deep."""
        return self.filter(campaign=top.campaign_id, path__startswith=top.path)


class Assignment(models.Model):
    """The campaign as one unit has it: from whom, since when received, passed on or not."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="assignments")
    dispatch = models.ForeignKey(Dispatch, on_delete=models.CASCADE, related_name="assignments")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="assignments")
    parent = models.ForeignKey("self", on_delete=models.CASCADE, related_name="children", null=True, blank=True)
    path = models.CharField(max_length=200)  # keys of the units it came through, down to this one: "3.41."
    # on the day it was given; orders and labels lists without asking the tree
    unit_name = models.CharField(max_length=200)
    unit_sort_key = models.CharField(max_length=400, db_collation="C")  # engine.vietnamese.sort_key
    unit_kind = models.CharField(max_length=40)
    must_pass_on = models.BooleanField(default=False)  # units below it stand waiting
    opened_at = models.DateTimeField(null=True, blank=True)
    opened_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    received_at = models.DateTimeField(null=True, blank=True)
    received_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    passed_on_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(
        null=True, blank=True
    )  # its unit ended while it held the campaign: nothing is waited for

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        ordering = ["unit_sort_key", "id"]
        indexes = [
            models.Index(fields=["path"], name="assignment_path_prefix", opclasses=["varchar_pattern_ops"]),
        ]
        constraints = [models.UniqueConstraint(fields=["campaign", "unit"], name="assigned_once")]

    def __str__(self) -> str:
        return f"{self.unit_name}: {self.campaign_id}"

    def get_absolute_url(self) -> str:
        return reverse("portal:assignment", args=[self.pk])

    @property
    def superior_keys(self) -> list[int]:
        """Keys of the units it came through, the campaign's owner first, its own unit left out."""
        return [self.campaign.owner_id, *(int(key) for key in self.path.split(".")[:-2])]


class Chase(models.Model):
    """The level above pressing a unit for one thing. Once a day at most for the same thing."""

    class About(models.TextChoices):
        OPENED = "opened", _("chưa mở văn bản")
        RECEIVED = "received", _("chưa xác nhận đã nhận")
        PASSED_ON = "passed_on", _("chưa triển khai tiếp")
        REPORTED = "reported", _("chưa gửi báo cáo")

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="chases")
    about = models.CharField(max_length=10, choices=About)
    day = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    remark = models.TextField(blank=True)
    people = models.PositiveSmallIntegerField()  # so many it reached

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["assignment", "about", "day"], name="chased_once_a_day")]

    def __str__(self) -> str:
        return f"{self.assignment} · {self.get_about_display()}"
