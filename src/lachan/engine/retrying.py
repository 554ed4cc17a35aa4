"""When a message that a server did not take is tried again."""

from datetime import datetime, timedelta

GIVE_UP_AFTER = timedelta(days=5)  # RFC 5321, 4.5.4.1: "the give-up time generally needs to be at least 4-5 days"
LONGEST_PAUSE = 60  # minutes


def next_try(
    *, posted_at: datetime, failed: int, now: datetime, give_up_after: timedelta = GIVE_UP_AFTER
) -> datetime | None:
    """The time of the next try after the `failed`th has failed: 1, 2, 4 … minutes from now, at most an hour.

    None: it has been tried long enough. A server that is away for a day or two costs nothing but the wait.
    """
    if now - posted_at >= give_up_after:
        return None
    return now + timedelta(minutes=min(2 ** min(failed - 1, 10), LONGEST_PAUSE))
