"""The site as `lachan up` serves it, on a free port, to be asked over HTTP."""

import os
import re
import socket
import subprocess
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
    """Where the site answers, and the process that serves it, with others in its session."""

    process: subprocess.Popen[bytes]

    def lives(self) -> bool:
        """Whether it may answer yet. How long that takes says more of the machine."""
        return self.process.poll() is None

    def wait(self) -> None:
        """Returns when the site answers. Refused when it has ended."""
        while not self.answers():
            if not self.lives():
                raise click.ClickException(_("Trang web đã dừng mà chưa trả lời. Chạy `lachan doctor`."))
            time.sleep(serving.LOOK_EVERY)

    def peak_memory(self) -> int:
        """Megabytes that the web process with the most of them has held."""
        held = []
        for entry in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):  # gone meanwhile
                after_name = (entry / "stat").read_text().rpartition(")")[2].split()
                peak = re.search(r"VmHWM:\s*(\d+)", (entry / "status").read_text())
                if peak and int(after_name[3]) == self.process.pid:
                    held.append(int(peak[1]) // 1024)
        return max(held)


def free_address() -> Address:
    """A port of this machine that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return Address("127.0.0.1", int(probe.getsockname()[1]))


@contextmanager
def site(workers: int) -> Iterator[Served]:
    """The web with so many processes, answering inside the block."""
    address = free_address()
    service = serving.web(address, workers)
    service.start()
    try:
        if service.process is None:
            raise LookupError("it has started")
        served = Served(address.host, address.port, service.process)
        served.wait()
        yield served
    finally:
        service.stop()
