"""Boundaries change: what units hold goes on, nothing reported is rewritten, and a change that nobody built on is taken back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from cascades import of, reported
from cast import DAY, NOW, Cast, found, hire, signed_in_as
from reform import LATER, THEN, communes, merge, split
from scenes import Scene, set_up

from lachan.campaigns.models import Assignment
from lachan.foundation import audit
from lachan.foundation.models import AuditEntry
from lachan.foundation.refused import Refused
from lachan.orgs.access import roles_on
from lachan.orgs.actions import Plan, change_boundaries, choose, rename, undo
from lachan.orgs.lineage import heirs_of
from lachan.orgs.models import BoundaryChange, Grant, Role, Succession, Unit, UnitVersion
from lachan.orgs.passing_on import held_by
from lachan.reporting.access import case_of
from lachan.reporting.actions import returns
from lachan.reporting.figures import OWNER, figures
from lachan.reporting.models import Obligation
from lachan.reporting.taken_over import taken_over


@pytest.fixture
def scene(cast: Cast) -> Scene:
    return set_up(cast)


def everything() -> dict[str, list[tuple[object, ...]]]:
    """All that a change writes to, row by row."""
    models = (Unit, UnitVersion, Succession, Grant, Assignment, Obligation)
    return {one.__name__: sorted(one.objects.values_list(), key=str) for one in models}


def test_units_end_and_begin_and_the_links_say_how(scene: Scene) -> None:
    new = merge(scene.cast, *communes(scene.cast))
    assert not UnitVersion.objects.on(THEN).filter(unit__in=[*communes(scene.cast), scene.cast.district]).exists()
    assert new.version_on(THEN).path == f"{scene.cast.province.pk}.{new.pk}."
    fates = heirs_of([one.pk for one in (*communes(scene.cast), scene.cast.district)], THEN)
    assert {fates[one.pk].sole for one in communes(scene.cast)} == {new.pk}
    assert fates[scene.cast.district.pk].is_abolished


def test_three_debts_are_one_debt_of_the_new_unit(scene: Scene) -> None:
    new = merge(scene.cast, *communes(scene.cast))
    assert scene.owed(new).assignment.path == f"{new.pk}."
    assert {scene.owed(one).state for one in communes(scene.cast)} == {"excused"}
    assert set(scene.owed(new).questions.all()) == set(scene.owed(scene.cast.commune).questions.all())


def test_what_was_typed_into_three_drafts_is_added_up(scene: Scene) -> None:
    for one in communes(scene.cast):
        returns.save_draft(scene.owed(one), typed=scene.typed(100, ""), by=scene.officer, now=NOW)
    new = merge(scene.cast, *communes(scene.cast))
    assert scene.owed(new).typed[scene.number.key] == "300"
    assert scene.owed(new).state == "drafted"


def test_a_debt_that_goes_to_a_unit_which_has_reported_opens_its_return_again(scene: Scene) -> None:
    version = reported(of(scene.cast.township, scene.campaign), by=scene.head)
    links = [Succession(old=scene.cast.commune, new=scene.cast.township, day=THEN, event="merged")]
    plan = Plan(name="Nhập", day=THEN, request_key="x", ended=[scene.cast.commune], events=links)
    change_boundaries(plan, by=scene.cast.an, now=LATER)
    debt = scene.owed(scene.cast.township)
    assert (debt.counted, debt.is_open, debt.asked_again_must) == (version, True, True)


def test_what_was_reported_stays_where_it_was_and_counts(scene: Scene) -> None:
    reported(of(scene.cast.commune, scene.campaign), by=scene.head)
    before = {key: row.states for key, row in figures(scene.campaign).totals.items()}[OWNER][scene.number.key].total
    path = of(scene.cast.commune, scene.campaign).path
    merge(scene.cast, *communes(scene.cast))
    assert figures(scene.campaign).totals[OWNER].states[scene.number.key].total == before
    assert of(scene.cast.commune, scene.campaign).path == path
    coverage = figures(scene.campaign).totals[OWNER].coverage
    assert coverage.received <= coverage.expected


def test_roles_go_along_with_the_unit(scene: Scene) -> None:
    new = merge(scene.cast, *communes(scene.cast))
    assert {grant.person for grant in Grant.objects.in_force().filter(unit=new)} == {scene.officer, scene.head}
    assert not Grant.objects.in_force().filter(unit=scene.cast.commune).exists()


def test_who_answers_for_the_new_unit_answers_for_what_the_old_ones_did(scene: Scene) -> None:
    new = merge(scene.cast, *communes(scene.cast))
    debt = scene.owed(scene.cast.commune)
    officer = hire("Mai", (Role.OFFICER, new))
    assert roles_on(officer, debt.unit, THEN) == {Role.OFFICER}
    assert case_of(officer, debt, THEN).is_own
    assert not case_of(hire("Khoa", (Role.OFFICER, scene.cast.ward)), debt, THEN).sides


def test_the_new_units_return_says_whose_part_it_covers(scene: Scene) -> None:
    reported(of(scene.cast.commune, scene.campaign), by=scene.head)
    assert taken_over(scene.owed(scene.cast.township)) is None
    new = merge(scene.cast, *communes(scene.cast))
    told = taken_over(scene.owed(new))
    assert told is not None
    assert (told.covered, told.counted) == (("Thị trấn Bến Đá", "Xã Gò Thấp"), ("Xã Gò Cao",))
    page = signed_in_as(scene.officer).get(scene.owed(new).get_absolute_url()).content.decode()
    assert "Không cộng lại phần của Xã Gò Cao" in page


def test_a_unit_below_goes_along_under_the_new_one(scene: Scene) -> None:
    school = found("991-TH", "Trường Tiểu học Gò Cao", "primary-school", scene.cast.commune)
    new = merge(scene.cast, *communes(scene.cast))
    version = school.version_on(THEN)
    assert (version.parent, version.path) == (new, f"{scene.cast.province.pk}.{new.pk}.{school.pk}.")
    assert school.version_on(DAY).parent == scene.cast.commune


def test_a_divided_unit_keeps_everything_until_a_person_chooses(scene: Scene) -> None:
    split(scene.cast)
    assert scene.owed(scene.cast.commune).state == "owed"
    kinds = sorted(one.key.split(":")[0] for one in held_by([scene.cast.commune.pk], THEN))
    assert kinds == ["assignment", "grant", "grant"]


def test_a_person_chooses_who_takes_over_and_says_why(scene: Scene) -> None:
    [part, _] = split(scene.cast)
    choose(scene.cast.commune, successor=part, because="Trụ sở ở Gò Thấp", by=scene.cast.an, now=LATER)
    assert held_by([scene.cast.commune.pk], THEN) == []
    assert scene.owed(scene.cast.commune).excused_because.startswith("Trụ sở ở Gò Thấp")
    assert {one.person for one in Grant.objects.in_force().filter(unit=part)} == {scene.officer, scene.head}
    assert AuditEntry.objects.get(verb="orgs.choose_successor").detail["because"] == "Trụ sở ở Gò Thấp"


def test_each_thing_may_go_to_another_part(scene: Scene) -> None:
    [one, two] = split(scene.cast)
    grants = [held.key for held in held_by([scene.cast.commune.pk], THEN) if held.key.startswith("grant")]
    terms = {"because": "Theo nơi ở", "by": scene.cast.an, "now": LATER}
    choose(scene.cast.commune, successor=one, only=grants[:1], **terms)  # type: ignore[arg-type]
    choose(scene.cast.commune, successor=two, only=grants[1:], **terms)  # type: ignore[arg-type]
    assert [Grant.objects.in_force().filter(unit=unit).count() for unit in (one, two)] == [1, 1]


def test_a_choice_is_refused_without_reason_and_outside_the_parts(scene: Scene) -> None:
    [part, _] = split(scene.cast)
    with pytest.raises(Refused, match="Ghi lý do"):
        choose(scene.cast.commune, successor=part, because=" ", by=scene.cast.an, now=LATER)
    with pytest.raises(Refused, match="một trong các đơn vị nhận"):
        choose(scene.cast.commune, successor=scene.cast.ward, because="Gần hơn", by=scene.cast.an, now=LATER)


def test_a_choice_gives_no_role_that_the_person_may_not_give(scene: Scene) -> None:
    hire("Khoa", (Role.OPERATOR, scene.cast.commune))
    of_the_district = hire("Đào", (Role.COORDINATOR, scene.cast.district))
    [part, _] = split(scene.cast)
    with pytest.raises(Refused, match="vai trò của Khoa"):
        choose(scene.cast.commune, successor=part, because="Trụ sở", by=of_the_district, now=LATER)


def test_undoing_gives_back_the_start_and_adds_to_the_trail(scene: Scene) -> None:
    reported(of(scene.cast.commune, scene.campaign), by=scene.head)
    before, entries = everything(), AuditEntry.objects.count()
    merge(scene.cast, *communes(scene.cast))
    undo(BoundaryChange.objects.get(), by=scene.cast.an, now=LATER)
    assert everything() == before
    assert AuditEntry.objects.count() == entries + 2
    assert audit.verify().fault is None


def test_a_change_undone_can_be_made_again(scene: Scene) -> None:
    merge(scene.cast, *communes(scene.cast))
    undo(BoundaryChange.objects.get(), by=scene.cast.an, now=LATER)
    assert merge(scene.cast, *communes(scene.cast)).version_on(THEN).name == "Xã Bến Đá"


@pytest.mark.parametrize("built", ["renamed", "drafted", "hired"])
def test_what_somebody_has_built_on_is_not_undone(scene: Scene, built: str) -> None:
    new = merge(scene.cast, *communes(scene.cast))
    if built == "renamed":
        rename(new, name="Xã Bến Đá Mới", on=THEN + timedelta(days=1), by=scene.cast.an, now=LATER)
    elif built == "drafted":
        returns.save_draft(scene.owed(new), typed=scene.typed(1, ""), by=scene.officer, now=LATER)
    else:
        hire("Mai", (Role.OFFICER, new))
    before = everything()
    with pytest.raises(Refused, match="sau đó đã có người làm tiếp"):
        undo(BoundaryChange.objects.get(), by=scene.cast.an, now=LATER)
    assert everything() == before


def test_sent_twice_a_change_is_made_once(scene: Scene) -> None:
    merge(scene.cast, *communes(scene.cast))
    before = everything()
    plan = Plan(name="Lần nữa", day=THEN, request_key="merge")
    assert change_boundaries(plan, by=scene.cast.an, now=LATER).name == "Sắp xếp năm 2025"
    assert everything() == before


def test_units_do_not_end_on_a_day_to_come(scene: Scene) -> None:
    plan = Plan(name="Mai", day=THEN + timedelta(days=1), request_key="x", ended=[scene.cast.commune])
    with pytest.raises(Refused, match="Ngày có hiệu lực chưa đến"):
        change_boundaries(plan, by=scene.cast.an, now=LATER)


def test_a_change_does_not_come_before_one_already_made(scene: Scene) -> None:
    rename(scene.cast.commune, name="Xã Gò Cao Mới", on=THEN, by=scene.cast.an, now=LATER)
    plan = Plan(name="Trước", day=DAY, request_key="x", ended=[scene.cast.commune])
    with pytest.raises(Refused, match="đã có thay đổi từ ngày"):
        change_boundaries(plan, by=scene.cast.an, now=LATER)
