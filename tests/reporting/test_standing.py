"""The counts of a cascade against a recount one by one, and the price of asking."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
from cascades import DUE, a_campaign, of
from cast import NOW, Cast
from fates import Fate, founded
from pytest_django import DjangoAssertNumQueries

from lachan.campaigns.models import Assignment, Campaign
from lachan.reporting.models import Obligation
from lachan.reporting.standing import Standing, standing, standing_by_branch


def line_up(given: Assignment, every: dict[int, Assignment]) -> Iterator[int]:
    """`given` and those it came through, nearest first."""
    at: Assignment | None = given
    while at:
        yield at.pk
        at = every[at.parent_id] if at.parent_id else None


def recount(
    campaign: Campaign, inside: Callable[[Assignment, dict[int, Assignment]], bool], now: datetime
) -> list[int]:
    every = {a.pk: a for a in Assignment.objects.filter(campaign=campaign)}
    debts = {o.assignment_id: o for o in Obligation.objects.filter(form__campaign=campaign)}
    units = [a for a in every.values() if inside(a, every)]
    owing = [debts[a.pk] for a in units if a.pk in debts and debts[a.pk].excused_at is None]
    missing = [debt for debt in owing if debt.counted_id is None]
    return [
        len(units),
        sum(a.opened_at is None and a.ended_at is None for a in units),
        sum(a.received_at is None and a.ended_at is None for a in units),
        sum(a.must_pass_on for a in units),
        sum(a.must_pass_on and a.passed_on_at is None and a.ended_at is None for a in units),
        len(owing),
        len(missing),
        sum(debt.due_at < now for debt in missing),
        sum(a.pk in debts for a in units) - len(owing),
        sum(debt.is_late for debt in owing if debt.counted_id),
        sum(debt.state == Obligation.State.SENT_BACK for debt in owing),
    ]


def numbers(row: Standing) -> list[int]:
    return [
        row.assigned,
        row.not_opened,
        row.not_received,
        row.must_pass_on,
        row.not_passed_on,
        row.owed,
        row.not_reported,
        row.overdue,
        row.excused,
        row.late,
        row.sent_back,
    ]


@pytest.mark.parametrize("seed", range(8))
def test_standing_equals_a_recount_whatever_happens(cast: Cast, seed: int) -> None:
    fate = Fate(cast, random.Random(seed))
    campaign = fate.cascade()
    fate.cascade()  # another campaign, which must not be counted
    now = DUE - timedelta(days=8)
    assert numbers(standing(campaign, now=now)) == recount(campaign, lambda _a, _every: True, now)
    for top in [None, *Assignment.objects.filter(campaign=campaign)]:
        rows = {row.top: row for row in standing_by_branch(campaign, now=now, top=top)}
        branches = Assignment.objects.filter(campaign=campaign, parent=top)
        assert set(rows) == {branch.unit_id for branch in branches}
        for branch in branches:
            counted = recount(campaign, lambda a, every, pk=branch.pk: pk in line_up(a, every), now)
            assert numbers(rows[branch.unit_id]) == counted
        if top:
            below = recount(campaign, lambda a, every, pk=top.pk: pk in list(line_up(a, every))[1:], now)
            assert numbers(standing(campaign, now=now, top=top)) == below


def test_branches_stand_in_vietnamese_order(cast: Cast) -> None:
    campaign = a_campaign(cast.department, [cast.district, cast.city, cast.press, cast.education], by=cast.an)
    names = [row.name for row in standing_by_branch(campaign, now=NOW)]
    assert names == ["Báo Sông Lam", "Huyện Bến Đá", "Sở Giáo dục và Đào tạo", "Thành phố Lam Giang"]


def test_the_standing_of_nobody_is_all_zeros(cast: Cast) -> None:
    campaign = a_campaign(cast.department, [cast.press], by=cast.an)
    assert numbers(standing(campaign, now=NOW, top=of(cast.press, campaign))) == [0] * 11


@pytest.mark.parametrize("count", [3, 60])
def test_asking_costs_two_queries_however_many_units(
    cast: Cast, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    campaign = a_campaign(cast.department, founded(cast.province, "department", count), by=cast.an)
    with django_assert_num_queries(2):
        assert len(standing_by_branch(campaign, now=NOW)) == count
    with django_assert_num_queries(1):
        standing(campaign, now=NOW)
