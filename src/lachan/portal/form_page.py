"""The editor's page of a report form: its items in words, what looks wrong, for whom it is and how long it takes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lachan.campaigns.models import Campaign
from lachan.engine.answers import Kind
from lachan.engine.report_form import FormDraft, Item, QuestionDraft, SectionDraft, TableDraft
from lachan.engine.report_form.changes import Change, changes, settled
from lachan.engine.report_form.review import Doubt, Doubtful, asked_of, doubts, minutes
from lachan.engine.report_form.steps import mark
from lachan.orgs.models import Group, UnitVersion
from lachan.orgs.models import Kind as UnitKind
from lachan.portal.filled_from import in_words
from lachan.reporting.actions.editing import in_editor
from lachan.reporting.drafts import draft_of
from lachan.reporting.faults import broken_sentence
from lachan.reporting.models import Form, Question

_KINDS = dict(Question.Kind.choices)
_MEASURES = dict(Question.Measure.choices)


@dataclass(frozen=True)
class Shown:
    """One item as the list shows it."""

    item: Item
    number: int | None  # of a question or table; headings have none
    words: str
    in_short: str
    doubts: list[str]

    @property
    def is_section(self) -> bool:
        return isinstance(self.item, SectionDraft)

    @property
    def filled_from(self) -> str:
        """Which number activities suggest for it."""
        return in_words(self.item.filled_from) if isinstance(self.item, QuestionDraft) else ""

    @property
    def mark(self) -> str:
        return mark(self.item)


@dataclass(frozen=True)
class ForKind:
    """What one kind of unit is asked."""

    kind: UnitKind
    codes: frozenset[str]
    minutes: int

    @property
    def in_words(self) -> str:
        """ "12 ô, khoảng 15 phút"."""
        asked = ngettext("%(count)s ô cần điền", "%(count)s ô cần điền", len(self.codes)) % {"count": len(self.codes)}
        if not self.codes:
            return _("không phải trả lời câu nào")
        return _("%(asked)s, khoảng %(minutes)s phút") % {"asked": asked, "minutes": self.minutes}


@dataclass(frozen=True)
class FormPage:
    """A campaign's form in the editor."""

    campaign: Campaign
    form: Form

    @cached_property
    def draft(self) -> FormDraft:
        return in_editor(self.form)

    @cached_property
    def groups(self) -> list[Group]:
        return list(Group.objects.prefetch_related("kinds").order_by("rank"))

    @property
    def group_choices(self) -> list[tuple[str, str]]:
        """All groups, those with units among the recipients first."""
        here = {kind.pk for kind in self.kinds}
        fitting = sorted(self.groups, key=lambda group: not {kind.pk for kind in group.kinds.all()} & here)
        return [(group.code, group.name) for group in fitting]

    @cached_property
    def kinds_of(self) -> Mapping[str, set[str]]:
        return {group.code: {kind.pk for kind in group.kinds.all()} for group in self.groups}

    @cached_property
    def kinds(self) -> list[UnitKind]:
        """Kinds of the units that get the campaign; before it has started also of those right below them."""
        if self.campaign.state != Campaign.State.DRAFT:
            codes = set(self.campaign.assignments.order_by().values_list("unit_kind", flat=True))
        else:
            chosen = self.campaign.addressees.filter(left_out_because="").exclude(units=None).values("units")
            there = UnitVersion.objects.on(self.campaign.letter.day).filter(Q(unit__in=chosen) | Q(parent__in=chosen))
            codes = set(there.order_by().values_list("kind", flat=True))
        return list(UnitKind.objects.filter(pk__in=codes).order_by("rank"))

    @cached_property
    def per_kind(self) -> list[ForKind]:
        found = []
        for kind in self.kinds:
            codes = frozenset(asked_of(self.draft, kind.pk, self.kinds_of))
            found.append(ForKind(kind, codes, minutes(self.draft, codes)))
        return found

    @property
    def asked_alike(self) -> list[tuple[str, ForKind]]:
        """The same, kinds that are asked the same together: their names, and one that stands for them."""
        together: dict[frozenset[str], list[ForKind]] = {}
        for one in self.per_kind:
            together.setdefault(one.codes, []).append(one)
        return [(capfirst("; ".join(one.kind.name for one in alike)), alike[0]) for alike in together.values()]

    @cached_property
    def doubts(self) -> list[Doubtful]:
        return doubts(self.draft, kinds_of=self.kinds_of, kinds=[kind.pk for kind in self.kinds])

    @property
    def items(self) -> list[Shown]:
        """Every item, numbered as the form is read."""
        numbers = iter(range(1, len(self.draft.items) + 1))
        names = {group.code: group.name for group in self.groups}
        said: dict[str, list[str]] = {}
        for one in self.doubts:
            said.setdefault(one.code, []).append(str(DOUBTS[one.doubt]()))
        return [
            Shown(
                item,
                None if isinstance(item, SectionDraft) else next(numbers),
                item.text if isinstance(item, QuestionDraft) else item.title,
                in_short(item, names),
                said.get(item.code, []),
            )
            for item in self.draft.items
        ]

    @property
    def checks(self) -> list[tuple[str, str, bool]]:
        """Every check between answers: its name, its sentence, whether it stops a return."""
        named = {one.code: Question(text=one.text) for one in self.draft.questions()}
        return [(one.name, broken_sentence(one, named), one.severity == "stop") for one in self.draft.checks]

    @property
    def waits(self) -> bool:
        """Changes wait to be issued."""
        return self.campaign.state == Campaign.State.RUNNING and self.form.working is not None

    @cached_property
    def pending(self) -> tuple[Change, ...]:
        """What differs from the form as it was given out."""
        old = draft_of(self.form)
        return changes(old, settled(self.draft, old))


