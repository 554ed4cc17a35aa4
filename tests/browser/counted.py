"""A page on which every click and key is counted, to say what a task costs a person.

The time is that of the keystroke-level model (Card, Moran and Newell, 1980): a key 0.28 s for an ordinary typist, a button pressed
0.2 s, pointing 1.1 s, the hand between mouse and keyboard 0.4 s, 1.35 s to make up one's mind before each act. What the machine
took in this run, from the first act to the last answer, is measured and told beside it.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from playwright.sync_api import Locator, Page

KEY, PRESS, POINT, HOME, DECIDE = 0.28, 0.2, 1.1, 0.4, 1.35


@dataclass
class Cost:
    """What one task took: acts of a person, and seconds of the machine."""

    task: str
    clicks: int = 0
    keys: int = 0
    pages: int = 0
    person: float = 0
    machine: float = 0


@dataclass
class Counted:
    """The page, and what has been done on it so far for one task."""

    page: Page
    cost: Cost
    on_keyboard: bool = False
    began: float = field(default_factory=time.perf_counter)

    def click(self, what: Locator) -> None:
        """Point at it and press; the answer is awaited."""
        before = self.page.url
        what.click()
        self._point()
        self._settle(before)

    def type(self, where: Locator, text: str) -> None:
        """Point at a control, press, and type; a control reached by Tab from the one before is typed into with `go_on`."""
        where.click()
        self._point()
        self.go_on(where, text)

    def go_on(self, where: Locator, text: str) -> None:
        """Type into the control one is in, or the next one."""
        where.fill(text)
        self.cost.keys += len(text) + 1
        self.cost.person += (0 if self.on_keyboard else HOME) + KEY * (len(text) + 1)
        self.on_keyboard = True

    def choose(self, where: Locator, file: dict[str, object]) -> None:
        """Pick a file: the button, the file, and "open"."""
        where.set_input_files(file)  # type: ignore[arg-type]  # name, mimeType, buffer
        for _act in range(3):
            self._point()

    def done(self) -> Cost:
        """The task is over: its result stands on the page."""
        self.cost.machine = time.perf_counter() - self.began
        return self.cost

    def _point(self) -> None:
        self.cost.clicks += 1
        self.cost.person += DECIDE + (HOME if self.on_keyboard else 0) + POINT + PRESS
        self.on_keyboard = False

    def _settle(self, before: str) -> None:
        self.page.wait_for_load_state("load")
        self.cost.pages += int(self.page.url != before)


def as_table(costs: Sequence[Cost]) -> list[str]:
    """Lines of Markdown, one for each task."""
    lines = ["| task | clicks | keys | new pages | a person, s | the machine, s |", "|---|---|---|---|---|---|"]
    return lines + [
        f"| {one.task} | {one.clicks} | {one.keys} | {one.pages} | {one.person:.0f} | {one.machine:.1f} |"
        for one in costs
    ]
