"""The deadline: officers send their returns over HTTP and their heads approve them, while a reader looks on.

A sender repeats with the same request key what was not answered, as any client should; what was sent, acknowledged and given up
is written down.
"""

import http.client
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from secrets import token_hex
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import connection
from django.urls import reverse

from lachan.campaigns.models import Assignment, Campaign
from lachan.orgs.models import Grant, Role
from lachan.reporting.models import Obligation, Question
from lachan.reporting.totals import totals

OFFICERS_AT_ONCE = 8
ANSWER_MAY_TAKE = 20.0  # seconds before a sender gives a line up
PAUSE = 0.25  # seconds before it tries again
LOOK_EVERY = 0.25  # seconds between two looks at the figures
SAMPLE_EVERY = 0.1  # seconds between two looks at who waits for whom


@dataclass
class Sent:
    """One unit's return on its way up, and what became of it."""

    obligation: int
    cookies: str
    submission: str
    values: dict[str, int]
    tries: int = 0
    submitted: bool = False  # acknowledged
    approved_at: float | None = None  # when its approval was acknowledged; None where it was not
    took: float = 0.0  # seconds from the first try to the last answer
    refused: str = ""  # an answer that no repeating helps against


def prepare(campaign: Campaign, count: int, now: datetime) -> list[Sent]:
    """Returns that units of `campaign` owe, filled in, each with the session of the one who sends and approves it."""
    questions = list(Question.objects.filter(form__campaign=campaign))
    owed = list(
        Obligation.objects.filter(form__campaign=campaign, counted=None, excused_at=None).order_by("pk")[:count]
    )
    officers = Grant.objects.filter(unit__in=[one.unit_id for one in owed], role=Role.OFFICER).select_related("person")
    people = {grant.unit_id: grant.person for grant in officers}
    csrf, store, sessions, made = token_hex(16), SessionStore(), [], []
    for one in owed:
        person = people[one.unit_id]
        signed_in = {
            SESSION_KEY: str(person.pk),
            BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
            HASH_SESSION_KEY: person.get_session_auth_hash(),
        }
        session = Session(token_hex(16), store.encode(signed_in), now + timedelta(days=1))
        sessions.append(session)
        values = {question.key: (one.pk * 31 + question.pk * 7) % 500 for question in questions}
        typed = {f"q{key}": str(value) for key, value in values.items()}
        body = urlencode({"csrfmiddlewaretoken": csrf, "request_key": token_hex(12), **typed})
        cookies = f"{settings.SESSION_COOKIE_NAME}={session.session_key}; {settings.CSRF_COOKIE_NAME}={csrf}"
        made.append(Sent(one.pk, cookies, body, values))
    Session.objects.bulk_create(sessions, batch_size=1000)
    return made


@dataclass
class Sender:
    """An officer's line to the site, opened anew when it breaks."""

    port: int
    tries: int  # of one request, before it is given up for now
    enough: threading.Event = field(default_factory=threading.Event)
    line: http.client.HTTPConnection | None = None

    def send(self, one: Sent) -> None:
        """Submit the return and approve it; `one` says how far that was acknowledged."""
        began = time.monotonic()
        place = self._post(one, reverse("reporting:return", args=[one.obligation]), one.submission)
        if place:
            one.submitted = True
            csrf = one.submission.partition("&")[0]
            if self._post(one, f"{place}duyet/", csrf):
                one.approved_at = time.monotonic()
        one.took = time.monotonic() - began

    def _post(self, one: Sent, address: str, body: str) -> str:
        """Where the answer leads to; empty where none came that acknowledges it."""
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": one.cookies}
        for _ in range(self.tries):
            one.tries += 1
            try:
                self.line = self.line or http.client.HTTPConnection("127.0.0.1", self.port, timeout=ANSWER_MAY_TAKE)
                self.line.request("POST", address, body=body, headers=headers)
                answer = self.line.getresponse()
                answer.read()
            except (OSError, http.client.HTTPException):
                self._hang_up()
            else:
                if answer.status == 302:
                    return answer.headers["Location"]
                if answer.status < 500:
                    one.refused = f"{address}: {answer.status}"
                    return ""
            if self.enough.wait(PAUSE):
                break
        return ""

    def _hang_up(self) -> None:
        if self.line:
            self.line.close()
        self.line = None


def send_all(port: int, returns: Sequence[Sent], *, seconds: float, tries: int) -> float:
    """Send them evenly over that time, as fast as the site takes them where it falls behind; gives the seconds it took."""
    began, own = time.monotonic(), threading.local()

    def send(numbered: tuple[int, Sent]) -> None:
        number, one = numbered
        time.sleep(max(0.0, began + seconds * number / len(returns) - time.monotonic()))
        if not hasattr(own, "sender"):
            own.sender = Sender(port, tries)
        own.sender.send(one)

    with ThreadPoolExecutor(OFFICERS_AT_ONCE) as officers:
        list(officers.map(send, enumerate(returns)))
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
    acknowledged, began = sum(one.approved_at is not None for one in returns), time.monotonic()
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
    """Of every acknowledged approval: seconds until a look had ended that counted as many; `before` were counted at first."""
    looks = iter(watch.looks)
    look, found = next(looks), []
    for number, at in enumerate(sorted(one.approved_at for one in returns if one.approved_at is not None), 1):
        while look.counted < before + number:
            look = next(looks)
        found.append(max(0.0, look.ended - at))
    return found
