"""Keeps a server running for as long as somebody here needs it."""

import logging
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from lachan.project.embedded.cluster import Cluster
from lachan.project.embedded.server import start, stop

log = logging.getLogger(__name__)

LOOK_EVERY = 1.0  # seconds between two looks at a server that another process keeps
RETRY_AFTER = 2.0  # seconds between two tries to bring a server back


class Keeper(threading.Thread):
    """Starts the server, or joins the one that runs; starts it again when it dies; stops it at the end if it was ours.

    A thread of its own, because Linux stops the server when the thread that started it ends, and the caller's may end early.
    """

    def __init__(self, cluster: Cluster) -> None:
        super().__init__(name="embedded-postgresql", daemon=True)
        self.cluster = cluster
        self.server: subprocess.Popen[bytes] | None = None
        self.refusal: BaseException | None = None
        self._up = threading.Event()
        self._enough = threading.Event()

    def run(self) -> None:
        try:
            self.server = start(self.cluster)
        except BaseException as refusal:  # noqa: BLE001 - handed to the thread that waits for us
            self.refusal = refusal
            return
        finally:
            self._up.set()
        while not self._enough.wait(LOOK_EVERY if self.server is None else 0.1):
            if not self._alive():
                self._bring_back()
        if self.server is not None:
            stop(self.server)

    def wait_until_up(self) -> None:
        """Returns when the server answers; raises what kept it from starting."""
        self._up.wait()
        if self.refusal is not None:
            raise self.refusal

    def finish(self) -> None:
        """Stops the server if it was ours."""
        self._enough.set()
        self.join()

    def _alive(self) -> bool:
        return self.cluster.answers() if self.server is None else self.server.poll() is None

    def _bring_back(self) -> None:
        try:
            self.server = start(self.cluster)
            log.warning("Cơ sở dữ liệu đã dừng và được khởi động lại. / The database had stopped and runs again.")
        except Exception:
            log.exception("Chưa khởi động lại được cơ sở dữ liệu. / The database could not be started again yet.")
            self._enough.wait(RETRY_AFTER)


@contextmanager
def keeping(cluster: Cluster) -> Iterator[Cluster]:
    """The cluster, up and answering inside the block."""
    keeper = Keeper(cluster)
    keeper.start()
    keeper.wait_until_up()
    try:
        yield cluster
    finally:
        keeper.finish()
