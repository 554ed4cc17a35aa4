"""Rates against a recount one by one, whatever happened; and over a year in which units ended."""

import random
from datetime import timedelta
from decimal import Decimal

import pytest
from cascades import a_campaign, of, reported
from cast import NOW, Cast
from fates import Fate
from pytest_django import DjangoAssertNumQueries
from reform import merge
from regimes import a_pattern, in_force

from lachan.campaigns.models import Assignment, Regime
from lachan.engine.drafts import Page
from lachan.engine.rates import Tally
from lachan.reporting.actions import regimes, returns
from lachan.reporting.actions.ending import Ending, end_unit
from lachan.reporting.models import Obligation, Question, Return
from lachan.reporting.rates import rates_by_branch, rates_of_year, together


def recount(obligations: list[Obligation]) -> Tally:
    total = Tally()
    for one in obligations:
        if one.excused_at:
            total += Tally(excused=1)
        elif one.counted:
            counted = one.counted
            total += Tally(1, 1, int(not one.is_late), int(not counted.is_empty), int(counted.is_valid))
        else:
            total += Tally(1)
    return total


@pytest.mark.parametrize("seed", range(4))
def test_rates_equal_a_recount_of_every_branch(cast: Cast, seed: int) -> None:
    chance = random.Random(seed)
    campaign = Fate(cast, chance).cascade()
    for version in Return.objects.all():
        if chance.random() < 0.3:
            Return.objects.filter(pk=version.pk).update(is_valid=False, is_empty=chance.random() < 0.5)
    for debt in Obligation.objects.filter(counted=None).order_by("?")[:3]:
        Obligation.objects.filter(pk=debt.pk).update(excused_at=NOW, state=Obligation.State.EXCUSED)
    owed = list(Obligation.objects.filter(form__campaign=campaign).select_related("assignment", "counted"))
    rows = rates_by_branch(campaign)
    for row in rows:
        top = Assignment.objects.get(pk=row.assignment)
        assert row.tally == recount([one for one in owed if one.assignment.path.startswith(top.path)])
    assert together(rows) == recount(owed)


def test_the_price_does_not_grow_with_the_units(cast: Cast, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    campaign = Fate(cast, random.Random(1)).cascade()
    with django_assert_num_queries(2):
        rates_by_branch(campaign)


YEARS_END = NOW + timedelta(days=300)


@pytest.fixture
def regime(cast: Cast) -> Regime:
    return in_force(a_pattern(cast))


def test_a_unit_that_ended_mid_year_is_expected_only_while_it_lived(cast: Cast, regime: Regime) -> None:
    march = regime.rounds.get()
    for unit in (cast.city, cast.ward):
        reported(of(unit, march), by=cast.an)
    end_unit(cast.ward, ending=Ending(on=NOW.date(), successor=cast.city), by=cast.an, now=NOW)
    given = [regimes.give_next(regime, period=f"2025-0{month}", by=cast.an, now=NOW) for month in (4, 5)]
    reported(of(cast.city, given[0]), by=cast.an)
    year = rates_of_year(regime, 2025, YEARS_END)
    branches = {row.name: row.tally for row in year.branches}
    city = branches["Thành phố Lam Giang"]
    assert (city.expected, city.received, city.rate) == (2 + 1 + 1, 3, 75)  # with the ward in March alone
    assert all(tally.rate is None or tally.rate <= 100 for tally in [year.whole, *branches.values()])
    assert year.whole == sum(branches.values(), Tally())


def test_communes_merged_before_they_reported_are_expected_once_and_excused_by_name(cast: Cast, regime: Regime) -> None:
    march = regime.rounds.get()
    assert rates_of_year(regime, 2025, YEARS_END).whole == Tally(expected=6)
    reported(of(cast.commune, march), by=cast.an)
    merge(cast, cast.commune, cast.other_commune, cast.township)
    whole = rates_of_year(regime, 2025, YEARS_END).whole
    owed = list(Obligation.objects.filter(form__campaign=march).select_related("counted"))
    assert whole == recount(owed)
    assert (whole.received, whole.excused) == (1, 3)  # the two others, and the district that ended
    assert whole.rate is not None and whole.rate <= 100


def test_a_year_without_a_round_has_no_rate(regime: Regime, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    assert rates_of_year(regime, 2020, YEARS_END).whole.rate is None
    with django_assert_num_queries(4):
        rates_of_year(regime, 2025, YEARS_END)


def test_a_return_that_passed_only_because_its_officer_was_sure_is_not_valid(cast: Cast) -> None:
    campaign = a_campaign(cast.province, [cast.district], by=cast.an)
    number = Question.objects.get(form__campaign=campaign, kind=Question.Kind.WHOLE)
    number.maximum, number.beyond = Decimal(5), Question.Beyond.ASK
    number.save()
    sure = frozenset({number.limits.name}) if number.limits else frozenset()
    valid = []
    for typed in ("4", "6"):
        owed, page = Obligation.objects.get(form__campaign=campaign), Page(typed, sure=sure)
        made = returns.submit(owed, typed={number.key: typed}, request_key=typed, page=page, by=cast.an, now=NOW)
        valid.append(made.is_valid)
    assert valid == [True, False]
