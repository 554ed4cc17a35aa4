"""Several people press at one moment."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

from django.db import connection

from lachan.foundation.refused import Refused


def at_once(presses: Sequence[Callable[[], object]]) -> list[str]:
    """What each hears: "done", or why not."""

    def press(do: Callable[[], object]) -> str:
        try:
            do()
        except Refused as refused:
            return str(refused)
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(presses)) as people:
        return sorted(people.map(press, presses))
