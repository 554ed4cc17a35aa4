"""Versions, decisions, and the figures they move."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from cascades import DUE, of
from cast import NOW
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from recounting import added_up_alike, approve, send, undone
from scenes import Scene

from lachan.campaigns import actions as campaigns
from lachan.engine.rollup import Coverage
from lachan.foundation.models import AuditEntry
from lachan.foundation.refused import Refused
from lachan.orgs.models import Unit
from lachan.reporting.actions import returns
from lachan.reporting.figures import OWNER, Figures, figures
from lachan.reporting.models import Decision, Obligation, Return
from lachan.reporting.totals import totals

State = Obligation.State


def test_a_version_is_never_written_again(scene: Scene) -> None:
    version = send(scene, scene.cast.commune, 3)
    version.values = {}
    with pytest.raises(RuntimeError, match="never changes"):
        version.save()


def test_answering_the_same_twice_makes_no_new_version(scene: Scene) -> None:
    assert send(scene, scene.cast.commune, 3, "a") == send(scene, scene.cast.commune, 3, "b")


def test_other_answers_with_a_key_used_before_are_not_lost(scene: Scene) -> None:
    first, second = send(scene, scene.cast.commune, 3, "a"), send(scene, scene.cast.commune, 4, "a")
    assert (first.number, second.number) == (1, 2)
    assert second.values[scene.number.key] == 4


def test_a_correction_before_approval_is_the_next_version(scene: Scene) -> None:
    first, second = send(scene, scene.cast.commune, 3), send(scene, scene.cast.commune, 4)
    assert (first.number, second.number) == (1, 2)


def test_approval_names_the_newest_version_and_no_older_one(scene: Scene) -> None:
    first, second = send(scene, scene.cast.commune, 3), send(scene, scene.cast.commune, 4)
    with pytest.raises(Refused, match="Đã có bản 2 mới hơn bản 1 này"):
        approve(scene, first)
    approve(scene, second)
    assert scene.owed(scene.cast.commune).counted == second


def test_approving_twice_leaves_one_decision(scene: Scene) -> None:
    version = send(scene, scene.cast.commune, 3)
    assert approve(scene, version) == approve(scene, version)
    assert version.decisions.count() == 1


def test_what_was_sent_up_is_not_typed_over(scene: Scene) -> None:
    approve(scene, send(scene, scene.cast.commune, 3))
    with pytest.raises(Refused, match="đã gửi cấp trên"):
        returns.save_draft(scene.owed(scene.cast.commune), typed=scene.typed(5), by=scene.officer, now=NOW)


def test_the_head_does_not_take_back_what_went_up(scene: Scene) -> None:
    version = send(scene, scene.cast.commune, 3)
    approve(scene, version)
    with pytest.raises(Refused, match="không còn chờ duyệt"):
        returns.send_back(version, unit=scene.cast.commune, remark="x", by=scene.head, now=NOW)


def test_the_level_above_does_not_send_back_what_has_not_gone_up(scene: Scene) -> None:
    version = send(scene, scene.cast.commune, 3)
    with pytest.raises(Refused, match="không phải bản đơn vị đã gửi lên"):
        returns.send_back(version, unit=scene.cast.district, remark="x", by=scene.district_officer, now=NOW)


def test_sending_back_without_saying_why_is_refused(scene: Scene) -> None:
    version = send(scene, scene.cast.commune, 3)
    with pytest.raises(Refused, match="Ghi rõ cần sửa gì"):
        returns.send_back(version, unit=scene.cast.commune, remark="  ", by=scene.head, now=NOW)


def test_a_version_not_approved_is_not_accepted(scene: Scene) -> None:
    version = send(scene, scene.cast.commune, 3)
    with pytest.raises(Refused, match="chưa được thủ trưởng đơn vị duyệt"):
        returns.accept(version, unit=scene.cast.district, by=scene.district_officer, now=NOW)


def test_accepting_several_names_those_that_could_not_be(scene: Scene) -> None:
    good, waiting = send(scene, scene.cast.commune, 3), send(scene, scene.cast.township, 4)
    approve(scene, good)
    accepted, refused = returns.accept_all(
        [good, waiting], unit=scene.cast.district, by=scene.district_officer, now=NOW
    )
    assert [decision.version for decision in accepted] == [good]
    assert [version for version, _reason in refused] == [waiting]


def test_a_closed_campaign_takes_no_more_returns(scene: Scene) -> None:
    campaigns.close(scene.campaign, by=scene.coordinator, now=NOW)
    with pytest.raises(Refused, match="đã kết thúc"):
        send(scene, scene.cast.commune, 3)


def test_faulty_answers_make_no_version(scene: Scene) -> None:
    with pytest.raises(returns.FaultyAnswers) as refused:
        returns.submit(scene.owed(scene.cast.commune), typed={}, request_key="k", by=scene.officer, now=NOW)
    assert [(fault.key, fault.reason) for fault in refused.value.checked.faults] == [(scene.number.key, "missing")]
    assert not Return.objects.exists()


def test_only_the_units_own_questions_are_kept_in_a_draft(scene: Scene) -> None:
    typed = scene.typed(5, "Loa hỏng") | {"999999": "not asked"}
    owed = returns.save_draft(scene.owed(scene.cast.commune), typed=typed, by=scene.officer, now=NOW)
    assert owed.typed == scene.typed(5, "Loa hỏng")


def test_every_decision_is_in_the_audit_trail(scene: Scene) -> None:
    version = send(scene, scene.cast.commune, 3)
    approve(scene, version)
    returns.accept(version, unit=scene.cast.district, by=scene.district_officer, now=NOW)
    verbs = AuditEntry.objects.filter(subject_type="reporting.return", subject_id=str(version.pk))
    assert list(verbs.order_by("id").values_list("verb", flat=True)) == [
        "reporting.submit",
        "reporting.approved",
        "reporting.accepted",
    ]


def test_figures_and_coverage_follow_each_step(scene: Scene) -> None:
    def seen() -> tuple[object, Coverage]:
        known = figures(scene.campaign)
        return known.value(OWNER, scene.number), known.coverage(OWNER)

    nothing = (None, Coverage(expected=6))
    assert seen() == nothing
    version = send(scene, scene.cast.commune, 3)
    assert seen() == nothing
    approve(scene, version)
    assert seen() == (3, Coverage(expected=6, received=1))
    returns.send_back(version, unit=scene.cast.district, remark="x", by=scene.district_officer, now=NOW)
    assert seen() == nothing
    approve(scene, send(scene, scene.cast.commune, 0))
    assert seen() == (0, Coverage(expected=6, received=1, empty=1))


def test_a_return_sent_up_in_time_stays_in_time_when_it_is_corrected_later(scene: Scene) -> None:
    first = send(scene, scene.cast.commune, 3)
    approve(scene, first)
    returns.send_back(first, unit=scene.cast.district, remark="x", by=scene.district_officer, now=NOW)
    returns.approve(send(scene, scene.cast.commune, 4), by=scene.head, now=DUE + timedelta(days=1))
    assert figures(scene.campaign).coverage(OWNER).late == 0


def test_a_late_return_shows_in_the_coverage_of_every_branch_above(scene: Scene) -> None:
    returns.approve(send(scene, scene.cast.commune, 3), by=scene.head, now=DUE + timedelta(minutes=1))
    known = figures(scene.campaign)
    district = scene.owed(scene.cast.district).assignment_id
    assert known.coverage(OWNER).late == known.coverage(district).late == 1
    assert known.state(district, scene.number).coverage == Coverage(expected=4, received=1, late=1)


def test_a_question_left_blank_shows_in_its_own_coverage(scene: Scene) -> None:
    approve(scene, send(scene, scene.cast.commune, 3))
    known = figures(scene.campaign)
    assert known.state(OWNER, scene.words).coverage == Coverage(expected=6, received=1, empty=1)
    assert known.state(OWNER, scene.number).coverage == Coverage(expected=6, received=1)


@dataclass
class Book:
    """What one unit's return should be, kept by hand."""

    sent: list[int] = field(default_factory=list)
    waiting: bool = False
    counted: int | None = None  # place in `sent`
    decisions: int = 0


