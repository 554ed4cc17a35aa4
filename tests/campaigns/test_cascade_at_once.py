"""Two people press the button at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Any
from unittest.mock import patch

import pytest
from cascades import a_campaign, of, passed_on
from cast import NOW, Cast
from django.db import connection

from lachan.campaigns import actions
from lachan.campaigns.models import Assignment, Dispatch
from lachan.foundation.refused import Refused
from lachan.letters.models import Letter, Register
from lachan.orgs.models import Person
from lachan.reporting.actions import giving


@pytest.mark.django_db(transaction=True)
def test_passing_on_twice_at_once_hands_down_once(cast: Cast) -> None:
    given = of(cast.district, a_campaign(cast.department, [cast.district], by=cast.an))

    def press(person: Person) -> str:
        try:
            passed_on(given, [cast.commune, cast.township], by=person)
        except Refused as refused:
            return str(refused)
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(2) as people:
        said = sorted(people.map(press, [cast.binh, cast.dung]))
    assert said[1] == "done"
    assert "đều đã được giao" in said[0]
    assert Assignment.objects.filter(parent=given).count() == 2
    assert Dispatch.objects.filter(assignment=given).count() == 1
    assert Letter.objects.filter(holder=cast.district).count() == 1
    assert Register.objects.get(unit=cast.district).last == 1


@pytest.mark.django_db(transaction=True)
def test_receiving_while_a_colleague_passes_on_waits_for_its_turn(cast: Cast) -> None:
    given = of(cast.district, a_campaign(cast.department, [cast.district], by=cast.an))
    numbered, met = Event(), Event()

    def pass_on() -> None:
        """Holds still once the letter has its number, until the other has taken the assignment or waits for it."""
        real = giving.letters.issue

        def issue(**more: Any) -> Letter:
            letter = real(**more)
            numbered.set()
            met.wait(1)
            return letter

        try:
            with patch.object(giving.letters, "issue", issue):
                passed_on(given, [cast.commune], by=cast.binh)
        finally:
            connection.close()

    def receive() -> None:
        try:
            numbered.wait(10)
            actions.receive(given, by=cast.dung, now=NOW)
        finally:
            met.set()
            connection.close()

    with ThreadPoolExecutor(2) as people:
        for done in [people.submit(pass_on), people.submit(receive)]:
            done.result()
    given.refresh_from_db()
    assert given.received_by == cast.binh
    assert given.passed_on_at
