"""`lachan letter`: what the reader makes of a document."""

import json
import sys
from pathlib import Path

import click

from lachan.engine.letters import Unreadable, extract, read


@click.group()
def letter() -> None:
    """Đọc văn bản. · Read official documents."""


@letter.command("read")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="In một đối tượng JSON. · Print one JSON object.")
def read_file(file: Path, *, as_json: bool) -> None:
    """Đọc FILE và in các trường. · Read FILE and print its fields."""
    try:
        found = read(extract(file.read_bytes(), file.name, progress=_pages).text)
    except Unreadable as problem:
        raise click.ClickException(str(problem)) from None
    if as_json:
        click.echo(json.dumps(found.as_dict(), ensure_ascii=False, indent=1))
        return
    for field in found.fields:
        click.echo(f"{field.name}: {field.value}{'  (?)' if field.doubtful else ''}")


def _pages(done: int, total: int) -> None:
    if total > 1 and sys.stderr.isatty():
        click.echo(f"\rTrang {done}/{total}", err=True, nl=done == total)


if __name__ == "__main__":
    letter()
