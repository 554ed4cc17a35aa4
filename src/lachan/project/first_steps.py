"""`lachan begin`: what a province does once, before its people can sign in."""

from datetime import UTC, date, datetime

import click
from django.utils.translation import gettext as _

from lachan.foundation.refused import Refused
from lachan.orgs.actions import add_person, grant_role, load_units
from lachan.orgs.models import Person, Role, UnitVersion
from lachan.project import embedded, preparing


@click.command(
    help=_("Nạp danh mục đơn vị của tỉnh và lập tài khoản quản trị đầu tiên. Chạy lại không làm thay đổi gì.")
)
@click.argument("province")
@click.option("--email", required=True, help=_("Thư điện tử của người quản trị hệ thống."))
@click.option("--name", required=True, help=_("Họ và tên."))
@click.password_option(help=_("Mật khẩu; không ghi thì lệnh sẽ hỏi."))
def begin(province: str, email: str, name: str, password: str) -> None:
    now = datetime.now(UTC)  # noqa: TID251 - a command reads the clock once
    with embedded.running():
        preparing.migrate()
        with click.progressbar(length=1, label=_("Nạp danh mục đơn vị")) as bar:

            def show(done: int, total: int) -> None:
                bar.length = total
                bar.update(done - bar.pos)

            load_units(by=None, now=now, provinces={province}, progress=show)
        root = _province(province, now.date())
        person = Person.objects.filter(email__iexact=email).first()
        if person is None:
            person = add_person(email=email, name=name, password=password, by=None, now=now)
        for role in (Role.OPERATOR, Role.COORDINATOR):
            grant_role(person, role, root.unit, by=None, now=now)
        units = UnitVersion.objects.on(now.date()).at_or_below(root).count()
    click.echo(
        _("{name}: {units} đơn vị. {person} là người quản trị. Chạy `lachan up` để mở trang web.").format(
            name=root.name, units=units, person=person.email
        )
    )


def _province(code: str, day: date) -> UnitVersion:
    found = UnitVersion.objects.on(day).filter(unit__code=code, parent=None).select_related("unit").first()
    if found is None:
        raise Refused(
            _("Không có tỉnh, thành phố nào mang mã “{code}”. Mã gồm hai chữ số, ví dụ 38.").format(code=code)
        )
    return found
