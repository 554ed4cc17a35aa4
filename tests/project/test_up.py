"""`lachan up`, really: web, worker and database in one, killed and stopped."""

import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from lachan.project.embedded.cluster import Cluster
from lachan.project.embedded.server import processes_in
from lachan.project.processes import children, command_line

SOURCE = Path(__file__).resolve().parent.parent.parent / "src"
PATIENCE = 120  # seconds until a test gives up waiting


@dataclass
class Site:
    process: subprocess.Popen[str]
    cluster: Cluster
    port: int

    def answers(self) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request("GET", "/tai-khoan/login/")
            return connection.getresponse().status < 400
        except OSError:
            return False
        finally:
            connection.close()

    def services(self) -> dict[str, int]:
        """What runs below `lachan up`: the key is a word of its command line."""
        found = {}
        for child in children(self.process.pid):
            words = command_line(child)
            found |= {name: child for name in ("granian", "lachan.project worker", "postgres -D") if name in words}
        return found

    def workers(self) -> int:
        with self.cluster.connect(role="lachan", database="lachan") as connection:
            row = connection.execute("SELECT count(*) FROM procrastinate_workers").fetchone()
        return int(row[0]) if row else 0


def wait_for(true: Callable[[], object]) -> None:
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.1)


@pytest.fixture
def site() -> Iterator[Site]:
    var = Path(tempfile.mkdtemp(prefix="lachan-up-"))
    var.chmod(0o711)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    environment = os.environ | {"LACHAN_VAR": str(var), "DATABASE_URL": "", "PYTHONPATH": str(SOURCE)}
    command = [sys.executable, "-m", "lachan.project", "--language", "vi", "up", "--port", str(port)]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        running = Site(process, Cluster(var), port)
        assert process.stdout is not None
        try:
            while "đang chạy tại" not in (line := process.stdout.readline()):
                assert process.poll() is None, line
            yield running
        finally:
            process.kill()
    wait_for(lambda: not processes_in(running.cluster.data))
    shutil.rmtree(var)


def test_everything_answers_and_ctrl_c_ends_all_of_it(site: Site) -> None:
    assert site.answers()
    wait_for(lambda: site.workers() == 1)
    services = site.services()
    assert len(services) == 3
    site.process.send_signal(signal.SIGINT)
    assert site.process.wait(PATIENCE) == 0
    assert [pid for pid in services.values() if Path(f"/proc/{pid}").exists()] == []
    assert not (site.cluster.var / "up.json").exists()


def test_whatever_is_killed_comes_back(site: Site) -> None:
    before = site.services()
    for pid in before.values():
        os.kill(pid, signal.SIGKILL)
    wait_for(lambda: len(after := site.services()) == 3 and not set(after.values()) & set(before.values()))
    wait_for(site.answers)


def test_killed_itself_it_leaves_nothing_running(site: Site) -> None:
    services = site.services()
    site.process.kill()
    site.process.wait()
    wait_for(lambda: not processes_in(site.cluster.data))
    wait_for(lambda: not site.answers())
    wait_for(lambda: not [pid for pid in services.values() if _runs(pid)])


def _runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
