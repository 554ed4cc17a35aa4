"""What was worked out is kept, for a bounded number of things. Faster than `lru_cache` where many are asked for at once."""

from collections.abc import Callable, Hashable
from typing import TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Memo(dict[K, V]):
    """A value for each key, worked out when it is first asked for. When there are `most`, all are forgotten.

    `keeps`: of which keys the value is kept; of all where nothing is said.
    """

    def __init__(
        self, work_out: Callable[[K], V], most: int = 20_000, keeps: Callable[[K], bool] | None = None
    ) -> None:
        super().__init__()
        self._work_out = work_out
        self._most = most
        self._keeps = keeps

    def __missing__(self, key: K) -> V:
        value = self._work_out(key)
        if self._keeps is None or self._keeps(key):
            if len(self) >= self._most:
                self.clear()
            self[key] = value
        return value
