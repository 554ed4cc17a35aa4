"""People named in a list of units are invited when somebody asks for it, and only then."""

import pytest
from cast import DAY, NOW, Cast, hire, signed_in_as
from workbooks import HEADINGS, workbook

from lachan.channels.models import Mail
from lachan.orgs.actions import listing
from lachan.orgs.models import Grant, Person, Role, UnitList

ROWS = [["", "Thôn 1", "thôn", "", "Hà", "ha@songlam.example"], ["", "Thôn 2", "thôn", "", "", ""]]


@pytest.fixture
def written(cast: Cast) -> UnitList:
    data = workbook(ROWS, headings=(*HEADINGS, "Cán bộ phụ trách", "Email cán bộ"))
    brought, _ = listing.bring_list(root=cast.commune, data=data, name="a", applies_on=DAY, by=cast.an, now=NOW)
    listing.judge_list(brought)
    return listing.take_list(brought, by=cast.an, now=NOW)


def test_writing_a_list_invites_nobody(written: UnitList) -> None:
    assert not Person.objects.filter(email="ha@songlam.example").exists()


def test_people_are_invited_once_however_often_the_button_is_pressed(cast: Cast, written: UnitList) -> None:
    client = signed_in_as(cast.an)
    for _ in range(2):
        client.post(f"/danh-sach-don-vi/{written.pk}/moi-can-bo/")
    grant = Grant.objects.get(person__email="ha@songlam.example")
    assert (grant.role, grant.unit.name_on(DAY)) == (Role.OFFICER, "Thôn 1")
    assert Mail.objects.filter(to__contains="ha@songlam.example").count() == 1


def test_only_who_answers_for_the_branch_invites(cast: Cast, written: UnitList) -> None:
    page = f"/danh-sach-don-vi/{written.pk}/moi-can-bo/"
    assert signed_in_as(cast.binh).post(page).status_code == 403
    assert signed_in_as(hire("Em", (Role.COORDINATOR, cast.city))).post(page).status_code == 404
