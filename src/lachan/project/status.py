"""`lachan status`: what runs, what waits, what is full."""

import shutil
from dataclasses import dataclass, field

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.models import Count, Min
from django.utils.translation import gettext as _

from lachan.channels.models import Mail
from lachan.foundation import formats
from lachan.project.preparing import pending_migrations
from lachan.project.serving import noted_address

ADDRESSES_SHOWN = 5
DISK_NEEDED = 2**30  # bytes free below which an operator should act


@dataclass(frozen=True)
class Part:
    """One thing that runs or waits: its key for programs, its name and state for people, whether all is well."""

    key: str
    name: str
    ok: bool
    state: str
    facts: dict[str, object] = field(default_factory=dict)


def parts() -> list[Part]:
    """Database, migrations, web, worker, jobs, disk. Starts nothing; parts that need a stopped database are left out."""
    found = [_database()]
    if found[0].ok:
        found += [_migrations(), *_work(), *_mail()]
    return [*found, _web(), _disk()]


def _database() -> Part:
    kind = "server" if settings.DATABASE_URL else "embedded"
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('server_version'), pg_database_size(current_database())")
            version, size = cursor.fetchone()
    except DatabaseError as error:
        remedy = _("Chạy `lachan up`.") if kind == "embedded" else _("Kiểm tra DATABASE_URL và máy chủ PostgreSQL.")
        state = _("không trả lời. ") + remedy
        return Part("database", _("Cơ sở dữ liệu"), ok=False, state=state, facts={"kind": kind, "error": str(error)})
    state = _("đang chạy, PostgreSQL %(version)s, %(size)s MB") % {"version": version.split()[0], "size": size // 10**6}
    return Part(
        "database", _("Cơ sở dữ liệu"), ok=True, state=state, facts={"kind": kind, "version": version, "bytes": size}
    )


def _migrations() -> Part:
    pending = pending_migrations()
    state = _("còn %(count)s bước, chạy `lachan migrate`") % {"count": len(pending)} if pending else _("đúng phiên bản")
    return Part("migrations", _("Cấu trúc dữ liệu"), not pending, state, {"pending": pending})


def _work() -> list[Part]:
    if "procrastinate_workers" not in connection.introspection.table_names():
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > now() - interval '1 minute'")
        workers = cursor.fetchone()[0]
        cursor.execute("SELECT status::text, count(*) FROM procrastinate_jobs GROUP BY status")
        jobs = dict(cursor.fetchall())
    waiting, running, failed = (jobs.get(status, 0) for status in ("todo", "doing", "failed"))
    words = {"waiting": waiting, "running": running, "failed": failed}
    state = _("%(waiting)s việc chờ, %(running)s đang chạy, %(failed)s hỏng") % words
    return [
        Part(
            "worker",
            _("Tiến trình nền"),
            workers > 0,
            _("đang chạy") if workers else _("không chạy"),
            {"workers": workers},
        ),
        Part("jobs", _("Việc nền"), failed == 0, state, words),
    ]


def _mail() -> list[Part]:
    if Mail._meta.db_table not in connection.introspection.table_names():
        return []
    waiting = Mail.objects.waiting().aggregate(count=Count("pk"), since=Min("posted_at"))
    failed = list(Mail.objects.lately_failed().values_list("to", "trouble"))
    tried = Mail.objects.waiting().filter(tries__gt=0).order_by("id").values_list("trouble", flat=True).first()
    sentences = [_("%(count)s thư chờ gửi") % waiting]
    if waiting["since"]:
        sentences[0] += _(", lâu nhất từ %(since)s") % {"since": formats.moment(waiting["since"])}
    if tried:
        sentences.append(_("lần thử gần nhất: %(trouble)s") % {"trouble": tried})
    if failed:
        sentences.append(_("%(count)s không gửi được") % {"count": len(failed)})
        sentences += [f"{to} ({trouble})" for to, trouble in failed[:ADDRESSES_SHOWN]]
    facts = {**waiting, "since": str(waiting["since"] or ""), "trouble": tried or "", "failed": len(failed)}
    return [Part("mail", _("Thư điện tử"), not tried and not failed, "; ".join(sentences), facts)]


def _web() -> Part:
    address = noted_address(settings.VAR)
    if address is None or not address.answers():
        return Part("web", _("Trang web"), ok=False, state=_("không chạy. Chạy `lachan up`."), facts={"address": None})
    state = _("đang chạy tại %(url)s") % {"url": address.url}
    return Part("web", _("Trang web"), ok=True, state=state, facts={"address": address.url})


def _disk() -> Part:
    free = shutil.disk_usage(settings.VAR).free
    state = _("còn trống %(size)s GB tại %(folder)s") % {"size": free // 10**9, "folder": settings.VAR}
    return Part("disk", _("Đĩa"), free >= DISK_NEEDED, state, {"free_bytes": free})