def in_short(item: Item, names: Mapping[str, str]) -> str:
    """An item's settings on one line: "số nguyên · cộng · lượt · bắt buộc · mọi đơn vị"."""
    if isinstance(item, SectionDraft):
        return ""
    whom = ", ".join(names.get(code, code) for code in sorted(item.group_codes))
    for_whom = _("dành cho %(groups)s") % {"groups": whom} if whom else _("mọi đơn vị")
    required = _("bắt buộc") if item.required else _("không bắt buộc")
    return " · ".join([*_what(item), required, for_whom])


def _what(item: QuestionDraft | TableDraft) -> list[str]:
    if isinstance(item, TableDraft):
        rows = ngettext("%(count)s dòng", "%(count)s dòng", len(item.rows)) % {"count": len(item.rows)}
        return [_("bảng"), rows, ", ".join(column.label for column in item.columns)]
    if item.kind == Kind.ROWS:
        return [str(_KINDS[item.kind]), ", ".join(column.label for column in item.columns)]
    measure = "" if item.kind == Kind.TEXT else str(_MEASURES[item.measure])
    return list(filter(None, [str(_KINDS[item.kind]), measure, item.counted_in]))


DOUBTS: dict[Doubt, Any] = {
    Doubt.NOBODY: lambda: _("Không đơn vị nào trong nơi nhận phải trả lời câu này."),
    Doubt.TWICE: lambda: _("Trùng lời với một câu ở trên."),
    Doubt.MEAN_OF_COUNT: lambda: _("Số đếm mà lấy trung bình thì khó đọc; thường là cộng."),
    Doubt.SUM_OF_SHARES: lambda: _("Tỷ lệ % mà cộng lại thì không có nghĩa; thường là trung bình."),
    Doubt.NO_UNIT: lambda: _("Chưa ghi đơn vị tính."),
    Doubt.EMPTY_TABLE: lambda: _("Bảng chưa có dòng hoặc chưa có cột."),
    Doubt.NO_COLUMNS: lambda: _("Danh sách chưa có cột."),
}
