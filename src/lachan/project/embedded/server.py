"""Starting the server of a cluster, waiting for it, stopping it, and clearing away what a killed one left."""

import logging
import os
import signal
import subprocess
import time
from pathlib import Path

from lachan.project.embedded.account import Account
from lachan.project.embedded.binaries import Binaries
from lachan.project.embedded.cluster import Cluster, environment, last_words
from lachan.project.embedded.refusal import EmbeddedRefused
from lachan.project.places import PORT

log = logging.getLogger(__name__)

PAUSE = 0.05  # seconds between two looks
SLOW = 5.0  # seconds after which a person should read why nothing happens
LEFTOVERS_MAY_TAKE = 10.0  # seconds that sessions of a killed server get to notice, before they are ended
STOP_MAY_TAKE = 60.0  # seconds for an orderly stop, before the server is told to stop at once


def start(cluster: Cluster) -> subprocess.Popen[bytes] | None:
    """Starts the server and returns it once it answers, or returns None where one already does.

    Waits as long as recovery takes. Raises EmbeddedRefused with the server's own words where it gives up.
    """
    with cluster.starting():
        if _somebody_elses(cluster):
            return None
        account, binaries = cluster.prepare()
        _clear_leftovers(cluster)
        server = _launch(cluster, account, binaries)
        try:
            _wait_until_it_answers(cluster, server)
            cluster.ensure_role_and_database()
        except BaseException:
            stop(server)
            raise
        return server


def stop(server: subprocess.Popen[bytes]) -> None:
    """An orderly stop: sessions are cut, data is written. Returns when the server is gone."""
    if server.poll() is None:
        server.send_signal(signal.SIGINT)
        try:
            server.wait(STOP_MAY_TAKE)
        except subprocess.TimeoutExpired:
            server.send_signal(signal.SIGQUIT)  # recovers at the next start
            server.wait()


def processes_in(data: Path) -> list[int]:
    """The live processes that work in a data folder (a server and all its children do)."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if (entry / "cwd").samefile(data) and not _is_zombie(entry):
                found.append(int(entry.name))
        except OSError:
            continue  # gone meanwhile, or not ours to look at
    return found


def _launch(cluster: Cluster, account: Account, binaries: Binaries) -> subprocess.Popen[bytes]:
    options = {
        "unix_socket_directories": cluster.sockets,
        "unix_socket_permissions": "0700",
        "listen_addresses": "",
        "fsync": "on" if cluster.durable else "off",
        "full_page_writes": "on" if cluster.durable else "off",
        "max_connections": 200,  # each thread of each web process has one
        "timezone": "UTC",
        "log_timezone": "UTC",
    }
    words = [word for name, value in options.items() for word in ("-c", f"{name}={value}")]
    command = cluster.command(account, binaries.folder / "postgres", "-D", cluster.data, *words)
    output = cluster.open_log()
    try:
        return subprocess.Popen(
            command,
            env=environment(),
            cwd="/",
            umask=0o077,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    finally:
        os.close(output)


def _wait_until_it_answers(cluster: Cluster, server: subprocess.Popen[bytes]) -> None:
    began = time.monotonic()
    told = False
    while not cluster.answers():
        if server.poll() is not None:
            raise EmbeddedRefused(
                f"PostgreSQL không khởi động được: {last_words(cluster.log)}. Nhật ký: {cluster.log}",
                f"PostgreSQL did not start, for the reason above. Its log: {cluster.log}",
            )
        if not told and time.monotonic() - began > SLOW:
            log.warning(
                "Cơ sở dữ liệu đang phục hồi, xin chờ. / The database is recovering, please wait. (%s)", cluster.log
            )
            told = True
        time.sleep(PAUSE)


def _somebody_elses(cluster: Cluster) -> bool:
    """Whether a server answers that we did not start. One that is just starting or stopping is waited for."""
    while not cluster.answers():
        if _postmaster(cluster.data) is None:
            return False
        time.sleep(PAUSE)
    return True


def _postmaster(data: Path) -> int | None:
    """The server's process, alive and at work in this very folder; None where its pid file is missing or stale."""
    try:
        process = int((data / "postmaster.pid").read_text().split()[0])
    except (FileNotFoundError, IndexError, ValueError):
        return None
    return process if process in processes_in(data) else None


def _clear_leftovers(cluster: Cluster) -> None:
    """After a kill -9 of the server its sessions may live on for a moment, and its pid file and socket stay.

    PostgreSQL refuses to start while it believes the old one alive, which a dead but unreaped process is enough for.
    """
    began = time.monotonic()
    while leftovers := processes_in(cluster.data):
        if time.monotonic() - began > LEFTOVERS_MAY_TAKE:
            for process in leftovers:
                _end(process)
        time.sleep(PAUSE)
    for stale in (cluster.data / "postmaster.pid", cluster.sockets / f".s.PGSQL.{PORT}.lock"):
        stale.unlink(missing_ok=True)


def _end(process: int) -> None:
    try:
        os.kill(process, signal.SIGQUIT)
    except ProcessLookupError:
        return


def _is_zombie(entry: Path) -> bool:
    return (entry / "stat").read_text(errors="replace").rpartition(")")[2].split()[0] == "Z"
