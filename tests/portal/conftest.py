from collections.abc import Callable
from datetime import datetime
from typing import Any

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


@pytest.fixture
def scene(cast: Any) -> Any:
    """A campaign among the cast: tests/scenes.py."""
    from scenes import set_up

    return set_up(cast)
