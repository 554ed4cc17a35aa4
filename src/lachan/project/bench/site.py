"""The site as `lachan up` serves it, on a free port, to be asked over HTTP."""

import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import click

from lachan.project import serving
from lachan.project.language import chosen, speak

_ = speak(chosen((), os.environ))


@dataclass(frozen=True)
class Site:
    """The web with its processes."""

    port: int
    web: serving.Service


@contextmanager
def site(workers: int) -> Iterator[Site]:
    """The web with so many processes, answering inside the block."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    address = serving.Address("127.0.0.1", port)
    service = serving.web(address, workers)
    service.start()
    try:
        enough = time.monotonic() + serving.START_MAY_TAKE
        while not address.answers():
            if time.monotonic() > enough:
                raise click.ClickException(_("Trang web không trả lời sau một phút. Chạy `lachan doctor`."))
            time.sleep(serving.LOOK_EVERY)
        yield Site(port, service)
    finally:
        service.stop()
