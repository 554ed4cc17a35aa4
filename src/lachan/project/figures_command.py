"""`lachan figures`: the figures of a campaign as a file, however many units report."""

import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import click
from django.utils import timezone

from lachan.campaigns.models import Assignment, Campaign
from lachan.engine.exports import UnitRow
from lachan.project import embedded
from lachan.project.language import chosen, speak
from lachan.reporting.exports import KINDS, Export

_ = speak(chosen((), os.environ))


@click.group(help=_("Số liệu của chiến dịch."))
def figures() -> None:
    pass


@figures.command(
    help=_("Ghi số liệu từng đơn vị của chiến dịch CAMPAIGN vào FILE: .xlsx, .csv, .json, .adx hoặc .parquet.")
)
@click.argument("campaign", type=click.IntRange(1))
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--unit", default="", help=_("Chỉ nhánh của đơn vị có mã này."))
def export(campaign: int, file: Path, unit: str) -> None:
    kind = file.suffix.removeprefix(".").lower()
    if kind not in KINDS:
        raise click.BadParameter(
            _("Tên tệp cần kết thúc bằng .xlsx, .csv, .json, .adx hoặc .parquet."), param_hint="FILE"
        )
    with embedded.running():
        found = Campaign.objects.filter(pk=campaign).first()
        if found is None:
            raise click.ClickException(_no_such_campaign(campaign))
        top = _branch(found, unit) if unit else None
        exported = Export(found, top, timezone.now())  # noqa: TID251 - a command reads the clock as a request does
        count = exported.count()
        exported.write(file.absolute(), kind, lambda rows: _told(rows, count))
    click.echo(_("Đã ghi {count} đơn vị vào {file}.").format(count=count, file=file))


def _branch(campaign: Campaign, code: str) -> Assignment:
    top = Assignment.objects.filter(campaign=campaign, unit__code=code).first()
    if top is None:
        raise click.ClickException(_("Đơn vị {code} không có trong chiến dịch này.").format(code=code))
    return top


def _no_such_campaign(campaign: int) -> str:
    known = "\n".join(f"  {one.pk}  {one.name}" for one in Campaign.objects.order_by("-pk")[:10])
    return _("Không có chiến dịch {campaign}. Các chiến dịch gần đây:").format(campaign=campaign) + f"\n{known}"


def _told(rows: Iterable[UnitRow], count: int) -> Iterator[UnitRow]:
    """The rows, with a bar that tells how many have gone by."""
    with click.progressbar(
        rows, length=count, label=_("Đơn vị"), file=sys.stderr, show_pos=True, update_min_steps=1_000
    ) as bar:
        yield from bar
