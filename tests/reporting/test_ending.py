"""A unit ended while it holds a campaign: what it holds is handed over or excused, and every count stays right."""

from datetime import timedelta

import pytest
from cascades import of, reported, submitted
from cast import DAY, NOW, Cast, hire, signed_in_as
from django.utils.html import escape
from scenes import Scene, set_up

from lachan.foundation.models import AuditEntry
from lachan.foundation.refused import Refused
from lachan.orgs.actions import close
from lachan.orgs.models import Grant, Role, Succession, Unit
from lachan.reporting.actions.ending import Ending, end_unit, excuse
from lachan.reporting.figures import OWNER, figures
from lachan.reporting.holding import holding_of
from lachan.reporting.models import Obligation
from lachan.reporting.standing import standing


@pytest.fixture
def scene(cast: Cast) -> Scene:
    return set_up(cast)


def end(scene: Scene, unit: Unit, **more: object) -> None:
    end_unit(unit, ending=Ending(**{"on": DAY, **more}), by=scene.cast.an, now=NOW)  # type: ignore[arg-type]


def counts(scene: Scene) -> tuple[int, int, int]:
    all_of_it = standing(scene.campaign, now=NOW)
    coverage = figures(scene.campaign).totals[OWNER].coverage
    assert coverage.expected == all_of_it.owed
    assert coverage.missing == all_of_it.not_reported
    return all_of_it.owed, all_of_it.not_reported, all_of_it.excused


def test_what_a_unit_holds_is_listed(scene: Scene) -> None:
    held = holding_of(scene.cast.commune)
    assert [one.campaign for one in held.open] == [scene.campaign]
    assert {grant.person for grant in held.grants} == {scene.officer, scene.head}


def test_open_work_needs_a_decision(scene: Scene) -> None:
    with pytest.raises(Refused, match="Chọn đơn vị tiếp nhận, hoặc ghi lý do"):
        end(scene, scene.cast.commune)


def test_who_may_not_end_an_operators_role_does_not_end_it_with_the_unit(scene: Scene) -> None:
    hire("Khoa", (Role.OPERATOR, scene.cast.commune))
    of_the_district = hire("Đào", (Role.COORDINATOR, scene.cast.district))
    with pytest.raises(Refused, match="vai trò của Khoa"):
        end_unit(scene.cast.commune, ending=Ending(on=DAY, because="Giải thể"), by=of_the_district, now=NOW)
    assert Grant.objects.in_force().filter(unit=scene.cast.commune, role=Role.OPERATOR).exists()


def test_an_excused_report_leaves_what_is_owed_and_is_counted_openly(scene: Scene) -> None:
    owed, missing, _ = counts(scene)
    end(scene, scene.cast.commune, because="Giải thể theo Nghị quyết 12")
    assert counts(scene) == (owed - 1, missing - 1, 1)
    debt = scene.owed(scene.cast.commune)
    assert (debt.state, debt.excused_because, debt.excused_by) == (
        "excused",
        "Giải thể theo Nghị quyết 12",
        scene.cast.an,
    )


def test_a_successor_without_the_campaign_gets_it_with_what_was_written(scene: Scene) -> None:
    submitted(of(scene.cast.commune, scene.campaign), by=scene.officer)
    before = counts(scene)
    end(scene, scene.cast.commune, successor=scene.cast.ward)
    assert counts(scene) == (before[0], before[1], 1)
    taken = scene.owed(scene.cast.ward)
    assert taken.draft == scene.owed(scene.cast.commune).draft
    assert (taken.state, taken.assignment.parent) == ("drafted", of(scene.cast.district, scene.campaign))
    assert set(taken.questions.all()) == set(scene.owed(scene.cast.commune).questions.all())


def test_a_successor_that_has_the_campaign_owes_no_second_report(scene: Scene) -> None:
    owed, *_ = counts(scene)
    end(scene, scene.cast.commune, successor=scene.cast.other_commune)
    assert counts(scene)[0] == owed - 1
    assert Obligation.objects.filter(unit=scene.cast.other_commune).count() == 1
    assert Succession.objects.get(old=scene.cast.commune).new == scene.cast.other_commune


