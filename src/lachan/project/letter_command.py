"""`lachan letter`: what the reader makes of a document."""

import json
import os
import sys
from pathlib import Path

import click

from lachan.engine.letters import Unreadable, extract, read
from lachan.project.language import chosen, speak

_ = speak(chosen((), os.environ))


@click.group(help=_("Đọc văn bản hành chính."))
def letter() -> None:
    pass


@letter.command("read", help=_("Đọc văn bản trong FILE và in các trường."))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help=_("In kết quả dạng JSON cho chương trình đọc."))
def read_file(file: Path, *, as_json: bool) -> None:
    try:
        found = read(extract(file.read_bytes(), file.name, progress=_pages).text)
    except Unreadable as problem:
        raise click.ClickException(_(str(problem))) from None
    if as_json:
        click.echo(json.dumps(found.as_dict(), ensure_ascii=False, indent=1))
        return
    for field in found.fields:
        click.echo(f"{field.name}: {field.value}{'  (?)' if field.doubtful else ''}")


def _pages(done: int, total: int) -> None:
    if total > 1 and sys.stderr.isatty():
        click.echo("\r" + _("Trang {done}/{total}").format(done=done, total=total), err=True, nl=done == total)


if __name__ == "__main__":
    letter()
