"""The `lachan` command. Commands load what they need when they run, so that help comes at once."""

import errno
import json
import os
import sys
import tomllib
from pathlib import Path
from typing import Any

import click

from lachan import __version__
from lachan.project.language import LANGUAGES, chosen, speak

_ = speak(chosen(sys.argv[1:], os.environ))

PASS_ON: dict[str, Any] = {
    "context_settings": {"ignore_unknown_options": True, "allow_interspersed_args": False},
    "add_help_option": False,
}
as_json = click.option("--json", "as_json", is_flag=True, help=_("In kết quả dạng JSON cho chương trình đọc."))
words_passed_on = click.argument("words", nargs=-1, type=click.UNPROCESSED)


class _Group(click.Group):
    """Turns a refusal into its sentence, without a trace of where in the code it came from."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception as error:
            sentence = _sentence(error)
            if sentence is None:
                raise
            raise click.ClickException(sentence) from None


def _sentence(error: Exception) -> str | None:
    """What to tell of an error; None where it is nobody's refusal, or Click knows what to do."""
    if isinstance(error, ModuleNotFoundError) and error.name and not error.name.startswith("lachan"):
        return _("Lệnh này cần gói {name}, chưa có trên máy. Cài đủ bằng: pip install lachan").format(name=error.name)
    if isinstance(error, tomllib.TOMLDecodeError):
        return _("Một tệp tri thức có chỗ sai. Chạy `lachan knowledge` để biết tệp nào, dòng nào, sửa thế nào.")
    if isinstance(error, OSError) and error.errno == errno.ENOSPC:
        return _("Hết chỗ để ghi kết quả. Hãy dọn ổ đĩa rồi chạy lại.")
    return _sentence_of_site(error) if sys.modules.get("django") else None  # the engine may be installed alone


def _sentence_of_site(error: Exception) -> str | None:
    from django.db import OperationalError

    from lachan.foundation.refused import Refused
    from lachan.project.embedded.refusal import EmbeddedRefused

    if isinstance(error, Refused | EmbeddedRefused):
        return str(error)
    if isinstance(error, OperationalError):
        remedy = _("Chạy `lachan status`; nếu dùng DATABASE_URL, kiểm tra địa chỉ và máy chủ PostgreSQL.")
        return _("Cơ sở dữ liệu không trả lời.") + f" {remedy}\n{error}"
    return None


@click.group(
    cls=_Group,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    help=_("Lá Chắn: chiến dịch phòng, chống lừa đảo trực tuyến, từ văn bản đầu tiên đến báo cáo tổng hợp."),
)
@click.option("--language", type=click.Choice(LANGUAGES), expose_value=False, help=_("Ngôn ngữ của lệnh."))
@click.version_option(__version__, "--version", message="lachan %(version)s", help=_("In phiên bản."))
def main() -> None:
    pass


@main.command(help=_("Chạy trang web, tiến trình nền và cơ sở dữ liệu. Nhấn Ctrl-C để dừng."))
@click.option("--host", default="127.0.0.1", show_default=True, help=_("Địa chỉ lắng nghe."))
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help=_("Cổng."))
@click.option("--workers", default=1, show_default=True, type=click.IntRange(min=1), help=_("Số tiến trình web."))
def up(host: str, port: int, workers: int) -> None:
    _django()
    from django.conf import settings
    from django.db import connection

    from lachan.project import embedded, preparing, serving

    address = serving.Address(host, port)
    if not address.is_free():
        raise click.ClickException(_("Cổng {port} đang được dùng. Chọn cổng khác bằng --port.").format(port=port))
    with embedded.running():
        if preparing.pending_migrations():
            _warn(_("Đang chuẩn bị cơ sở dữ liệu…"))
            preparing.migrate()
        connection.close()
        with serving.noted(address, settings.VAR):
            serving.serve(
                [serving.web(address, workers), serving.worker()],
                until_up=address.answers,
                up=lambda: click.echo(_("Lá Chắn đang chạy tại {url} (nhấn Ctrl-C để dừng)").format(url=address.url)),
                late=lambda: _warn(
                    _("Trang web chưa trả lời sau một phút, vẫn đang chờ. Tìm nguyên nhân: `lachan doctor`.")
                ),
                say=lambda what: _warn(_("Khởi động lại {what}").format(what=what)),
            )


@main.command(help=_("Chạy riêng tiến trình nền, xử lý các việc đang chờ."))
@click.option("--joined", is_flag=True, hidden=True)  # `lachan up`, which starts us, keeps the database
def worker(joined: bool) -> None:
    _django()
    from contextlib import nullcontext

    from django.core.management import call_command

    from lachan.project import embedded

    with nullcontext() if joined else embedded.running():
        call_command("procrastinate", "worker", "--delete-jobs", "successful")


@main.command(help=_("Cho biết phần nào đang chạy, việc nào đang chờ. Mã thoát 1 nếu có phần trục trặc."))
@as_json
def status(as_json: bool) -> None:
    _django()
    from lachan.project.status import parts

    found = parts()
    if as_json:
        click.echo(_json({part.key: {"ok": part.ok, **part.facts} for part in found}))
    else:
        for part in found:
            click.echo(f"{_mark(part.ok)} {part.name}: {part.state}")
    sys.exit(0 if all(part.ok for part in found) else 1)


