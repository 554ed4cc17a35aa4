"""The account PostgreSQL runs as: ours, or, since it refuses root, a system account without rights."""

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from lachan.project.embedded.refusal import EmbeddedRefused


@dataclass(frozen=True)
class Account:
    name: str
    uid: int
    gid: int


def account_for(home: Path) -> Account:
    """Who runs the server of this home: the owner of what is there; else ourselves; else, for root, `postgres` or `lachan`.

    Creates the system account `lachan` when root has neither. Raises EmbeddedRefused where the files are another person's.
    """
    me = os.geteuid()
    owner = home.stat().st_uid if home.exists() else me
    if me != 0:
        if owner != me:
            raise EmbeddedRefused(
                f"Thư mục {home} thuộc tài khoản {_name(owner)}. "
                f"Chạy lại bằng tài khoản đó, hoặc đặt LACHAN_VAR sang thư mục khác.",
                f"The folder {home} belongs to the account {_name(owner)}. Run this as that account, or set LACHAN_VAR elsewhere.",
            )
        return Account(_name(me), me, os.getegid())
    if owner != 0:
        entry = pwd.getpwuid(owner)
        return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)
    return _system_account()


def _system_account() -> Account:
    for name in ("postgres", "lachan"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(name, entry.pw_uid, entry.pw_gid)
    _create()
    return _system_account()


def _create() -> None:
    sentence = (
        "PostgreSQL không chạy bằng root, và không tạo được tài khoản hệ thống 'lachan'. Tạo tài khoản đó rồi chạy lại.",
        "PostgreSQL does not run as root, and the system account 'lachan' could not be created. Create it and run this again.",
    )
    program = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin")
    if program is None:
        raise EmbeddedRefused(*sentence)
    words = [program, "--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent"]
    done = subprocess.run([*words, "--shell", "/usr/sbin/nologin", "lachan"], check=False, capture_output=True)
    if done.returncode not in (0, 9):  # 9: somebody else has just created it
        raise EmbeddedRefused(*sentence)


def _name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)
