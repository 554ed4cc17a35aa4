"""The scene of the tests of reporting."""

from typing import Any

import pytest


@pytest.fixture
def scene(cast: Any) -> Any:
    """A campaign among the cast: tests/reporting/scenes.py."""
    from scenes import set_up

    return set_up(cast)
