"""The processes of this machine, as Linux tells of them. They come and go while one looks: what has ended is passed over."""

from contextlib import suppress
from pathlib import Path


def children(parent: int) -> list[int]:
    """The processes that `parent` has started, whichever of its threads did."""
    found: list[int] = []
    with suppress(OSError):
        for thread in Path(f"/proc/{parent}/task").iterdir():
            with suppress(OSError):
                found += map(int, (thread / "children").read_text().split())
    return found


def command_line(process: int) -> str:
    """The words it was started with; none when it has ended."""
    try:
        return Path(f"/proc/{process}/cmdline").read_text().replace("\0", " ")
    except OSError:
        return ""
