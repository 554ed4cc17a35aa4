"""The scene of reporting, at the moment of the cast."""

from typing import Any

import pytest


@pytest.fixture(autouse=True)
def the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """Requests see the moment of the cast."""
    from cast import NOW

    monkeypatch.setattr("lachan.foundation.http.timezone.now", lambda: NOW)


@pytest.fixture
def scene(cast: Any) -> Any:
    """A campaign among the cast: tests/scenes.py."""
    from scenes import set_up

    return set_up(cast)