STEPS = ("submit", "approve newest", "approve oldest", "head sends back", "above sends back", "accept")


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.tuples(st.integers(0, 3), st.sampled_from(STEPS), st.integers(0, 99)), max_size=18))
def test_figures_equal_a_recount_after_any_steps(scene: Scene, steps: list[tuple[int, str, int]]) -> None:
    units = [scene.cast.district, scene.cast.commune, scene.cast.township, scene.cast.press]
    with undone():
        books = [Book() for _ in units]
        for place, step, number in steps:
            take_step(scene, units[place], books[place], step, number)
            agree(scene, units, books)


def take_step(scene: Scene, unit: Unit, book: Book, step: str, number: int) -> None:
    """Do it, and write in the book what should come of it."""
    if step == "submit":
        if book.counted is None and (not book.waiting or book.sent[-1] != number):
            book.sent.append(number)
            book.waiting = True
        with suppress(Refused):
            send(scene, unit, number)
        return
    versions = list(scene.owed(unit).returns.order_by("number"))
    if not versions:
        return
    do, may = deciding(scene, unit, book, step)
    version = versions[0 if step == "approve oldest" else -1]
    if may and (step != "approve oldest" or len(versions) == 1):
        do(version)
        return
    with suppress(Refused):
        do_only(scene, unit, step, version)


