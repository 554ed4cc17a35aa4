"""The deadline: the units of a country send their returns over HTTP, through the API, while a reader looks on.

A sender repeats with the same key what was not answered, as any client should; what was sent, acknowledged and given up is
written down.
"""

import http.client
import json
import math
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from secrets import token_hex

from django.db import connection

from lachan.api.actions.tokens import TokenDraft, make_token
from lachan.campaigns.models import Assignment, Campaign
from lachan.orgs.models import Grant, Role
from lachan.project.bench.site import Served
from lachan.reporting.models import Obligation, Question
from lachan.reporting.totals import totals

SENDERS = 16  # lines at once
ANSWER_MAY_TAKE = 20.0  # seconds before a sender gives a line up
PAUSE = 0.25  # seconds before it tries again
LOOK_EVERY = 0.25  # seconds between two looks at the figures
SAMPLE_EVERY = 0.1  # seconds between two looks at who waits for whom


@dataclass
class Sent:
    """One unit's return on its way up, approved with it, and what became of it."""

    obligation: int
    headers: dict[str, str]
    body: str
    values: dict[str, int]  # by question key, as they are to be kept
    patience: float = math.inf  # tries before it is given up
    tries: int = 0
    acknowledged_at: float | None = None  # None where it was not
    took: float = 0.0  # seconds from the first try to the last answer
    refused: str = ""  # an answer that no repeating helps against


def prepare(campaign: Campaign, count: int, now: datetime) -> list[Sent]:
    """Returns that units of `campaign` owe, filled in, each with the token of its province's system."""
    questions = list(Question.objects.filter(form__campaign=campaign))
    owed = Obligation.objects.filter(form__campaign=campaign, counted=None, excused_at=None)
    tokens: dict[str, str] = {}
    made = []
    for one in owed.select_related("assignment").order_by("pk")[:count]:
        top = one.assignment.path.split(".")[0]
        tokens[top] = tokens.get(top) or _token(int(top), now)
        values = {question.key: (one.pk * 31 + question.pk * 7) % 500 for question in questions}
        body = {"answers": {question.code: values[question.key] for question in questions}, "approve": True}
        headers = {"Authorization": f"Bearer {tokens[top]}", "Idempotency-Key": token_hex(12)}
        made.append(Sent(one.pk, headers | {"Content-Type": "application/json"}, json.dumps(body), values))
    return made


def _token(unit: int, now: datetime) -> str:
    head = Grant.objects.select_related("person", "unit").get(unit=unit, role=Role.HEAD)
    draft = TokenDraft("Hệ thống của tỉnh", days=30, submits=True, approves=True, below=True)
    return make_token(head.unit, draft=draft, request_key=token_hex(8), by=head.person, now=now)[1]


@dataclass
class Sender:
    """A line to the site, opened anew when it breaks."""

    port: int
    lives: Callable[[], bool]  # whether the site may answer yet
    line: http.client.HTTPConnection | None = None

    def send(self, one: Sent) -> None:
        """Send the return until it is acknowledged, or nobody is there who could; `one` says whether it was."""
        began = time.monotonic()
        while one.tries < one.patience and self.lives():
            one.tries += 1
            status = self._post(one)
            if status == 201:
                one.acknowledged_at = time.monotonic()
                break
            if 400 <= status < 500:
                one.refused = str(status)
                break
            time.sleep(PAUSE)
        one.took = time.monotonic() - began

    def _post(self, one: Sent) -> int:
        """The status of the answer; 0 where none came."""
        try:
            self.line = self.line or http.client.HTTPConnection("127.0.0.1", self.port, timeout=ANSWER_MAY_TAKE)
            self.line.request("POST", f"/api/v1/obligations/{one.obligation}/returns", one.body, one.headers)
            answer = self.line.getresponse()
            answer.read()
        except (OSError, http.client.HTTPException):
            if self.line:
                self.line.close()
            self.line = None
            return 0
        return answer.status


def send_all(site: Served, returns: Sequence[Sent], *, seconds: float) -> float:
    """Send them evenly over that time, as fast as the site takes them where it falls behind; gives the seconds it took."""
    began, own = time.monotonic(), threading.local()

    def send(numbered: tuple[int, Sent]) -> None:
        number, one = numbered
        time.sleep(max(0.0, began + seconds * number / len(returns) - time.monotonic()))
        if not hasattr(own, "sender"):
            own.sender = Sender(site.port, site.lives)
        own.sender.send(one)

    with ThreadPoolExecutor(SENDERS) as senders:
        list(senders.map(send, enumerate(returns)))
    return time.monotonic() - began


@dataclass(frozen=True)
class Look:
    """What a reader saw: returns counted in the whole, and what was acknowledged before the look began."""

    began: float
    ended: float
    counted: int
    acknowledged: int


@dataclass
class Watch:
    """Looks at the figures of the country and of a province, and at who waits for whom in the database."""

    looks: list[Look] = field(default_factory=list)
    waits: Counter[str] = field(default_factory=Counter)
    samples: int = 0
    most_waiting: int = 0


@contextmanager
def watching(campaign: Campaign, province: Assignment, returns: Sequence[Sent]) -> Iterator[Watch]:
    """A reader looks on inside the block, and once more when it ends."""
    watch, enough = Watch(), threading.Event()
    readers = [
        threading.Thread(target=_again, args=(enough, LOOK_EVERY, lambda: _look(watch, campaign, province, returns))),
        threading.Thread(target=_again, args=(enough, SAMPLE_EVERY, lambda: _sample(watch))),
    ]
    for reader in readers:
        reader.start()
    try:
        yield watch
    finally:
        enough.set()
        for reader in readers:
            reader.join()


def _again(enough: threading.Event, every: float, do: Callable[[], None]) -> None:
    try:
        ended = False
        while not ended:
            ended = enough.wait(every)
            do()
    finally:
        connection.close()


def _look(watch: Watch, campaign: Campaign, province: Assignment, returns: Iterable[Sent]) -> None:
    acknowledged, began = sum(one.acknowledged_at is not None for one in returns), time.monotonic()
    counted = totals(campaign, None).whole.coverage.received
    totals(campaign, province)
    watch.looks.append(Look(began, time.monotonic(), counted, acknowledged))


def _sample(watch: Watch) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT query FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
        )
        waiting = [query for (query,) in cursor.fetchall()]
    watch.samples += 1
    watch.most_waiting = max(watch.most_waiting, len(waiting))
    watch.waits.update({_table(query) for query in waiting})


def _table(query: str) -> str:
    """Whose row or lock a query waits for."""
    if "advisory" in query:
        return "settling"
    return next(
        (word.strip('"') for word in query.replace("(", " ").split() if "_" in word and word.strip('"').islower()), "?"
    )


def lags(returns: Iterable[Sent], watch: Watch, before: int) -> list[float]:
    """Of every acknowledged return: seconds until a look had ended that counted as many; `before` were counted at first."""
    looks = iter(watch.looks)
    look, found = next(looks), []
    for number, at in enumerate(sorted(one.acknowledged_at for one in returns if one.acknowledged_at is not None), 1):
        while look.counted < before + number:
            look = next(looks)
        found.append(max(0.0, look.ended - at))
    return found
