"""Two people press the button at the same moment."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from cascades import a_campaign, of, passed_on
from cast import Cast
from django.db import connection

from lachan.campaigns.models import Assignment, Dispatch
from lachan.foundation.refused import Refused
from lachan.letters.models import Letter, Register
from lachan.orgs.models import Person


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
