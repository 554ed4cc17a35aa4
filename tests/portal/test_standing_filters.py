"""The lists of a standing hold exactly the units its numbers count, whatever they are narrowed to."""

import random
from datetime import timedelta

import pytest
from cascades import DUE
from cast import NOW, Cast
from django.http import Http404
from fates import Fate

from lachan.campaigns.models import Assignment, Campaign
from lachan.portal.standing_filters import STATES, Filters, condition, filters_in, in_words, kind_choices
from lachan.reporting.days import by_day
from lachan.reporting.standing import standing, standing_by_branch, under

WHEN = DUE - timedelta(days=4)
COUNTED = [state for state in STATES if state.count]


@pytest.fixture
def campaign(cast: Cast, request: pytest.FixtureRequest) -> Campaign:
    return Fate(cast, random.Random(request.param)).cascade()


seeds = pytest.mark.parametrize("campaign", range(4), indirect=True)


@seeds
def test_every_list_is_as_long_as_its_number_says(campaign: Campaign) -> None:
    total = standing(campaign, now=WHEN)
    for state in COUNTED:
        listed = under(campaign, None).filter(condition(state.key, WHEN))
        assert listed.count() == getattr(total, state.count), state.key


@seeds
def test_a_narrowed_standing_equals_a_recount_of_its_list(campaign: Campaign) -> None:
    top = campaign.assignments.filter(parent=None).first()
    kinds = {"", "commune", "hamlet", "cap-commune", "nothing of the kind"}
    for filters in [
        Filters(kind=kind, branch=branch, searched=q) for kind in kinds for branch in (None, top) for q in ("", "1")
    ]:
        among = filters.narrowing(WHEN)
        listed = list(under(campaign, None).filter(among))
        assert all(filters.kind in ("", one.unit_kind) or filters.kind == f"cap-{one.unit_kind}" for one in listed)
        assert all(not filters.branch or one.path.startswith(filters.branch.path) for one in listed)
        assert all(filters.searched in one.unit_name for one in listed)
        total = standing(campaign, now=WHEN, among=among)
        assert total.assigned == len(listed)
        rows = standing_by_branch(campaign, now=WHEN, among=among)
        for count in ("assigned", "not_opened", "owed", "not_reported", "overdue", "late", "sent_back"):
            assert sum(getattr(row, count) for row in rows) == getattr(total, count)


@seeds
def test_the_days_add_up_to_what_the_standing_counts(campaign: Campaign) -> None:
    total, days = standing(campaign, now=WHEN), by_day(under(campaign, None))
    assert sum(days.reported.values()) == total.reported
    assert sum(days.received.values()) == total.assigned - total.not_received
    passed_on = Assignment.objects.filter(campaign=campaign, passed_on_at__isnull=False).count()
    assert sum(days.passed_on.values()) == passed_on


@pytest.mark.parametrize("campaign", [1], indirect=True)
def test_an_address_is_read_back_as_it_was_written(campaign: Campaign) -> None:
    inside = under(campaign, None)
    branch = campaign.assignments.filter(parent=None).first()
    filters = Filters("qua-han", "commune", branch, "gò cao")
    words = dict(pair.split("=") for pair in filters.query().removeprefix("?").replace("+", " ").split("&"))
    words["q"] = "gò cao"
    assert filters_in(words, inside) == filters
    said = in_words(filters, kind_choices(filters, inside))
    assert said[0] == "Quá hạn"
    assert said[-1] == "tên có “gò cao”"


@pytest.mark.parametrize("campaign", [1], indirect=True)
def test_words_nobody_knows_are_passed_over_and_a_branch_outside_is_not_there(campaign: Campaign) -> None:
    inside = under(campaign, None)
    assert not filters_in({"thieu": "gì đó", "nhanh": "không", "q": " "}, inside).are_set
    with pytest.raises(Http404):
        filters_in({"nhanh": "999999"}, inside)


@pytest.mark.parametrize("campaign", [2], indirect=True)
def test_units_without_people_are_those_nobody_reports_for(campaign: Campaign, cast: Cast) -> None:
    nobody = under(campaign, None).filter(condition("khong-nguoi", NOW))
    assert nobody.count() == campaign.assignments.count()  # An's roles are on the province
