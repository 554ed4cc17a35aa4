"""What several threads want at the same moment is done in one go: one commit for all of them, and each waits for it."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Sequence
from typing import Generic, Protocol, TypeVar


class Marked(Protocol):
    @property
    def marks(self) -> set[object]:
        """Two that have one of these in common are not done in the same go."""
        ...


Wish = TypeVar("Wish", bound=Marked)
Result = TypeVar("Result")
MOST = 64  # in one go


class _Turn(Generic[Wish, Result]):
    """One wish, and what came of it."""

    def __init__(self, wish: Wish) -> None:
        self.wish = wish
        self.is_done = False
        self.result: Result
        self.error: BaseException | None = None


class Together(Generic[Wish, Result]):
    """Calls `do` with as many wishes as wait at the moment. Who comes while it runs waits for the next go.

    When a go of several fails, each is done by itself, so that nobody is hurt by another's wish.
    """

    def __init__(self, do: Callable[[Sequence[Wish]], Sequence[Result]]) -> None:
        self._do = do
        self._waiting: deque[_Turn[Wish, Result]] = deque()
        self._running = threading.Lock()

    def __call__(self, wish: Wish) -> Result:
        turn: _Turn[Wish, Result] = _Turn(wish)
        self._waiting.append(turn)
        while not turn.is_done:
            with self._running:
                if not turn.is_done:
                    self._go(self._next())
        if turn.error is not None:
            raise turn.error
        return turn.result

    def _next(self) -> list[_Turn[Wish, Result]]:
        """Those that wait, as far as they go together; the others wait on in their order."""
        group: list[_Turn[Wish, Result]] = []
        marks: set[object] = set()
        for _place in range(min(len(self._waiting), MOST)):
            turn = self._waiting.popleft()
            if marks & turn.wish.marks:
                self._waiting.append(turn)
            else:
                group.append(turn)
                marks |= turn.wish.marks
        return group

    def _go(self, group: list[_Turn[Wish, Result]]) -> None:
        try:
            for turn, result in zip(group, self._do([turn.wish for turn in group]), strict=True):
                turn.result = result
        except Exception as error:  # noqa: BLE001 - it is raised again, in the thread whose wish it was
            if len(group) > 1:
                for turn in group:
                    self._go([turn])
                return
            group[0].error = error
        for turn in group:
            turn.is_done = True
