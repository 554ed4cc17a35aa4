"""Certificates of a root that nothing trusts but the test that says so: `from certificates import PASSWORD, key_of, ROOT`."""

from datetime import UTC, datetime, timedelta
from functools import cache

from lachan.engine.signing.practice import Practice, practice_key, practice_root

PASSWORD = "mật khẩu"
FROM = datetime(2020, 1, 1, tzinfo=UTC)
UNTIL = FROM + timedelta(days=40 * 365)


@cache
def root() -> Practice:
    return practice_root("Gốc thử nghiệm", starts=FROM, ends=UNTIL)


@cache
def key_of(name: str, *, until: datetime = UNTIL) -> bytes:
    """A PKCS#12 file, locked with PASSWORD."""
    return practice_key(root(), name, PASSWORD, starts=FROM, ends=until)
