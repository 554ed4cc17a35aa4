"""The figures kept ready are those of the returns, whichever way something changed."""

from collections.abc import Callable

from cast import NOW
from django.db import connection
from django.db.models import F, Value
from django.db.models.functions import Concat, Substr
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from recounting import added_up_alike, approve, send, undone
from scenes import Scene, of

from lachan.campaigns.models import Assignment, Campaign
from lachan.engine.rollup import Coverage
from lachan.orgs.models import Unit
from lachan.reporting.actions import returns
from lachan.reporting.figures import figures
from lachan.reporting.models import BranchFigures, Obligation, Unsettled
from lachan.reporting.settling import settle, settle_all, with_below
from lachan.reporting.totals import totals


def agree(campaign: Campaign) -> None:
    """Every branch's kept figures equal a recount from the returns."""
    known = figures(campaign)
    for top in (None, *campaign.assignments.all()):
        added_up_alike(known, top, totals(campaign, top))


def move(scene: Scene, unit: Unit, under: Unit | None) -> None:
    """The assignment of `unit`, with all below it, goes under another."""
    moved = of(unit, scene.campaign)
    parent = of(under, scene.campaign) if under else None
    Assignment.objects.filter(pk=moved.pk).update(parent=parent)
    cut = len(moved.path) - len(f"{unit.pk}.")
    new = parent.path if parent else ""
    branch = scene.campaign.assignments.filter(path__startswith=moved.path)
    branch.update(path=Concat(Value(new), Substr(F("path"), cut + 1)))


def excuse(scene: Scene, unit: Unit) -> None:
    Obligation.objects.filter(unit=unit).update(excused_at=NOW, state=Obligation.State.EXCUSED)


def ask_no_more(scene: Scene, unit: Unit) -> None:
    scene.owed(unit).questions.remove(scene.number)


def report(scene: Scene, unit: Unit) -> None:
    if scene.owed(unit).is_owed:
        approve(scene, send(scene, unit, unit.pk % 7))


def send_back(scene: Scene, unit: Unit) -> None:
    if version := scene.owed(unit).counted:
        above = Unit.objects.get(pk=of(unit, scene.campaign).superior_keys[-1])
        returns.send_back(version, unit=above, remark="x", by=scene.district_officer, now=NOW)


def end(scene: Scene, unit: Unit) -> None:
    """The assignment goes, with what is owed."""
    Obligation.objects.filter(unit=unit, returns=None).delete()
    of_unit = scene.campaign.assignments.filter(unit=unit, children=None, obligation=None)
    of_unit.delete()


CHANGES: dict[str, Callable[[Scene, Unit], None]] = {
    "reports": report,
    "sent back": send_back,
    "excused": excuse,
    "asked no more": ask_no_more,
    "under the press": lambda scene, unit: move(scene, unit, scene.cast.press),
    "under nobody": lambda scene, unit: move(scene, unit, None),
}


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.tuples(st.sampled_from(sorted(CHANGES)), st.integers(0, 2), st.booleans()), max_size=8))
def test_kept_figures_equal_a_recount_after_edits_and_moves(scene: Scene, steps: list[tuple[str, int, bool]]) -> None:
    units = [scene.cast.commune, scene.cast.township, scene.cast.other_commune]
    with undone():
        for change, place, look in steps:
            CHANGES[change](scene, units[place])
            if look:
                agree(scene.campaign)
        agree(scene.campaign)


def test_a_branch_without_its_last_unit_is_kept_no_longer(scene: Scene) -> None:
    settle(scene.campaign)
    district = of(scene.cast.district, scene.campaign)
    for below in list(district.children.all()):
        move(scene, below.unit, None)
    agree(scene.campaign)
    assert not BranchFigures.objects.filter(assignment=district).exists()


def test_a_campaign_whose_first_units_all_have_units_below_adds_up(scene: Scene) -> None:
    for unit in (scene.cast.press, scene.cast.education):
        if scene.campaign.assignments.filter(unit=unit).exists():
            move(scene, unit, scene.cast.district)
    agree(scene.campaign)


def test_an_assignment_that_goes_takes_its_figures_with_it(scene: Scene) -> None:
    settle(scene.campaign)
    end(scene, scene.cast.township)
    agree(scene.campaign)


def test_only_the_branches_above_a_change_are_made_anew(scene: Scene) -> None:
    settle(scene.campaign)
    approve(scene, send(scene, scene.cast.commune, 3))
    assert settle(scene.campaign) == 2  # its district, and the whole
    assert settle(scene.campaign) == 0


def test_looking_when_nothing_has_changed_asks_one_question(scene: Scene) -> None:
    settle(scene.campaign)
    with CaptureQueriesContext(connection) as captured:
        settle(scene.campaign)
    assert len(captured) == 1


def test_who_has_others_below_is_asked_once_for_all(scene: Scene) -> None:
    everybody = scene.campaign.assignments.all()
    with CaptureQueriesContext(connection) as captured:
        found = with_below(everybody)
    assert len(captured) == 1
    assert found == {one.pk for one in everybody if one.children.exists()}
    assert with_below(everybody.filter(pk__in=found)) == found
    assert with_below(everybody.exclude(pk__in=found)) == set()


def test_what_changes_no_figure_marks_nothing(scene: Scene) -> None:
    settle(scene.campaign)
    send(scene, scene.cast.commune, 3)
    assert not Unsettled.objects.exists()


def test_the_worker_settles_every_campaign_that_has_changed(scene: Scene) -> None:
    settle_all()
    assert not Unsettled.objects.exists()
    assert totals(scene.campaign, None).whole.coverage == Coverage(expected=6)
