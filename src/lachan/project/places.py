"""Where the embedded database keeps its files and its socket: pure functions of the var folder, so that whoever connects
and whoever starts it agree without asking each other."""

import hashlib
import os
import stat
from pathlib import Path

PORT = 5432  # part of the socket's file name; nothing listens on a network port
SYSTEM_FOLDER = Path("/var/lib/lachan")
LONGEST_SOCKET_PATH = 107  # bytes, a limit of Linux (sun_path in unix(7), less the closing zero)


def home() -> Path:
    """Where the running product keeps its files: LACHAN_VAR, else `var/` of the checkout, else of the working folder."""
    if "LACHAN_VAR" in os.environ:
        return Path(os.environ["LACHAN_VAR"]).resolve()
    checkout = Path(__file__).resolve().parent.parent.parent.parent
    return (checkout if (checkout / "pyproject.toml").exists() else Path.cwd()) / "var"


def cluster_home(var: Path) -> Path:
    """`var/postgres`, or for root with a private var folder `/var/lib/lachan/<hash of var>`, to which `var/postgres` then links.

    PostgreSQL refuses to run as root, and the account it runs as cannot enter a folder such as /root. What exists already decides.
    """
    link = var / "postgres"
    if link.exists():
        return link.resolve()
    if os.geteuid() == 0 and not open_to_all(var):
        return SYSTEM_FOLDER / _short_hash(var)
    return link.resolve()


def socket_folder(home: Path) -> Path:
    """The folder of the server's socket: inside its home, or, where that path is too long for a socket, under /tmp."""
    folder = home / "socket"
    if len(os.fsencode(folder / f".s.PGSQL.{PORT}")) <= LONGEST_SOCKET_PATH:
        return folder
    return Path("/tmp") / f"lachan-{_short_hash(home)}"  # noqa: S108 - its owner and mode are checked before use


def open_to_all(folder: Path) -> bool:
    """True where any account may pass through the folder and all above it. Folders that do not exist yet are left out."""
    folder = folder.resolve()
    there = [place for place in (folder, *folder.parents) if place.exists()]
    return all(place.stat().st_mode & stat.S_IXOTH for place in there)


def _short_hash(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path.resolve())).hexdigest()[:12]
