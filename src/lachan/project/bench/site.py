"""The site as `lachan up` serves it, on a free port, to be asked over HTTP."""

import os
import re
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import click

from lachan.project import serving
from lachan.project.language import chosen, speak
from lachan.project.serving import Address

_ = speak(chosen((), os.environ))


@dataclass(frozen=True)
class Served(Address):
    """Where the site answers, and the session its processes are in."""

    session: int

    def peak_memory(self) -> int:
        """Megabytes that the web process with the most of them has held."""
        held = []
        for entry in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):  # gone meanwhile
                after_name = (entry / "stat").read_text().rpartition(")")[2].split()
                peak = re.search(r"VmHWM:\s*(\d+)", (entry / "status").read_text())
                if peak and int(after_name[3]) == self.session:
                    held.append(int(peak[1]) // 1024)
        return max(held)


def free_address() -> Address:
    """A port of this machine that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return Address("127.0.0.1", int(probe.getsockname()[1]))


def wait_for(address: Address) -> None:
    """Returns when the site answers there."""
    enough = time.monotonic() + serving.START_MAY_TAKE
    while not address.answers():
        if time.monotonic() > enough:
            raise click.ClickException(_("Trang web không trả lời sau một phút. Chạy `lachan doctor`."))
        time.sleep(serving.LOOK_EVERY)


@contextmanager
def site(workers: int) -> Iterator[Served]:
    """The web with so many processes, answering inside the block."""
    address = free_address()
    service = serving.web(address, workers)
    service.start()
    try:
        wait_for(address)
        if service.process is None:
            raise LookupError("it has started")
        yield Served(address.host, address.port, service.process.pid)
    finally:
        service.stop()
