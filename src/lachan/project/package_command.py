"""`lachan package`: signed packages from the command line, as the pages of `lachan.exchange` do it."""

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from lachan.campaigns.models import Campaign
from lachan.engine.packages import Kind, fingerprint
from lachan.exchange import actions, own_key
from lachan.exchange.models import Partner, TakenPackage
from lachan.foundation.refused import Refused
from lachan.orgs.models import Person, Unit
from lachan.project import embedded
from lachan.project.language import chosen, speak
from lachan.reporting.models import ConsolidatedReport

_ = speak(chosen((), os.environ))
UNIT = click.option("--unit", required=True, help=_("Mã đơn vị ở đây."))
BY = click.option("--by", "email", required=True, help=_("Thư điện tử của người thực hiện, ghi vào nhật ký."))
FILE = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
as_json = click.option("--json", "as_json", is_flag=True, help=_("In kết quả dạng JSON cho chương trình đọc."))


@click.group(help=_("Gói báo cáo đã ký, từ hệ thống này sang hệ thống khác."))
def package() -> None:
    pass


@package.command(help=_("In khóa công khai của hệ thống này, để bên kia đăng ký."))
@as_json
def key(as_json: bool) -> None:
    public = own_key.public_key()
    facts = {"key": public, "fingerprint": fingerprint(public)}
    click.echo(json.dumps(facts) if as_json else f"{public}\n{facts['fingerprint']}")


@package.command(help=_("Đăng ký khóa của một cơ quan để trao đổi gói với đơn vị ở đây."))
@UNIT
@click.option("--code", required=True, help=_("Mã đơn vị của cơ quan bên kia."))
@click.option("--name", required=True, help=_("Tên cơ quan bên kia."))
@click.option("--key", "public_key", required=True, help=_("Khóa công khai, 43 ký tự."))
@BY
def partner(unit: str, code: str, name: str, public_key: str, email: str) -> None:
    with embedded.running():
        added = actions.add_partner(
            _unit(unit), code=code, name=name, public_key=public_key, by=_person(email), now=_now()
        )
    click.echo(_("Đã đăng ký {name}. Dấu khóa: {mark}.").format(name=added.name, mark=added.fingerprint))


@package.command(help=_("Đóng gói và ký báo cáo tổng hợp REPORT (số trong địa chỉ trang báo cáo), ghi ra FILE.zip."))
@click.argument("report", type=int)
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--to", "code", required=True, help=_("Mã cơ quan nhận."))
@BY
def export(report: int, file: Path, code: str, email: str) -> None:
    with embedded.running():
        found = ConsolidatedReport.objects.filter(pk=report).first()
        if found is None:
            raise Refused(_("Không có báo cáo tổng hợp số {number}.").format(number=report))
        to = Partner.objects.filter(unit=found.unit, code=code, ended_at=None).first()
        if to is None:
            raise Refused(_("Đơn vị chưa đăng ký cơ quan có mã {code}.").format(code=code))
        sent = actions.pack(found, partner=to, by=_person(email), now=_now())
        with sent.file.open("rb") as packed:
            file.write_bytes(packed.read())
    click.echo(_("Đã ghi gói lần {number} cho {name} vào {file}.").format(number=sent.number, name=to.name, file=file))


@package.command(
    help=_("Kiểm tra gói hoặc biên nhận: của ai, còn nguyên không. Không ghi gì. Mã thoát 1 nếu không nhận được.")
)
@FILE
@UNIT
@as_json
def verify(file: Path, unit: str, as_json: bool) -> None:
    with embedded.running():
        incoming = actions.verify(_unit(unit), file.read_bytes())
    manifest = incoming.manifest
    facts: dict[str, Any] = {
        "kind": manifest.kind,
        "title": manifest.title,
        "number": manifest.number,
        "made_at": manifest.made_at,
        "from": manifest.sender.name,
        "sha256": incoming.opened.digest,
    }
    said = _("Chữ ký đúng. {title}. Nơi gửi: {name}, lần {number}.")
    words = said.format(title=manifest.title, name=manifest.sender.name, number=manifest.number)
    click.echo(json.dumps(facts, ensure_ascii=False) if as_json else words)


@package.command(
    "import",
    help=_("Nhập gói (thành báo cáo của nơi gửi) hoặc biên nhận của gói đã gửi. Mã thoát 1 nếu gói bị từ chối."),
)
@FILE
@UNIT
@click.option("--campaign", type=int, help=_("Số của chiến dịch, khi văn bản ghi trong gói không đủ để tìm."))
@click.option("--receipt", type=click.Path(dir_okay=False, path_type=Path), help=_("Ghi biên nhận vào tệp này."))
@BY
def bring(file: Path, unit: str, campaign: int | None, receipt: Path | None, email: str) -> None:
    data = file.read_bytes()
    with embedded.running():
        by, incoming = _person(email), actions.verify(_unit(unit), data)
        if incoming.manifest.kind == Kind.RECEIPT:
            sent = actions.take_receipt(incoming, by=by, now=_now())
            click.echo(f"{sent.get_state_display()}: {'; '.join(sent.reasons)}".rstrip(": "))
            return
        which = Campaign.objects.filter(pk=campaign).first() if campaign else None
        taken = actions.take(incoming, data, campaign=which, by=by, now=_now())
        if receipt:
            with taken.receipt.open("rb") as packed:
                receipt.write_bytes(packed.read())
    if taken.state == TakenPackage.State.REFUSED:
        raise Refused("\n".join(taken.reasons))
    click.echo(_("Đã nhập: {title}.").format(title=taken.title))


def _unit(code: str) -> Unit:
    found = Unit.objects.filter(code=code).order_by("-valid_from").first()
    if found is None:
        raise Refused(_("Không có đơn vị mã {code}.").format(code=code))
    return found


def _person(email: str) -> Person:
    found = Person.objects.filter(email=email.lower(), is_active=True).first()
    if found is None:
        raise Refused(_("Không có tài khoản {email}.").format(email=email))
    return found


def _now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 - a command reads the clock as a request does
