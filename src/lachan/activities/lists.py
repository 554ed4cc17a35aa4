"""A list of activities brought as a table: looked over first, recorded afterwards, the same file twice only once."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date

from django.core import signing
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lachan.activities.actions import Facts, check
from lachan.activities.models import Activity
from lachan.campaigns.models import Campaign
from lachan.engine.activities.listing import Column, Fault, Problem, Told, read_list
from lachan.engine.tables import Unreadable, read_sheets
from lachan.foundation.refused import Refused
from lachan.orgs.models import Unit

MOST_LINES = 1000
KEPT_FOR = 12 * 3600  # seconds between looking a list over and recording it
_SALT = "activities.list"

HEADINGS = {
    Column.DAY: gettext_lazy("Ngày"),
    Column.CHANNEL: gettext_lazy("Kênh"),
    Column.WHAT: gettext_lazy("Nội dung"),
    Column.TIMES: gettext_lazy("Số lần"),
    Column.AUDIENCE: gettext_lazy("Số người"),
    Column.COPIES: gettext_lazy("Số bản"),
    Column.MINUTES: gettext_lazy("Phút"),
    Column.AUDIENCES: gettext_lazy("Đối tượng"),
    Column.LINK: gettext_lazy("Liên kết"),
}
"""The columns of the template, in its order."""


@dataclass(frozen=True)
class Judged:
    """One line: what it tells, or what is wrong with it. `known`: it was recorded before."""

    number: int
    facts: Facts | None
    key: str
    known: bool
    wrong: tuple[str, ...]


def judge(data: bytes, *, unit: Unit, campaign: Campaign | None, today: date) -> list[Judged]:
    """Every line of the file. Nothing is recorded. Refused when no list can be read from it."""
    try:
        told = read_list(read_sheets(data))
    except Unreadable as no:
        raise Refused(_(str(no))) from no
    if told is None:
        raise Refused(_("Không thấy dòng tiêu đề có cột “Ngày” và “Kênh”. Dùng tệp mẫu, hoặc thêm hai cột này."))
    if not told:
        raise Refused(_("Dưới dòng tiêu đề chưa có hoạt động nào."))
    if len(told) > MOST_LINES:
        raise Refused(_("Mỗi lần nhận tối đa %(most)s dòng. Tách thành nhiều tệp.") % {"most": "1.000"})
    judged = _with_keys(campaign, [(line, *_facts(line, today)) for line in told])
    known = set(
        Activity.objects.filter(unit=unit, request_key__in=[one.key for one in judged if one.key]).values_list(
            "request_key", flat=True
        )
    )
    return [Judged(one.number, one.facts, one.key, one.key in known, one.wrong) for one in judged]


def _facts(line: Told, today: date) -> tuple[Facts | None, tuple[str, ...]]:
    wrong = tuple(_sentence(fault) for fault in line.faults)
    if wrong or line.day is None:
        return None, wrong
    facts = Facts(
        channel=line.channel,
        done_on=line.day,
        what=line.what,
        times=line.numbers.get(Column.TIMES, 1),
        audience=line.numbers.get(Column.AUDIENCE),
        copies=line.numbers.get(Column.COPIES),
        minutes=line.numbers.get(Column.MINUTES),
        audiences=line.audiences,
        link=line.link,
    )
    try:
        check(facts, today)
    except Refused as no:
        return None, (str(no),)
    return facts, ()


def _with_keys(campaign: Campaign | None, lines: Sequence[tuple[Told, Facts | None, tuple[str, ...]]]) -> list[Judged]:
    """The key of a line is what it says, and which of the lines that say the same it is: the same file gives the same keys."""
    seen: Counter[str] = Counter()
    judged = []
    for line, facts, wrong in lines:
        key = ""
        if facts:
            content = json.dumps([campaign.pk if campaign else None, asdict(facts)], default=str, sort_keys=True)
            digest = hashlib.sha256(content.encode()).hexdigest()[:40]
            seen[digest] += 1
            key = f"list-{digest}-{seen[digest]}"
        judged.append(Judged(line.number, facts, key, known=False, wrong=wrong))
    return judged


def packed(unit: Unit, campaign: Campaign | None, lines: Iterable[Judged]) -> str:
    """The new lines, signed, to be sent back when the person has looked them over."""
    new = [
        [one.key, asdict(one.facts) | {"done_on": one.facts.done_on.isoformat()}]
        for one in lines
        if _is_new(one) and one.facts
    ]
    return signing.dumps([unit.pk, campaign.pk if campaign else None, new], salt=_SALT, compress=True)


def _is_new(line: Judged) -> bool:
    return line.facts is not None and not line.known


def unpacked(text: str, unit: Unit) -> tuple[int | None, list[tuple[str, Facts]]]:
    """What `packed` signed for this unit: the campaign and the lines. Refused when it is not that, or too old."""
    try:
        of, campaign, lines = signing.loads(text, salt=_SALT, max_age=KEPT_FOR)
    except signing.BadSignature:
        of, campaign, lines = None, None, []
    if of != unit.pk:
        raise Refused(_("Bản xem trước đã cũ. Gửi lại tệp để xem trước lần nữa."))
    return campaign, [
        (key, Facts(**told | {"done_on": date.fromisoformat(told["done_on"]), "audiences": tuple(told["audiences"])}))
        for key, told in lines
    ]


def _sentence(fault: Fault) -> str:
    words = {"column": HEADINGS[fault.column], "typed": fault.typed[:60]}
    return _SENTENCES[fault.problem]() % words


_SENTENCES = {
    Problem.NO_DAY: lambda: _("Cột “%(column)s” còn trống."),
    Problem.NOT_A_DAY: lambda: _("Cột “%(column)s” cần là một ngày, ví dụ 18/11/2024; trong tệp là “%(typed)s”."),
    Problem.NO_CHANNEL: lambda: _("Cột “%(column)s” còn trống."),
    Problem.UNKNOWN_CHANNEL: lambda: _("Không có kênh “%(typed)s”. Ghi đúng tên kênh như trong tệp mẫu."),
    Problem.NOT_A_NUMBER: lambda: _(
        "Cột “%(column)s” cần là số nguyên từ 0 trở lên, ví dụ 1250; trong tệp là “%(typed)s”."
    ),
    Problem.UNKNOWN_AUDIENCE: lambda: _(
        "Không có đối tượng “%(typed)s”. Nhiều đối tượng thì cách nhau bằng dấu chấm phẩy."
    ),
    Problem.NOT_A_LINK: lambda: _("Cột “%(column)s” cần là một địa chỉ trang; trong tệp là “%(typed)s”."),
    Problem.MERGED: lambda: _(
        "Ô “%(column)s” bị gộp với dòng trên nên không rõ số của dòng nào. Bỏ gộp ô rồi gửi lại."
    ),
    Problem.NO_RESULT: lambda: _("Ô “%(column)s” là công thức chưa có kết quả. Dán lại thành giá trị rồi gửi lại."),
    Problem.TOO_LONG: lambda: _("Cột “%(column)s” dài quá 300 ký tự. Rút gọn."),
}
