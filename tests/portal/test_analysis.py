"""The page of analysis: what it shows, of whose campaigns, and what it costs."""

import random
from pathlib import Path
from typing import Any

import pytest
from cascades import a_campaign, of, reported
from cast import NOW, Cast, signed_in_as
from django.db import connection
from django.test.utils import CaptureQueriesContext
from fates import Fate

from lachan.activities import actions as activities

pytestmark = pytest.mark.usefixtures("clock")
ADDRESS = "/phan-tich/"


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> None:
    settings.ANALYSIS_FOLDER = tmp_path


def test_a_year_is_shown_with_its_branches_habits_and_channels(cast: Cast) -> None:
    campaign = a_campaign(cast.department, [cast.city, cast.district], by=cast.an)
    reported(of(cast.city, campaign), by=cast.an)
    facts = activities.Facts("talk", NOW.date(), "Nói chuyện", audience=150)
    activities.record(cast.city, campaign=campaign, facts=facts, request_key="a", by=cast.an, now=NOW)
    page = signed_in_as(cast.an).get(ADDRESS)
    text = page.content.decode()
    assert page.context["branches"].rows == [
        ("UBND huyện Bến Đá", f"/don-vi/{cast.district.pk}/", ["0\xa0%"]),
        ("UBND thành phố Lam Giang", f"/don-vi/{cast.city.pk}/", ["100\xa0%"]),
    ]
    assert "Năm 2025 có 50\xa0% báo cáo đúng hạn." in text
    assert "100\xa0% số lượt người" in text
    assert "Sớm hơn một tuần" in text


def test_only_campaigns_of_ones_own_units_are_in_it(cast: Cast) -> None:
    campaign = a_campaign(cast.department, [cast.district], by=cast.an)
    reported(of(cast.district, campaign), by=cast.an)
    assert "chưa có báo cáo hay hoạt động" in signed_in_as(cast.binh).get(ADDRESS).content.decode()


@pytest.mark.parametrize("year", ["", "1", "x", "2031", "99999999999999999999"])
def test_odd_years_open_a_page(cast: Cast, year: str) -> None:
    assert signed_in_as(cast.an).get(f"{ADDRESS}?nam={year}").status_code == 200


def test_the_price_does_not_grow_with_what_there_is(cast: Cast) -> None:
    an, prices = signed_in_as(cast.an), []
    for seed in (1, 2):
        Fate(cast, random.Random(seed)).cascade()
        an.get(ADDRESS)  # writes the files
        with CaptureQueriesContext(connection) as queries:
            an.get(ADDRESS)
        prices.append(len(queries))
    assert prices[0] == prices[1]
