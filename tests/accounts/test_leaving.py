"""Somebody leaves a unit or altogether: nothing is lost, and they are out at once."""

import pytest
from cast import NOW, Cast, hire, signed_in_as
from scenes import Scene, set_up
from signing_in import log_in

from lachan.accounts.actions import Leaving, leave_unit
from lachan.foundation.models import AuditEntry
from lachan.foundation.refused import Refused
from lachan.orgs.models import Grant, Person, Role
from lachan.reporting.actions.returns import save_draft
from lachan.reporting.actions.sharing import share
from lachan.reporting.models import Share


@pytest.fixture
def scene(cast: Cast) -> Scene:
    return set_up(cast)


def page_of(scene: Scene, person: Person) -> str:
    return f"/don-vi/{scene.cast.commune.pk}/nguoi/{person.pk}/roi-don-vi/"


def roles(person: Person) -> set[str]:
    return set(Grant.objects.in_force().filter(person=person).values_list("role", flat=True))


def leave(scene: Scene, **how: object) -> None:
    leave_unit(scene.officer, scene.cast.commune, Leaving(**how), by=scene.cast.an, now=NOW)  # type: ignore[arg-type]


def test_a_leavers_draft_is_shown_and_a_colleague_goes_on_with_it(scene: Scene) -> None:
    owed = scene.owed(scene.cast.commune)
    save_draft(owed, typed=scene.typed(41, "Loa hỏng"), by=scene.officer, now=NOW)
    coordinator = signed_in_as(scene.cast.an)
    assert "Bản nháp báo cáo" in coordinator.get(page_of(scene, scene.officer)).content.decode()
    colleague = hire("Hạnh", (Role.OFFICER, scene.cast.commune))
    coordinator.post(page_of(scene, scene.officer), {"to": ""})
    shown = signed_in_as(colleague).get(f"/bao-cao/{owed.pk}/").content.decode()
    assert "Loa hỏng" in shown
    signed_in_as(colleague).post(f"/bao-cao/{owed.pk}/", scene.posted(42, "Loa hỏng"))
    owed.refresh_from_db()
    assert owed.returns.get().submitted_by == colleague


def test_what_the_leaver_wrote_stays_under_their_name(scene: Scene) -> None:
    owed = scene.owed(scene.cast.commune)
    save_draft(owed, typed=scene.typed(41), by=scene.officer, now=NOW)
    leave(scene, closes=True)
    owed.refresh_from_db()
    assert owed.draft_saved_by is not None
    assert owed.draft_saved_by.name == "Chi"


def test_a_leaver_is_signed_out_everywhere_at_once(scene: Scene) -> None:
    clients = [log_in(scene.officer), log_in(scene.officer)]
    leave(scene)
    assert [one.get("/tai-khoan/").status_code for one in clients] == [302, 302]


def test_a_leaver_with_a_role_elsewhere_signs_in_again(scene: Scene) -> None:
    Grant.objects.create(
        person=scene.officer, role=Role.OFFICER, unit=scene.cast.ward, given_by=scene.cast.an, given_at=NOW
    )
    leave(scene)
    client = log_in(scene.officer)
    assert client.get(f"/don-vi/{scene.cast.ward.pk}/").status_code == 200
    assert roles(scene.officer) == {Role.OFFICER}


def test_whoever_leaves_altogether_does_not_come_back(scene: Scene) -> None:
    leave(scene, closes=True)
    assert log_in(scene.officer).get("/tai-khoan/").status_code == 302


def test_the_roles_go_to_a_colleague_when_wished(scene: Scene) -> None:
    leave(scene, to=scene.head, with_roles=True)
    assert roles(scene.head) == {Role.HEAD, Role.OFFICER}
    assert AuditEntry.objects.get(verb="accounts.leave").detail["to"] == scene.head.pk


def test_lines_of_a_return_given_to_a_leaver_pass_to_a_colleague(scene: Scene) -> None:
    owed = scene.owed(scene.cast.commune)
    share(owed, person=scene.officer, questions=[scene.number.pk], due_on=None, by=scene.head, now=NOW)
    shown = signed_in_as(scene.cast.an).get(page_of(scene, scene.officer)).content.decode()
    assert "Phần báo cáo được giao" in shown
    leave(scene, to=scene.head)
    [given] = Share.objects.in_force()
    assert (given.person, [one.pk for one in given.questions.all()]) == (scene.head, [scene.number.pk])


def test_nobody_outside_the_unit_is_handed_anything(scene: Scene) -> None:
    with pytest.raises(Refused):
        leave(scene, to=scene.cast.dung, with_roles=True)
    assert roles(scene.officer) == {Role.OFFICER}


def test_the_page_warns_when_a_role_or_everybody_would_be_gone(scene: Scene) -> None:
    coordinator = signed_in_as(scene.cast.an)
    assert "Đơn vị sẽ thiếu vai trò" in coordinator.get(page_of(scene, scene.head)).content.decode()
    leave(scene)
    assert "Người cuối cùng của đơn vị" in coordinator.get(page_of(scene, scene.head)).content.decode()


def test_a_coordinator_does_not_let_an_operator_go(scene: Scene) -> None:
    coordinator = hire("Em", (Role.COORDINATOR, scene.cast.province))
    with pytest.raises(Refused):
        leave_unit(scene.cast.an, scene.cast.province, Leaving(), by=coordinator, now=NOW)
    assert Role.OPERATOR in roles(scene.cast.an)


def test_an_account_with_a_role_beyond_ones_reach_is_not_closed(scene: Scene) -> None:
    Grant.objects.create(
        person=scene.officer, role=Role.OFFICER, unit=scene.cast.ward, given_by=scene.cast.an, given_at=NOW
    )
    coordinator = hire("Em", (Role.COORDINATOR, scene.cast.district))
    with pytest.raises(Refused):
        leave_unit(scene.officer, scene.cast.commune, Leaving(closes=True), by=coordinator, now=NOW)
    assert roles(scene.officer) == {Role.OFFICER}


def test_an_officer_lets_nobody_go(scene: Scene) -> None:
    assert signed_in_as(scene.district_officer).post(page_of(scene, scene.officer)).status_code == 403


def test_leaving_twice_changes_nothing(scene: Scene) -> None:
    leave(scene)
    leave(scene)
    assert AuditEntry.objects.filter(verb="accounts.leave").count() == 1
