"""Periodic reports: who is asked, when a round is given out, and that it is given once."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from cascades import a_campaign, reported
from cast import NOW, Cast, found
from regimes import a_pattern, drafted, in_force, prescribed

from lachan.campaigns.models import Assignment, Campaign, Regime
from lachan.engine.periods import END_OF_MONTH
from lachan.foundation.refused import Refused
from lachan.orgs.models import Kind, Unit
from lachan.reporting.actions import forms, regimes
from lachan.reporting.actions.ending import Ending, end_unit
from lachan.reporting.applying import asked
from lachan.reporting.drafts import draft_of
from lachan.reporting.models import Form, Obligation
from lachan.reporting.past import past_of
from lachan.reporting.standing import standing

MARCH = datetime(2025, 3, 10, 2, tzinfo=UTC)  # NOW; the period of March ends on the 14th
APRIL = datetime(2025, 4, 10, 2, tzinfo=UTC)


@pytest.fixture
def pattern(cast: Cast) -> Campaign:
    """The campaign whose form is taken over."""
    return a_pattern(cast)


def units_of(campaign: Campaign) -> set[Unit]:
    return {one.unit for one in campaign.assignments.select_related("unit")}


def test_switching_on_gives_out_the_round_whose_day_has_come(cast: Cast, pattern: Campaign) -> None:
    (march,) = in_force(pattern).rounds.all()
    assert (march.name, march.period) == ("Báo cáo phòng, chống lừa đảo – Tháng 3/2025", "2025-03")
    assert (march.starts_on, march.ends_on) == (date(2025, 2, 15), date(2025, 3, 14))
    assert march.report_due == datetime(2025, 3, 19, 10, tzinfo=UTC)  # 17 giờ on Wednesday
    assert units_of(march) == {cast.district, cast.city, cast.commune, cast.other_commune, cast.township, cast.ward}


def test_a_round_goes_along_the_tree_and_waits_for_nobody(cast: Cast, pattern: Campaign) -> None:
    march = in_force(pattern).rounds.get()
    commune = Assignment.objects.select_related("parent__unit", "dispatch__unit").get(campaign=march, unit=cast.commune)
    assert commune.parent and commune.parent.unit == commune.dispatch.unit == cast.district
    assert commune.path == f"{cast.district.pk}.{cast.commune.pk}."
    total = standing(march, now=NOW)
    assert (total.assigned, total.owed, total.not_received, total.not_passed_on) == (6, 6, 0, 0)


def test_what_was_given_out_is_not_given_out_again(pattern: Campaign) -> None:
    regime = in_force(pattern)
    before = Obligation.objects.count()
    assert regimes.give_out(regime, now=MARCH + timedelta(days=3)) == []
    assert Obligation.objects.count() == before


def test_after_weeks_without_a_worker_every_period_is_given_out(pattern: Campaign) -> None:
    regime = in_force(pattern)
    made = regimes.give_out(regime, now=datetime(2025, 6, 5, 2, tzinfo=UTC))
    assert [one.period for one in made] == ["2025-04", "2025-05", "2025-06"]


def test_the_next_round_has_the_form_as_the_last_one_had_it_in_the_end(cast: Cast, pattern: Campaign) -> None:
    regime = in_force(pattern)
    form = Form.objects.get(campaign=regime.rounds.get())
    draft = draft_of(form)
    longer = replace(draft, items=(*draft.items, replace(draft.items[0], text="Số người dự", code="")))
    forms.revise(form, longer, terms=forms.Terms(why="Thêm chỉ tiêu"), by=cast.an, now=NOW)
    (april,) = regimes.give_out(regime, now=APRIL)
    codes = [question.code for question in form.questions.all()]
    assert [question.code for question in april.form.questions.all()] == codes
    assert len(codes) == len(draft.items) + 1


def test_a_round_knows_what_was_answered_the_last_time(cast: Cast, pattern: Campaign) -> None:
    regime = in_force(pattern)
    reported(Assignment.objects.get(campaign=regime.rounds.get(), unit=cast.commune), by=cast.chi)
    (april,) = regimes.give_out(regime, now=APRIL)
    owed = Obligation.objects.get(assignment__campaign=april, unit=cast.commune)
    first = owed.questions.first()
    last = past_of(cast.commune).last(first, owed) if first else None
    assert last and last.until == date(2025, 3, 14)


def test_a_unit_that_ends_before_the_period_does_is_not_asked(cast: Cast, pattern: Campaign) -> None:
    cast.township.versions.update(valid_to=date(2025, 3, 14))
    assert cast.township not in units_of(in_force(pattern).rounds.get())


def test_a_unit_founded_later_gets_what_is_still_ahead(cast: Cast, pattern: Campaign) -> None:
    regime = in_force(pattern)
    new = found("99104", "Xã Gò Mới", "commune", cast.district)
    regimes.give_out(regime, now=NOW + timedelta(days=1))
    given = Assignment.objects.select_related("parent__unit").get(campaign=regime.rounds.get(), unit=new)
    assert given.parent and given.parent.unit == cast.district
    assert Obligation.objects.filter(assignment=given).exists()


def test_a_round_given_out_loses_nobody_and_takes_in_who_owes_it_now(cast: Cast, pattern: Campaign) -> None:
    regime = in_force(pattern, within=[cast.district])
    regime = regimes.amend(regime, draft=drafted(within=[cast.city]), by=cast.an, now=NOW)
    regimes.give_out(regime, now=NOW)
    assert units_of(regime.rounds.get()) > {cast.district, cast.commune, cast.ward}


def test_a_unit_founded_after_the_period_owes_nothing_for_it(cast: Cast, pattern: Campaign) -> None:
    regime = in_force(pattern)
    new = found("99104", "Xã Gò Mới", "commune", cast.district)
    regimes.give_out(regime, now=MARCH + timedelta(days=6))
    assert new not in units_of(regime.rounds.get(period="2025-03"))


def test_a_unit_that_began_in_the_period_is_asked_by_rule(cast: Cast, pattern: Campaign) -> None:
    Unit.objects.filter(pk=cast.ward.pk).update(valid_from=date(2025, 3, 1))
    period = prescribed(pattern).period_of(MARCH.date())
    assert cast.ward in {one.unit for one in asked(prescribed(pattern), period)}
    assert cast.ward not in {one.unit for one in asked(prescribed(pattern, newcomers=False), period)}


def test_places_narrow_and_exceptions_take_out(cast: Cast, pattern: Campaign) -> None:
    regime = in_force(pattern, within=[cast.district], but=[cast.commune])
    assert units_of(regime.rounds.get()) == {cast.district, cast.other_commune, cast.township}


def test_the_next_round_can_be_given_out_by_hand_once(cast: Cast, pattern: Campaign) -> None:
    regime = in_force(pattern)
    april = regimes.give_next(regime, period="2025-04", by=cast.an, now=NOW)
    assert regimes.give_next(regime, period="2025-04", by=cast.an, now=NOW) == april
    with pytest.raises(Refused, match="kỳ kế tiếp"):
        regimes.give_next(regime, period="2025-06", by=cast.an, now=NOW)


def test_a_regime_switched_off_gives_out_nothing_more(cast: Cast, pattern: Campaign) -> None:
    regime = regimes.switch_off(in_force(pattern), by=cast.an, now=NOW)
    assert regimes.give_out(regime, now=APRIL) == []
    assert regime.rounds.get().state == Campaign.State.RUNNING


def test_a_unit_does_not_end_while_a_report_of_its_own_comes_round(cast: Cast) -> None:
    pattern = a_campaign(cast.press, [cast.commune], by=cast.an)
    in_force(pattern)
    Campaign.objects.update(state=Campaign.State.CLOSED)
    with pytest.raises(Refused, match="báo cáo định kỳ: Báo cáo phòng, chống lừa đảo"):
        end_unit(cast.press, ending=Ending(on=NOW.date()), by=cast.an, now=NOW)


def test_nothing_comes_into_force_that_nobody_would_owe(cast: Cast, pattern: Campaign) -> None:
    regime = prescribed(pattern, kinds=[Kind.objects.get(pk="hospital")], groups=[])
    with pytest.raises(Refused, match="Không có đơn vị nào"):
        regimes.switch_on(regime, by=cast.an, now=NOW)
    regime.refresh_from_db()
    assert regime.state == Regime.State.DRAFT


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"name": "  "}, "tên báo cáo"),
        ({"last_day": 32}, "từ 1 đến 31"),
        ({"number": 0}, "từ 1 đến 31"),
        ({"opens_days": 400}, "từ 0 đến 366"),
        ({"kinds": [], "groups": []}, "ít nhất một nhóm"),
    ],
)
def test_what_cannot_be_is_refused(pattern: Campaign, changes: dict[str, Any], said: str) -> None:
    with pytest.raises(Refused, match=said):
        prescribed(pattern, **changes)


def test_the_cut_off_stays_once_a_round_was_given_out(cast: Cast, pattern: Campaign) -> None:
    regime = in_force(pattern)
    with pytest.raises(Refused, match="Đã giao kỳ đầu"):
        regimes.amend(regime, draft=drafted(last_day=END_OF_MONTH), by=cast.an, now=NOW)
    regimes.amend(regime, draft=drafted(number=5), by=cast.an, now=NOW)
    (april,) = regimes.give_out(regime, now=APRIL)
    assert april.report_due == datetime(2025, 4, 21, 10, tzinfo=UTC)  # five working days after Monday the 14th
