"""`lachan units`: changes of boundaries from the command line."""

import json
import os
from datetime import UTC, datetime
from typing import Any

import click

from lachan.foundation.refused import Refused
from lachan.orgs.actions import undo as undo_change
from lachan.orgs.models import BoundaryChange
from lachan.orgs.passing_on import WORDS
from lachan.project import embedded
from lachan.project.language import chosen, speak
from lachan.project.replaying import replay as replay_changes

_ = speak(chosen((), os.environ))
as_json = click.option("--json", "as_json", is_flag=True, help=_("In kết quả dạng JSON cho chương trình đọc."))


@click.group(help=_("Đơn vị: sắp xếp lại, diễn tập và hoàn tác."))
def units() -> None:
    pass


@units.command(
    help=_(
        "Ghi các đợt sắp xếp đơn vị hành chính kèm theo phần mềm (01/7/2025 và năm 2026) lên số liệu đang có. "
        "Chạy lại không làm thay đổi gì."
    )
)
@click.option("--rehearse", is_flag=True, help=_("Diễn tập: làm hết rồi trả lại như cũ, chỉ in báo cáo."))
@as_json
def replay(*, rehearse: bool, as_json: bool) -> None:
    with embedded.running():
        now = datetime.now(UTC)  # noqa: TID251 - a command reads the clock once
        report = replay_changes(now=now, rehearse=rehearse, tell=lambda what: click.echo(f"… {what}", err=True))
    click.echo(json.dumps(report, ensure_ascii=False, indent=2) if as_json else "\n".join(lines(report)))


@units.command(help=_("Các đợt sắp xếp đã ghi, kèm số để hoàn tác."))
def changes() -> None:
    with embedded.running():
        for one in BoundaryChange.objects.all():
            state = _("đã hoàn tác") if one.undone_at else ""
            click.echo(f"{one.pk:>6}  {one.day:%d/%m/%Y}  {one.name}  {state}".rstrip())


@units.command(help=_("Hoàn tác một đợt sắp xếp (số lấy từ `lachan units changes`), nếu chưa ai làm tiếp trên đó."))
@click.argument("change", type=int)
def undo(change: int) -> None:
    with embedded.running():
        now = datetime.now(UTC)  # noqa: TID251 - a command reads the clock once
        found = BoundaryChange.objects.filter(pk=change).first()
        if found is None:
            raise Refused(_("Không có đợt sắp xếp số {number}. Xem `lachan units changes`.").format(number=change))
        rows = undo_change(found, by=None, now=now)
    click.echo(_("Đã hoàn tác “{name}”: {rows} dòng trở lại như trước.").format(name=found.name, rows=rows))


def lines(report: dict[str, Any]) -> list[str]:
    """The report for people."""
    told = [_("DIỄN TẬP, không ghi gì.")] if report["rehearsed"] else []
    for one in report["changes"]:
        told.append(f"[{one['change']}] {one['name']}")
        told += [f"    {word}: {one[key]}" for key, word in WORDS.items() if one.get(key)]
    waiting, entries = report["waiting"], report["audit_entries"]
    told.append(
        _("Cần quyết định: {divided} đơn vị bị chia, {without} đơn vị không có nơi tiếp nhận, {things} việc.").format(
            divided=waiting["divided_units"], without=waiting["units_without_heir"], things=waiting["things"]
        )
    )
    for one in report["campaigns"]:
        sentence = (
            _("Chiến dịch {number}: tổng {before} → {after}, bằng nhau ở mọi nhánh.")
            if one["equal"]
            else _("Chiến dịch {number}: tổng {before} → {after}, KHÔNG bằng nhau.")
        )
        told.append(sentence.format(number=one["campaign"], **one["whole"]))
    told.append(_("Nhật ký: {before} → {after} mục.").format(before=entries["before"], after=entries["after"]))
    told.append(_("{seconds} giây.").format(seconds=report["seconds"]))
    return told
