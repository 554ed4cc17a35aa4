"""`lachan up`: the web, the worker and the embedded database in one, each started again when it dies."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from lachan.project.embedded.launch import watched

LOOK_EVERY = 0.2  # seconds between two looks at the services
THREADS = 16  # of each web process; most wait for the database, and what they bring together is committed together
RESTART_AFTER = 1.0  # seconds before a service that died is started again
STOP_MAY_TAKE = 15.0  # seconds a service gets to end its work
SLOW = 60.0  # seconds after which a person should read that the web does not answer yet


@dataclass
class Service:
    """A program of ours that runs until we end it."""

    name: str
    words: list[str]
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)
    died_at: float = field(default=0.0, init=False)

    def start(self) -> None:
        # In a session of its own: Ctrl-C reaches us alone, and we end the services in order.
        self.process = subprocess.Popen(watched([sys.executable, "-m", *self.words]), start_new_session=True)

    def tend(self, say: Callable[[str], None]) -> None:
        """Starts the service again, a moment after it died."""
        if self.process is not None and self.process.poll() is not None:
            say(f"{self.name}: {self.process.returncode}")
            _signal_group(self.process.pid, signal.SIGKILL)  # children it may have left
            self.process, self.died_at = None, time.monotonic()
        if self.process is None and time.monotonic() - self.died_at >= RESTART_AFTER:
            self.start()

    def stop(self) -> None:
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(STOP_MAY_TAKE)
        except subprocess.TimeoutExpired:
            _signal_group(self.process.pid, signal.SIGKILL)
            self.process.wait()


@dataclass(frozen=True)
class Address:
    host: str
    port: int

    @property
    def url(self) -> str:
        return f"http://{self._to_ask}:{self.port}/"

    @property
    def _to_ask(self) -> str:
        everywhere = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}  # noqa: S104 - translated, not bound
        return everywhere.get(self.host, self.host)

    def is_free(self) -> bool:
        family = socket.AF_INET6 if ":" in self.host else socket.AF_INET
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((self.host, self.port))
            except OSError:
                return False
        return True

    def answers(self) -> bool:
        """Whether the site answers there, with a page or a refusal but not with a fault of its own."""
        connection = http.client.HTTPConnection(self._to_ask.strip("[]"), self.port, timeout=10)
        try:
            connection.request("HEAD", "/")
            return connection.getresponse().status < 500
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()


def web(address: Address, workers: int) -> Service:
    """Granian, with the threads each of its processes gets."""
    where = ["--host", address.host, "--port", str(address.port)]
    size = ["--workers", str(workers), "--blocking-threads", str(THREADS)]
    quiet = ["--no-ws", "--log-level", "error", "--respawn-failed-workers"]  # its warning is about many threads
    return Service("web", ["granian", "--interface", "wsgi", *where, *size, *quiet, "lachan.project.wsgi:application"])


def worker() -> Service:
    return Service("worker", ["lachan.project", "worker", "--joined"])


def serve(
    services: list[Service],
    *,
    until_up: Callable[[], bool],
    up: Callable[[], None],
    late: Callable[[], None],
    say: Callable[[str], None],
) -> None:
    """Runs the services until Ctrl-C or SIGTERM, then ends them. Calls `up` once `until_up` is true, `late` where that takes long.

    It is waited for all the same: a machine that has much to do is slow, and starting again would make it no faster.
    """
    with told_to_end() as enough:
        began, is_up, is_late = time.monotonic(), False, False
        try:
            for service in services:
                service.start()
            while not enough.wait(LOOK_EVERY):
                for service in services:
                    service.tend(say)
                if not is_up and until_up():
                    up()
                    is_up = True
                if not (is_up or is_late) and time.monotonic() - began > SLOW:
                    late()
                    is_late = True
        finally:
            for service in services:
                service.stop()


@contextmanager
def told_to_end() -> Iterator[threading.Event]:
    """An event that Ctrl-C and SIGTERM set, inside the block."""
    event = threading.Event()
    before = {sign: signal.signal(sign, lambda *_: event.set()) for sign in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield event
    finally:
        for sign, handler in before.items():
            signal.signal(sign, handler)


@contextmanager
def noted(address: Address, var: Path) -> Iterator[None]:
    """Leaves a note for `lachan status` of where the web listens, inside the block."""
    note = var / "up.json"
    note.write_text(json.dumps({"host": address.host, "port": address.port, "process": os.getpid()}))
    try:
        yield
    finally:
        note.unlink(missing_ok=True)


def noted_address(var: Path) -> Address | None:
    """Where a running `lachan up` says it listens."""
    try:
        note = json.loads((var / "up.json").read_text())
    except FileNotFoundError:
        return None
    return Address(note["host"], note["port"])


def _signal_group(group: int, sign: signal.Signals) -> None:
    try:
        os.killpg(group, sign)
    except ProcessLookupError:
        return
