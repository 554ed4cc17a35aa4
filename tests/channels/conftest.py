from collections.abc import Iterator

import pytest
from post_office import PostOffice, post_office


@pytest.fixture
def office() -> Iterator[PostOffice]:
    with post_office() as one:
        yield one
