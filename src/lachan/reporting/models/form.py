"""The report form: its questions, its tables, the checks between answers, and its versions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from lachan.campaigns.models import Campaign
from lachan.engine.answers import Asked, Column, Kind
from lachan.engine.checks import Check, Relation, Severity
from lachan.engine.rollup import Rule
from lachan.orgs.models import Group, Person


class Form(models.Model):
    """The report form of a campaign. Once the campaign has started it changes by versions, each told to its units."""

    campaign = models.OneToOneField(Campaign, on_delete=models.CASCADE, related_name="form")
    title = models.CharField(max_length=500)
    version = models.PositiveSmallIntegerField(default=1)
    checks = models.JSONField(default=list)  # as `Check.to_json`; they name questions by code

    # as it stands in the editor (`FormDraft.to_json`): once the campaign has started, changes nobody was told of yet
    working = models.JSONField(null=True, blank=True)
    before = models.JSONField(null=True, blank=True)  # as it was before the last step there, to take it back
    edits = models.PositiveIntegerField(default=0)
    edited_at = models.DateTimeField(null=True, blank=True)
    edited_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)

    def __str__(self) -> str:
        return self.title

    def checks_on(self, questions: Iterable[Question]) -> list[Check]:
        """The checks that concern these questions, by their keys: their limits, and those between them."""
        asked = list(questions)
        key_of = {question.code: question.key for question in asked}
        between = [Check.from_json(kept) for kept in self.checks]
        named = [
            replace(one, keys=tuple(key_of[code] for code in one.keys))
            for one in between
            if set(one.keys) <= set(key_of)
        ]
        return [*(limits for question in asked if (limits := question.limits)), *named]


class Table(models.Model):
    """A table with fixed rows. Its cells are questions, which name it, their row and their column."""

    form = models.ForeignKey(Form, on_delete=models.CASCADE, related_name="tables")
    code = models.CharField(max_length=20)
    title = models.CharField(max_length=500)
    help_text = models.TextField(blank=True)
    columns = models.JSONField()  # of each: key, label, kind, measure, counted_in
    rows = models.JSONField()  # of each: key, label, group (the heading it stands under)
    sum_row = models.BooleanField(default=False)  # sums are worked out and shown; nobody types them
    sum_column = models.BooleanField(default=False)
    required = models.BooleanField(default=True)  # every number in it

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["form", "code"], name="table_code_once")]

    def __str__(self) -> str:
        return self.title


class Question(models.Model):
    """One thing a form asks: a number to give, words to write, a list to fill in, or one cell of a table."""

    class Kind(models.TextChoices):
        WHOLE = "whole", _("số nguyên")
        DECIMAL = "decimal", _("số thập phân")
        TEXT = "text", _("phần viết")
        ROWS = "rows", _("danh sách nhiều dòng")

    class Measure(models.TextChoices):
        SUM = Rule.SUM, _("cộng")
        MAXIMUM = Rule.MAXIMUM, _("lớn nhất")
        COUNT_UNITS = Rule.COUNT_UNITS, _("đếm đơn vị có thực hiện")
        MEAN = Rule.MEAN, _("trung bình")
        TEXTS = Rule.TEXTS, _("ghép các ý kiến")
        ROWS = Rule.ROWS, _("gộp các dòng")

    class Beyond(models.TextChoices):
        STOP = Severity.STOP, _("không gửi được")
        ASK = Severity.ASK, _("hỏi lại trước khi gửi")

    form = models.ForeignKey(Form, on_delete=models.CASCADE, related_name="questions")
    code = models.CharField(max_length=60)  # stays through moves, new wordings and new versions
    order = models.PositiveSmallIntegerField()
    section = models.CharField(max_length=300, blank=True)  # the heading it stands under
    text = models.TextField()
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.WHOLE)
    measure = models.CharField(max_length=20, choices=Measure, default=Measure.SUM)
    counted_in = models.CharField(max_length=60, blank=True)  # "lượt", "người", "bài"
    required = models.BooleanField(default=True)
    applies_to = models.CharField(max_length=300, blank=True)  # as the form says it: "UBND cấp huyện"
    groups = models.ManyToManyField(Group, related_name="+", blank=True)  # none: everybody answers
    help_text = models.TextField(blank=True)
    minimum = models.DecimalField(max_digits=20, decimal_places=4, null=True, blank=True)  # of a list: of its rows
    maximum = models.DecimalField(max_digits=20, decimal_places=4, null=True, blank=True)
    beyond = models.CharField(max_length=10, choices=Beyond, default=Beyond.STOP)  # what happens past these
    columns = models.JSONField(default=list, blank=True)  # of a list: key, label, kind, counted_in, required of each
    filled_from = models.JSONField(default=dict, blank=True)
    """How activities fill it in advance, as `lachan.engine.activities.FilledFrom.to_json`."""

    table = models.ForeignKey(Table, on_delete=models.CASCADE, related_name="cells", null=True, blank=True)
    row = models.CharField(max_length=20, blank=True)
    column = models.CharField(max_length=20, blank=True)

    since = models.PositiveSmallIntegerField(default=1)  # the version of the form that brought it
    reworded_in = models.PositiveSmallIntegerField(null=True, blank=True)  # the last one that changed its wording
    withdrawn_in = models.PositiveSmallIntegerField(null=True, blank=True)  # the one that no longer asks it

    class Meta:
        ordering = ["order", "id"]
        constraints = [models.UniqueConstraint(fields=["form", "code"], name="question_code_once")]

    def __str__(self) -> str:
        return self.text[:80]

    @property
    def key(self) -> str:
        """Its name in `values` and in the figures."""
        return str(self.pk)

    @property
    def heading(self) -> str:
        """Its text over its figures, saying from which version of the form they come."""
        if self.withdrawn_in:
            mark = _("rút ở phiên bản %(number)s") % {"number": self.withdrawn_in}
        elif self.reworded_in:
            mark = _("sửa lời ở phiên bản %(number)s") % {"number": self.reworded_in}
        else:
            mark = _("hỏi từ phiên bản %(number)s") % {"number": self.since} if self.since > 1 else ""
        return f"{self.text} ({mark})" if mark else self.text

    @property
    def asked(self) -> Asked:
        """What the engine needs to know to check an answer."""
        return Asked(self.key, Kind(self.kind), self.required, self.list_columns, self.choices)

    @property
    def choices(self) -> tuple[str, ...]:
        """Of a cell of a table: the words to choose one of, where its column has any."""
        columns = self.table.columns if self.table else ()
        return next((tuple(one.get("choices", ())) for one in columns if one["key"] == self.column), ())

    @property
    def list_columns(self) -> tuple[Column, ...]:
        """Of a list to fill in: its columns."""
        return tuple(Column(**column) for column in self.columns)

    @property
    def limits(self) -> Check | None:
        """Its minimum and maximum as a check."""
        if self.minimum is None and self.maximum is None:
            return None
        return Check(Relation.WITHIN, (self.key,), Severity(self.beyond), "", self.minimum, self.maximum)

    @property
    def is_number(self) -> bool:
        return self.kind in (self.Kind.WHOLE, self.Kind.DECIMAL)

    @property
    def is_list(self) -> bool:
        return self.kind == self.Kind.ROWS


class Revision(models.Model):
    """A version of a form after the first: what changed, who changed it and why, and what is asked of returns already sent up."""

    class Late(models.TextChoices):
        KEEP = "keep", _("giữ nguyên báo cáo đã gửi")
        MAY = "may", _("được bổ sung nếu muốn")
        MUST = "must", _("phải bổ sung")

    form = models.ForeignKey(Form, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveSmallIntegerField()  # 2, 3 …
    changes = models.JSONField()  # as `lachan.engine.report_form.changes.Change.to_json`
    why = models.TextField()
    late = models.CharField(max_length=10, choices=Late, default=Late.KEEP)
    answer_by = models.DateTimeField(null=True, blank=True)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["form_id", "number"]
        constraints = [models.UniqueConstraint(fields=["form", "number"], name="form_revision_once")]

    def __str__(self) -> str:
        return f"{self.form} v{self.number}"

    def save(self, **kwargs: Any) -> None:
        """Written once. What changed in a version does not change."""
        if not self._state.adding:
            raise RuntimeError("a version of a form never changes; a correction is the next version")
        super().save(**kwargs)
