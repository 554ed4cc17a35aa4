"""What a standing is narrowed to, as its address says it: so that every view can be sent to a colleague."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.db.models import Count, Q
from django.shortcuts import get_object_or_404
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lachan.campaigns.models import Assignment, AssignmentQuerySet
from lachan.foundation.http import key_in
from lachan.orgs.models import Kind, Level, UnitVersion
from lachan.reporting.standing import EMPTY, EXCUSED, INVALID, LATE, REPORTED, SENT_BACK, Missing, without_people

EVERY = "tat-ca"
OF_LEVEL = "cap-"
"""Before a level of government where a kind could stand: some are called alike."""


@dataclass(frozen=True)
class State:
    """One list of units: `key` as it stands in the address, `count` the number of `Standing` it opens, if one counts it."""

    key: str
    word: str | Promise
    count: str = ""


STATES = [
    State(EVERY, gettext_lazy("Tất cả"), "assigned"),
    State("mo", gettext_lazy("Chưa mở"), "not_opened"),
    State("nhan", gettext_lazy("Chưa xác nhận"), "not_received"),
    State("trien-khai", gettext_lazy("Chưa triển khai tiếp"), "not_passed_on"),
    State("bao-cao", gettext_lazy("Chưa báo cáo"), "not_reported"),
    State("qua-han", gettext_lazy("Quá hạn"), "overdue"),
    State("con-han", gettext_lazy("Chưa báo cáo, còn hạn"), "waiting"),
    State("tra-lai", gettext_lazy("Trả lại để sửa"), "sent_back"),
    State("da-bao-cao", gettext_lazy("Đã báo cáo"), "reported"),
    State("dung-han", gettext_lazy("Đã báo cáo đúng hạn"), "on_time"),
    State("tre-han", gettext_lazy("Đã báo cáo, trễ hạn"), "late"),
    State("khong-so-lieu", gettext_lazy("Đã báo cáo, chỉ có số 0 hoặc để trống")),
    State("trai-quy-tac", gettext_lazy("Đã báo cáo, còn điểm trái quy tắc kiểm tra")),
    State("duoc-mien", gettext_lazy("Được miễn báo cáo"), "excused"),
    State("khong-nguoi", gettext_lazy("Chưa có người vào được hệ thống")),
]
COLUMNS = STATES[:6]
"""What the table by branch counts."""
WORDS = {one.key: one.word for one in STATES}


def condition(key: str, now: datetime) -> Q:
    """Which assignments a state holds."""
    overdue = Missing.REPORTED & Q(obligation__due_at__lt=now)
    known = {
        "mo": Missing.OPENED,
        "nhan": Missing.RECEIVED,
        "trien-khai": Missing.PASSED_ON,
        "bao-cao": Missing.REPORTED,
        "qua-han": overdue,
        "con-han": Missing.REPORTED & Q(obligation__due_at__gte=now),
        "tra-lai": SENT_BACK,
        "da-bao-cao": REPORTED,
        "dung-han": REPORTED & ~LATE,
        "tre-han": LATE,
        "khong-so-lieu": EMPTY,
        "trai-quy-tac": INVALID,
        "duoc-mien": EXCUSED,
        "khong-nguoi": without_people(),
    }
    return known.get(key, Q())


@dataclass(frozen=True)
class Filters:
    """The filters of one address. Empty ones narrow nothing."""

    state: str = EVERY
    kind: str = ""  # a kind of unit, or a level of government
    branch: Assignment | None = None
    searched: str = ""

    @property
    def are_set(self) -> bool:
        return self != Filters()

    def narrowing(self, now: datetime) -> Q:
        """The condition on assignments."""
        found = condition(self.state, now)
        if self.kind:
            of_level = Kind.objects.filter(level=self.kind.removeprefix(OF_LEVEL)).values("code")
            found &= Q(unit_kind__in=of_level) if self.kind.startswith(OF_LEVEL) else Q(unit_kind=self.kind)
        if self.branch:
            found &= Q(path__startswith=self.branch.path)
        if self.searched:
            found &= Q(unit__in=UnitVersion.objects.search(self.searched).values("unit_id"))
        return found

    def query(self, **other: object) -> str:
        """These filters as the end of an address, with `other` words added; an empty one takes a word out."""
        known = {
            "thieu": "" if self.state == EVERY else self.state,
            "loai": self.kind,
            "nhanh": self.branch.pk if self.branch else "",
            "q": self.searched,
        }
        return "?" + urlencode({name: value for name, value in {**known, **other}.items() if value not in ("", None)})


def filters_in(words: Mapping[str, str], inside: AssignmentQuerySet) -> Filters:
    """The filters of an address. A branch that is not `inside` is not there (404); other words nobody knows are passed over."""
    branch_key = key_in(words.get("nhanh", ""))
    state = words.get("thieu", EVERY)
    return Filters(
        state=state if state in WORDS else EVERY,
        kind=words.get("loai", "").strip(),
        branch=get_object_or_404(inside, pk=branch_key) if branch_key is not None else None,
        searched=words.get("q", "").strip(),
    )


@dataclass(frozen=True)
class Choice:
    """One line of a list to choose from."""

    key: str
    word: str
    chosen: bool


def state_choices(filters: Filters) -> list[Choice]:
    return [Choice(one.key, str(one.word), one.key == filters.state) for one in STATES]


def kind_choices(filters: Filters, inside: AssignmentQuerySet) -> list[Choice]:
    """The kinds of the units `inside`, with levels of government before them."""
    counted = dict(inside.order_by().values_list("unit_kind").annotate(count=Count("pk")))
    kinds = list(Kind.objects.filter(code__in=counted))
    levels = {kind.level for kind in kinds if kind.level}
    named = [
        (OF_LEVEL + level.value, _("UBND %(level)s") % {"level": level.label})
        for level in Level
        if level.value in levels
    ]
    named += [(kind.code, capfirst(kind.name)) for kind in kinds]
    return [Choice(key, word, key == filters.kind) for key, word in named]


def branch_choices(filters: Filters, tops: AssignmentQuerySet, most: int = 200) -> list[Choice]:
    """The branches there are; none to choose from when they are too many for a list."""
    rows = list(tops.values_list("pk", "unit_name")[: most + 1])
    if len(rows) > most:
        rows = []
    if filters.branch and filters.branch.pk not in dict(rows):
        rows.append((filters.branch.pk, filters.branch.unit_name))
    chosen = filters.branch.pk if filters.branch else None
    return [Choice(str(key), name, key == chosen) for key, name in rows]


def in_words(filters: Filters, kinds: list[Choice]) -> list[str]:
    """The filters as people say them, one after another."""
    kind = next((one.word for one in kinds if one.chosen), filters.kind)
    said = [
        str(WORDS[filters.state]) if filters.state != EVERY else "",
        kind,
        _("thuộc %(branch)s") % {"branch": filters.branch.unit_name} if filters.branch else "",
        _("tên có “%(searched)s”") % {"searched": filters.searched} if filters.searched else "",
    ]
    return [words for words in said if words]