def test_those_it_handed_the_campaign_to_answer_to_the_successor(scene: Scene) -> None:
    handed = of(scene.cast.commune, scene.campaign)
    end_of_district = of(scene.cast.district, scene.campaign)
    scene.cast.commune.versions.update(parent=scene.cast.city)
    for unit in (scene.cast.other_commune, scene.cast.township):
        end(scene, unit, because="Sáp nhập")
    end(scene, scene.cast.district, successor=scene.cast.education)
    handed.refresh_from_db()
    heir = of(scene.cast.education, scene.campaign)
    assert handed.parent == heir
    assert handed.path == f"{heir.path}{scene.cast.commune.pk}."
    assert not end_of_district.children.filter(ended_at=None).exists()
    counts(scene)


def test_without_a_successor_they_answer_to_the_level_above(scene: Scene) -> None:
    scene.cast.commune.versions.update(parent=scene.cast.city)
    for unit in (scene.cast.other_commune, scene.cast.township):
        end(scene, unit, because="Sáp nhập")
    end(scene, scene.cast.district, because="Kết thúc cấp huyện")
    handed = of(scene.cast.commune, scene.campaign)
    assert (handed.parent, handed.path) == (None, f"{scene.cast.commune.pk}.")
    counts(scene)


def test_a_report_that_was_sent_stays_and_counts(scene: Scene) -> None:
    version = reported(of(scene.cast.commune, scene.campaign), by=scene.head)
    before = counts(scene)
    end(scene, scene.cast.commune)
    assert counts(scene) == before
    assert scene.owed(scene.cast.commune).counted == version


def test_its_people_lose_their_roles_or_take_them_along(scene: Scene) -> None:
    end(scene, scene.cast.commune, successor=scene.cast.ward, moves_people=True)
    moved = Grant.objects.in_force().filter(unit=scene.cast.ward, person__in=[scene.officer, scene.head])
    assert moved.count() == 2
    assert not Grant.objects.in_force().filter(unit=scene.cast.commune).exists()


def test_a_unit_that_leads_a_running_campaign_does_not_end(scene: Scene) -> None:
    with pytest.raises(Refused, match="đang chủ trì chiến dịch"):
        end(scene, scene.cast.department, because="x")


def test_nothing_of_an_ending_stays_when_units_stand_below(scene: Scene) -> None:
    with pytest.raises(Refused, match="Còn đơn vị trực thuộc"):
        end(scene, scene.cast.district, because="x")
    assert scene.owed(scene.cast.district).state == "owed"
    assert Grant.objects.in_force().filter(unit=scene.cast.district).exists()


def test_open_work_is_not_settled_for_a_day_to_come(scene: Scene) -> None:
    with pytest.raises(Refused, match="chưa ghi được ngày kết thúc sau hôm nay"):
        end(scene, scene.cast.commune, because="x", on=DAY + timedelta(days=30))


@pytest.mark.parametrize("what", ["itself", "ended"])
def test_a_successor_is_another_unit_that_is_there(scene: Scene, what: str) -> None:
    close(scene.cast.ward, on=DAY, by=scene.cast.an, now=NOW)
    with pytest.raises(Refused, match="Đơn vị tiếp nhận"):
        end(scene, scene.cast.commune, successor=scene.cast.commune if what == "itself" else scene.cast.ward)


def test_a_report_is_excused_once(scene: Scene) -> None:
    excuse(scene.owed(scene.cast.commune), because="x", by=scene.cast.an, now=NOW)
    with pytest.raises(Refused, match="đã được miễn"):
        excuse(scene.owed(scene.cast.commune), because="y", by=scene.cast.an, now=NOW)


def test_an_ending_leaves_its_audit_entries(scene: Scene) -> None:
    end(scene, scene.cast.commune, because="x")
    verbs = list(AuditEntry.objects.order_by("-id").values_list("verb", flat=True)[:4])
    assert verbs == ["orgs.close", "orgs.end_role", "orgs.end_role", "orgs.pass_on"]


def test_the_page_warns_of_what_the_unit_holds_and_ends_it(scene: Scene) -> None:
    page = f"/don-vi/{scene.cast.commune.pk}/ket-thuc/"
    client = signed_in_as(scene.cast.an)
    shown = client.get(page).content.decode()
    assert escape(scene.campaign.name) in shown
    assert "Giang (thủ trưởng)" in shown
    assert "ghi lý do miễn" in client.post(page, {"on": "10/03/2025"}).content.decode()
    answer = client.post(page, {"on": "10/03/2025", "because": "Giải thể"}, follow=True)
    assert "Giải thể" in answer.content.decode()


def test_an_officer_ends_no_unit(scene: Scene) -> None:
    assert signed_in_as(scene.district_officer).get(f"/don-vi/{scene.cast.commune.pk}/ket-thuc/").status_code == 403
