"""The two installations of tests/exchange/installations.py."""

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest


@pytest.fixture(scope="session")
def furnished(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Any, Any]]:
    """A province and its ministry, which know each other's keys."""
    from installations import befriend, furnish_ministry, furnish_province, installed

    folder = tmp_path_factory.mktemp("installations")
    with ExitStack() as stack:
        with django_db_blocker.unblock():
            province = stack.enter_context(installed("song_lam", folder / "province"))
            ministry = stack.enter_context(installed("bo_tttt", folder / "ministry"))
            with province.open():
                furnish_province(province)
            with ministry.open():
                furnish_ministry(ministry)
            befriend(province, ministry)
        yield province, ministry
        stack.enter_context(django_db_blocker.unblock())


@pytest.fixture
def two(furnished: tuple[Any, Any], db: None) -> Iterator[tuple[Any, Any]]:
    """The two for one test."""
    with furnished[0].for_one_test(), furnished[1].for_one_test():
        yield furnished
