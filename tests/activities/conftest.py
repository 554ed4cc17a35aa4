"""A running campaign that the commune has, the clock at the cast's moment, and files in a folder of the test's own."""

from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def scene(cast: Any, monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> Any:
    from cast import NOW
    from scenes import set_up

    monkeypatch.setattr("lachan.foundation.http.timezone.now", lambda: NOW)
    settings.MEDIA_ROOT = tmp_path
    return set_up(cast)
