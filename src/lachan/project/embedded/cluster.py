"""One cluster on disk: made once, checked at each start."""

import fcntl
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from lachan.project.embedded.account import Account, account_for
from lachan.project.embedded.binaries import Binaries, find, system_folders, usable_by_others
from lachan.project.embedded.launch import watched
from lachan.project.embedded.refusal import EmbeddedRefused
from lachan.project.places import PORT, cluster_home, socket_folder

LOG_LIMIT = 10 * 2**20  # bytes; a longer log is set aside once at the next start
ADMINISTRATOR = "postgres"
NAME = "lachan"  # of the role and of the database


@dataclass(frozen=True)
class Cluster:
    """A cluster below a var folder. `durable=False` (no fsync) is for tests, whose data nobody needs after a power cut."""

    var: Path
    durable: bool = True

    @property
    def home(self) -> Path:
        return cluster_home(self.var)

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def sockets(self) -> Path:
        return socket_folder(self.home)

    @property
    def log(self) -> Path:
        return self.home / "postgres.log"

    @property
    def url(self) -> str:
        """For psql and the like; Django gets the same from its settings."""
        return f"postgresql://{NAME}@/{NAME}?host={self.sockets}&port={PORT}"

    def connect(self, *, role: str = ADMINISTRATOR, database: str = "postgres") -> psycopg.Connection:
        """A new connection that commits by itself. Raises psycopg.OperationalError where the server does not answer."""
        return psycopg.connect(
            host=str(self.sockets), port=PORT, user=role, dbname=database, autocommit=True, connect_timeout=5
        )

    def answers(self) -> bool:
        """Whether a server lets us in, tried really."""
        try:
            self.connect().close()
        except psycopg.OperationalError:
            return False
        return True

    @contextmanager
    def starting(self) -> Iterator[None]:
        """Held by whoever starts the server or makes the folder, so that two starts come one after the other."""
        self.var.mkdir(parents=True, exist_ok=True)
        with (self.var / "postgres.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def prepare(self) -> tuple[Account, Binaries]:
        """Makes the folders and, the first time, the data. Raises EmbeddedRefused where the data cannot be used."""
        binaries = find()
        account = account_for(self.home)
        home = self.home
        if not home.parent.exists():
            home.parent.mkdir(parents=True)
            home.parent.chmod(0o755)  # ours, and the account must pass through it
        _own(home, account)
        link = self.var / "postgres"
        if home != link.resolve():
            link.unlink(missing_ok=True)  # a link to a place that is gone
            link.symlink_to(home)
        _own(self.sockets, account)
        if os.geteuid() == 0:
            binaries = usable_by_others(binaries, home)
        if self.data.exists():
            self._check_version(binaries)
        else:
            self._initialise(account, binaries)
        return account, binaries

    def command(self, account: Account, *words: str | Path) -> list[str]:
        """The words that run a program as the account, stopped with the process that starts it."""
        return watched(list(map(str, words)), uid=account.uid, gid=account.gid)

    def ensure_role_and_database(self) -> None:
        """The role `lachan`, without rights over the server, and its database."""
        with self.connect() as connection:
            if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [NAME]).fetchone():
                connection.execute(f"CREATE ROLE {NAME} LOGIN CREATEDB")
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME]).fetchone():
                connection.execute(f"CREATE DATABASE {NAME} OWNER {NAME}")

    def open_log(self) -> int:
        """A file descriptor to append to the log; a log over 10 MB is set aside as postgres.log.1."""
        if self.log.exists() and self.log.stat().st_size > LOG_LIMIT:
            self.log.replace(self.log.with_suffix(".log.1"))
        return os.open(self.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    def _initialise(self, account: Account, binaries: Binaries) -> None:
        # It becomes `data` only when complete, so that a first start cut short leaves no half folder.
        draft = self.home / "data.new"
        shutil.rmtree(draft, ignore_errors=True)
        words = [
            "--encoding=UTF8",
            "--data-checksums",
            "--auth=trust",
            f"--username={ADMINISTRATOR}",
            *_locale(binaries),
        ]
        if not self.durable:
            words.append("--no-sync")
        command = self.command(account, binaries.folder / "initdb", "-D", draft, *words)
        done = subprocess.run(
            command, env=environment(), cwd="/", umask=0o077, check=False, capture_output=True, text=True
        )
        if done.returncode:
            raise EmbeddedRefused(
                f"Không tạo được thư mục dữ liệu {self.data}. PostgreSQL báo: {done.stderr.strip()}",
                f"The data folder {self.data} could not be made. PostgreSQL says the above.",
            )
        draft.rename(self.data)

    def _check_version(self, binaries: Binaries) -> None:
        noted = self.data / "PG_VERSION"
        if not noted.exists():
            raise EmbeddedRefused(
                f"Thư mục {self.data} thiếu tệp PG_VERSION, không phải dữ liệu PostgreSQL nguyên vẹn. "
                f"Khôi phục thư mục từ bản sao lưu, hoặc xóa nó để bắt đầu với dữ liệu trống.",
                f"The folder {self.data} has no PG_VERSION; it is not whole. Restore it from a backup, or remove it.",
            )
        made_by = noted.read_text().strip()
        if made_by == str(binaries.major):
            return
        old = next(
            (folder for folder in system_folders() if folder.parent.name == made_by),
            Path(f"…/postgresql/{made_by}/bin"),
        )
        raise EmbeddedRefused(
            f"Dữ liệu trong {self.data} thuộc PostgreSQL {made_by}, chương trình đang dùng là PostgreSQL {binaries.version}. "
            f"Dữ liệu còn nguyên. Chạy lại với LACHAN_POSTGRES_BIN={old} để dùng tiếp và sao lưu (pg_dump); "
            f"nếu không cần dữ liệu này, "
            f"xóa {self.data}; hoặc đặt DATABASE_URL để dùng máy chủ PostgreSQL riêng.",
            f"The data in {self.data} is of PostgreSQL {made_by}, the programs are PostgreSQL {binaries.version}. "
            f"Nothing was changed. Run with LACHAN_POSTGRES_BIN={old} to go on and to back up (pg_dump); "
            f"if the data is not needed, "
            f"remove {self.data}; or set DATABASE_URL to use a PostgreSQL server.",
        )


def environment() -> dict[str, str]:
    """What the server's programs see: nothing of ours, least of all PGDATA or PGPORT."""
    return {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TZ": "UTC"}


def _locale(binaries: Binaries) -> list[str]:
    if binaries.major >= 17:
        return ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
    return ["--locale=C"]


def _own(folder: Path, account: Account) -> None:
    """Makes the folder for the account alone; one that exists is only checked, never changed."""
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError:
        there = folder.lstat()
        if folder.is_symlink() or there.st_uid != account.uid or there.st_mode & 0o077:
            raise EmbeddedRefused(
                f"Thư mục {folder} phải thuộc riêng tài khoản {account.name} (chmod 700). Sửa quyền hoặc xóa thư mục rồi chạy lại.",
                f"The folder {folder} must belong to the account {account.name} alone (chmod 700). Correct it or remove it.",
            ) from None
    else:
        if os.geteuid() == 0:
            os.chown(folder, account.uid, account.gid)


def last_words(log: Path) -> str:
    """The last line of trouble in the log, without its time stamp."""
    lines = log.read_text(errors="replace").splitlines() if log.exists() else []
    trouble = [line for line in lines[-50:] if re.search(r"FATAL|PANIC|HINT|error", line)]
    return " / ".join(re.sub(r"^.*?(FATAL|PANIC|HINT)", r"\1", line) for line in trouble[-2:])