@main.command(
    help=_("Kiểm tra máy này có đủ những gì phần mềm cần, và chỉ cách sửa. Mã thoát 1 nếu thiếu thứ bắt buộc.")
)
@as_json
def doctor(as_json: bool) -> None:
    _django()
    from dataclasses import asdict

    from lachan.project.doctor import findings

    found = findings()
    if as_json:
        click.echo(_json([asdict(finding) for finding in found]))
    else:
        for finding in found:
            click.echo(f"{_mark(finding.ok, finding.needed)} {finding.name}: {finding.found}")
            if not finding.ok:
                click.echo(f"    → {finding.remedy}")
    sys.exit(0 if all(finding.ok for finding in found if finding.needed) else 1)


@main.group(help=_("Nhật ký: ai đã làm gì."))
def audit() -> None:
    pass


@audit.command(help=_("Dò cả chuỗi nhật ký, tìm mục đầu tiên bị sửa hoặc bị xóa. Mã thoát 1 nếu có."))
@as_json
def verify(as_json: bool) -> None:
    _django()
    from lachan.foundation import audit as trail
    from lachan.project import embedded

    with embedded.running():
        found = trail.verify()
    if as_json:
        fault = {"entry": found.fault.entry, "kind": found.fault.kind} if found.fault else None
        click.echo(_json({"ok": not fault, "entries": found.entries, "fault": fault}))
    elif found.fault is None:
        click.echo(_("Nhật ký nguyên vẹn: {entries} mục.").format(entries=found.entries))
    else:
        sentences = {
            "changed": _("Mục {entry} của nhật ký đã bị sửa. {entries} mục trước đó nguyên vẹn."),
            "removed": _("Có mục bị xóa ngay trước {entry}. {entries} mục trước chỗ đó nguyên vẹn."),
        }
        place = found.fault.entry if found.fault.entry is not None else _("cuối nhật ký")
        click.echo(sentences[found.fault.kind].format(entry=place, entries=found.entries), err=True)
    sys.exit(0 if found.fault is None else 1)


@main.command(help=_("Cập nhật cấu trúc dữ liệu theo phiên bản này."))
def migrate() -> None:
    _django()
    from lachan.project import embedded, preparing

    with embedded.running():
        count = preparing.migrate()
    click.echo(_("Đã áp dụng {count} bước.").format(count=count) if count else _("Cấu trúc dữ liệu đã đúng phiên bản."))


@main.command(**PASS_ON, help=_("Bắt đầu cho một tỉnh: danh mục đơn vị, tài khoản quản trị."))
@words_passed_on
def begin(words: tuple[str, ...]) -> None:
    _hand_over("lachan.project.first_steps", "begin", words)


@main.command(**PASS_ON, help=_("Lệnh quản trị của Django. Cơ sở dữ liệu được mở sẵn: lachan django LỆNH …"))
@words_passed_on
def django(words: tuple[str, ...]) -> None:
    _django()
    from django.core.management import execute_from_command_line

    from lachan.project import embedded

    with embedded.running():
        execute_from_command_line(["lachan django", *words])


@main.command(
    help=_(
        "Một tin nhắn có dấu hiệu lừa đảo không, vì sao, nên làm gì: lachan check NỘI DUNG… Không ghi NỘI DUNG thì đọc ở đầu vào "
        "chuẩn. Không mở liên kết nào, không hỏi ra mạng."
    ),
    epilog=_(
        "Mã thoát: 0 đã xem, dù kết luận thế nào; 1 có dòng của --jsonl hoặc có ảnh không đọc được; "
        "2 không có gì để xem hoặc ghi sai. NỘI DUNG bắt đầu bằng dấu - thì ghi -- ở trước: lachan check -- NỘI DUNG…"
    ),
)
@click.argument("texts", nargs=-1, metavar=_("[NỘI DUNG]..."))
@click.option("--sender", metavar=_("TÊN"), help=_("Số hoặc tên người gửi, nếu có."))
@click.option(
    "--kind",
    type=click.Choice(["message", "story"]),
    help=_("message: một tin nhắn (mặc định); story: lời kể về một cuộc gọi hay một việc đã gặp."),
)
@as_json
@click.option(
    "--jsonl",
    is_flag=True,
    help=_(
        'Đọc từng dòng {"id", "text", "sender", "kind"} ở đầu vào chuẩn, in ngay từng dòng kết quả JSON; chỉ cần "text".'
    ),
)
@click.option(
    "--image",
    "images",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, allow_dash=True),
    help=_("Ảnh chụp tin nhắn hoặc mã QR; dùng được nhiều lần, - là đầu vào chuẩn."),
)
@click.option("--text", "corrected", help=_("Chữ trong ảnh, do người đọc sửa lại; xem theo chữ này."))
def check(
    texts: tuple[str, ...], sender: str | None, kind: str | None, as_json: bool, jsonl: bool, **pictures: Any
) -> None:
    from lachan.project import check_command as told

    source = sys.stdin.buffer
    if texts not in {(), ("-",)} and (jsonl or pictures["images"]):
        raise click.UsageError(_("NỘI DUNG không dùng cùng --jsonl hoặc --image. Chữ sửa lại của ảnh: --text."))
    if names := pictures["images"]:
        from lachan.project import check_pictures  # reads pictures with libraries that texts do not need

        how = {"text": pictures["corrected"], "sender": sender, "as_data": as_json}
        sys.exit(0 if check_pictures.all_of(names, click.echo, **how) else 1)
    if jsonl:
        known = told.Asked(None, "", sender, kind)
        sys.exit(0 if told.stream(told.lines_of(source), click.echo, known) else 1)
    typed = () if texts == ("-",) else texts
    if not typed and source.isatty():
        _warn(_("Dán nội dung tin vào đây, xuống dòng rồi nhấn Ctrl-D."))
    try:
        text = told.typed(typed) if typed else told.whole(source.read(4 * told.LONGEST + 4))
    except told.Unreadable as problem:
        raise click.UsageError(str(problem)) from None
    verdict = told.Asked(None, text, sender, kind).verdict()
    click.echo(_json(told.as_json(text, verdict)) if as_json else told.in_sentences(verdict, text))