def deciding(scene: Scene, unit: Unit, book: Book, step: str) -> tuple[Callable[[Return], None], bool]:
    newest = len(book.sent) - 1
    may = {
        "approve newest": book.waiting,
        "approve oldest": book.waiting,
        "head sends back": book.waiting,
        "above sends back": book.counted == newest,
        "accept": book.counted == newest and scene.owed(unit).state == State.APPROVED,
    }[step]

    def do(version: Return) -> None:
        do_only(scene, unit, step, version)
        book.decisions += 1
        book.waiting = False
        if step.startswith("approve"):
            book.counted = newest
        elif step.endswith("sends back"):
            book.counted = None

    return do, may


def do_only(scene: Scene, unit: Unit, step: str, version: Return) -> None:
    above = scene.owed(unit).assignment.dispatch.unit
    if step.startswith("approve"):
        approve(scene, version)
    elif step == "accept":
        returns.accept(version, unit=above, by=scene.coordinator, now=NOW)
    else:
        side = unit if step == "head sends back" else above
        returns.send_back(version, unit=side, remark="sửa", by=scene.coordinator, now=NOW)


def agree(scene: Scene, units: list[Unit], books: list[Book]) -> None:
    """The figures, their coverage and the decisions are what the books say."""
    known: Figures = figures(scene.campaign)
    for top in (None, of(scene.cast.district, scene.campaign)):
        added_up_alike(known, top, totals(scene.campaign, top))
    counted = [book.sent[book.counted] for book in books if book.counted is not None]
    assert known.value(OWNER, scene.number) == (sum(counted) if counted else None)
    assert known.coverage(OWNER).received == len(counted)
    assert Decision.objects.count() == sum(book.decisions for book in books)
    for unit, book in zip(units, books, strict=True):
        owed = scene.owed(unit)
        assert list(owed.returns.order_by("number").values_list("values", flat=True)) == [
            {scene.number.key: number} for number in book.sent
        ]
        if owed.counted:
            newest_approval = Decision.objects.filter(version__obligation=owed, verdict="approved").latest("id")
            assert newest_approval.version == owed.counted
        assert (owed.counted.number - 1 if owed.counted else None) == book.counted


def test_what_is_excused_leaves_both_ways_of_adding_up(scene: Scene) -> None:
    approve(scene, send(scene, scene.cast.commune, 3))
    Obligation.objects.filter(unit=scene.cast.township).update(excused_at=NOW, state=Obligation.State.EXCUSED)
    added, known = totals(scene.campaign, None), figures(scene.campaign)
    assert added.whole.coverage == Coverage(expected=5, received=1)
    added_up_alike(known, None, added)
