"""The key this installation signs with: a file of its own, made when it is first needed, readable by its owner only."""

import os
from pathlib import Path

from django.conf import settings

from lachan.engine.packages import new_key, public_of


def private_key() -> bytes:
    """The key as PEM. Several machines that serve one site share the file (`LACHAN_PACKAGE_KEY`)."""
    file = Path(settings.PACKAGE_KEY)
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return _made(file)


def _made(file: Path) -> bytes:
    """Whole or not at all, also when two ask at one moment: what is there first stays."""
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh, key = file.with_suffix(f".{os.getpid()}"), new_key()
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        out.write(key)
    try:
        os.link(fresh, file)
    except FileExistsError:
        key = file.read_bytes()
    finally:
        fresh.unlink()
    return key


def public_key() -> str:
    """What others register to know our packages by."""
    return public_of(private_key())
