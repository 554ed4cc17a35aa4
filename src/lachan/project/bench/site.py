"""The site as `lachan up` serves it, on a free port, to be asked over HTTP."""

import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager

import click

from lachan.project import serving
from lachan.project.language import chosen, speak
from lachan.project.serving import Address

_ = speak(chosen((), os.environ))


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
def site(workers: int) -> Iterator[Address]:
    """The web with so many processes, answering inside the block."""
    address = free_address()
    service = serving.web(address, workers)
    service.start()
    try:
        wait_for(address)
        yield address
    finally:
        service.stop()
