from collections.abc import Callable
from datetime import datetime

import pytest

Clock = Callable[[datetime], None]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Requests see the moment of the cast, or the one this is called with."""
    from cast import NOW

    def at(now: datetime) -> None:
        monkeypatch.setattr("lachan.foundation.http.timezone.now", lambda: now)

    at(NOW)
    return at
