"""When a message that a server did not take is tried again."""

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

GIVE_UP_AFTER = timedelta(days=5)  # RFC 5321, 4.5.4.1: "the give-up time generally needs to be at least 4-5 days"
LONGEST_PAUSE = 60  # minutes
LONGEST_ASKED = timedelta(days=1)


def next_try(
    *, posted_at: datetime, failed: int, now: datetime, give_up_after: timedelta = GIVE_UP_AFTER
) -> datetime | None:
    """The time of the next try after the `failed`th has failed: 1, 2, 4 … minutes from now, at most an hour.

    None: it has been tried long enough. A server that is away for a day or two costs nothing but the wait.
    """
    if now - posted_at >= give_up_after:
        return None
    return now + timedelta(minutes=min(2 ** min(failed - 1, 10), LONGEST_PAUSE))


def asked_pause(retry_after: str, now: datetime) -> timedelta | None:
    """How long a receiver asks to be left alone (RFC 9110, 10.2.3: seconds, or a date), from a minute to a day.

    None: it says nothing that can be read, or names a moment that has passed.
    """
    said = retry_after.strip()
    if said.isascii() and said.isdigit():
        asked = timedelta(seconds=int(said[:9]))
    else:
        try:
            until = parsedate_to_datetime(said)
        except (ValueError, TypeError, IndexError, OverflowError):
            return None
        asked = until.replace(tzinfo=until.tzinfo or UTC) - now
    return min(max(asked, timedelta(minutes=1)), LONGEST_ASKED) if asked > timedelta(0) else None