@main.command(**PASS_ON, help=_("Đọc một văn bản: lachan letter read TỆP --json"))
@words_passed_on
def letter(words: tuple[str, ...]) -> None:
    _hand_over("lachan.project.letter_command", "letter", words)


@main.command(**PASS_ON, help=_("Sắp xếp đơn vị hành chính: ghi, diễn tập, hoàn tác."))
@words_passed_on
def units(words: tuple[str, ...]) -> None:
    _hand_over("lachan.project.units_command", "units", words)


@main.command(**PASS_ON, help=_("Số liệu của chiến dịch ra tệp: lachan figures export CHIẾN_DỊCH TỆP.csv"))
@words_passed_on
def figures(words: tuple[str, ...]) -> None:
    _hand_over("lachan.project.figures_command", "figures", words)


@main.command(**PASS_ON, help=_("Gói báo cáo đã ký: xuất, kiểm tra, nhập, khóa."))
@words_passed_on
def package(words: tuple[str, ...]) -> None:
    _hand_over("lachan.project.package_command", "package", words)


@main.command(help=_("In mô tả OpenAPI 3.1 của giao diện lập trình."))
def openapi() -> None:
    _django()
    from lachan.api.v1.service import api

    click.echo(_json(api.get_openapi_schema()))


@main.command(**PASS_ON, help=_("Tri thức nhận diện lừa đảo: đếm và kiểm tra các tệp."))
@words_passed_on
def knowledge(words: tuple[str, ...]) -> None:
    _hand_over("lachan.project.knowledge_command", "knowledge", words, site=False)


@main.command(**PASS_ON, help=_("Trọng số của từ ngữ trong nhận diện lừa đảo: lachan weights train TỆP.csv"))
@words_passed_on
def weights(words: tuple[str, ...]) -> None:
    _hand_over("lachan.project.weights_command", "weights", words, site=False)


@main.command("exchange-simulator", **PASS_ON, help=_("Trục liên thông văn bản mô phỏng trên máy này, để thử."))
@words_passed_on
def exchange_simulator(words: tuple[str, ...]) -> None:
    _hand_over("lachan.project.exchange_simulator", "serve", words)


@main.command(**PASS_ON, help=_("Đo tốc độ, mỗi số đặt cạnh giới hạn của nó."))
@words_passed_on
def bench(words: tuple[str, ...]) -> None:
    import tempfile

    with tempfile.TemporaryDirectory(prefix="lachan-bench-") as folder:
        Path(folder).chmod(0o711)  # the account that runs PostgreSQL passes through
        os.environ.setdefault("LACHAN_VAR", folder)  # never the data of a province
        _hand_over("lachan.project.bench.command", "bench", words)


@main.command(**PASS_ON, help=_("Tỉnh mẫu: từ văn bản đến báo cáo, rồi mở trang web."))
@words_passed_on
def demo(words: tuple[str, ...]) -> None:
    from lachan.project.places import home

    os.environ.setdefault("LACHAN_VAR", str(home() / "demo"))  # never the data of a province
    _hand_over("lachan.project.demo", "demo", words)


def _hand_over(module: str, name: str, words: tuple[str, ...], *, site: bool = True) -> None:
    """Runs a Click command that lives in a module of its own. `site`: whether it is of the site, and not of the engine alone."""
    from importlib import import_module

    if site:
        _django()
    command: click.Command = getattr(import_module(module), name)
    command.main(list(words), prog_name=f"lachan {name}")


def _django() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lachan.project.settings")
    import django
    from django.utils import translation

    django.setup()
    translation.activate(os.environ["LACHAN_LANGUAGE"])


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)


def _mark(ok: bool, needed: bool = True) -> str:
    if ok:
        return click.style("✓", fg="green")
    return click.style("✗", fg="red") if needed else click.style("!", fg="yellow")


def _warn(sentence: str) -> None:
    click.echo(sentence, err=True)
