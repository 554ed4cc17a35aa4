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
        self.called = threading.Event()  # it is done, or it is to do the next go
        self.is_done = False
        self.result: Result
        self.error: BaseException | None = None


class Together(Generic[Wish, Result]):
    """Calls `do` with as many wishes as wait at the moment. Who comes while it runs waits for the next go.

    The first of those that wait does the go for all of them, then calls the first of the next, so that who is done goes its way at
    once. When a go of several fails, each is done by itself, so that nobody is hurt by another's wish.
    """

    def __init__(self, do: Callable[[Sequence[Wish]], Sequence[Result]]) -> None:
        self._do = do
        self._guard = threading.Lock()  # of what follows
        self._waiting: deque[_Turn[Wish, Result]] = deque()
        self._is_running = False

    def __call__(self, wish: Wish) -> Result:
        turn: _Turn[Wish, Result] = _Turn(wish)
        with self._guard:
            self._waiting.append(turn)
            is_first, self._is_running = not self._is_running, True
        if not is_first:
            turn.called.wait()
        if not turn.is_done:
            try:
                self._go(self._next())
            finally:
                self._call_next()
        if turn.error is not None:
            raise turn.error
        return turn.result

    def _next(self) -> list[_Turn[Wish, Result]]:
        """Those that wait, the first of them always, as far as they go together; the others wait on in their order."""
        group: list[_Turn[Wish, Result]] = []
        others: list[_Turn[Wish, Result]] = []
        marks: set[object] = set()
        with self._guard:
            while self._waiting and len(group) < MOST:
                turn = self._waiting.popleft()
                if marks & turn.wish.marks:
                    others.append(turn)
                else:
                    group.append(turn)
                    marks |= turn.wish.marks
            self._waiting.extendleft(reversed(others))
        return group

    def _call_next(self) -> None:
        with self._guard:
            self._is_running = bool(self._waiting)
            if self._waiting:
                self._waiting[0].called.set()

    def _go(self, group: Sequence[_Turn[Wish, Result]]) -> None:
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
            turn.called.set()
