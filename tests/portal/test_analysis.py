"""The page of analysis: what it shows, of whose campaigns, and what it costs."""

import io
import random
from datetime import timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from cascades import DUE, a_campaign, of, reported
from cast import NOW, Cast, hire, signed_in_as
from django.db import connection
from django.test.utils import CaptureQueriesContext
from fates import Fate
from reform import LATER, communes, merge
from scenes import Scene

from lachan.activities import actions as activities

pytestmark = pytest.mark.usefixtures("clock")
ADDRESS = "/phan-tich/"


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> None:
    settings.ANALYSIS_FOLDER = tmp_path


def test_a_year_is_shown_with_its_branches_habits_and_channels(cast: Cast, clock: Any) -> None:
    clock(DUE + timedelta(days=1))
    campaign = a_campaign(cast.department, [cast.city, cast.district], by=cast.an)
    reported(of(cast.city, campaign), by=cast.an)
    facts = activities.Facts("talk", NOW.date(), "Nói chuyện", audience=150)
    activities.record(cast.city, campaign=campaign, facts=facts, request_key="a", by=cast.an, now=NOW)
    page = signed_in_as(cast.an).get(ADDRESS)
    text = page.content.decode()
    assert page.context["branches"].rows == [
        ("UBND huyện Bến Đá", "0\u00a0%", f"/don-vi/{cast.district.pk}/", ["0", "0"]),
        ("UBND thành phố Lam Giang", "100\u00a0%", f"/don-vi/{cast.city.pk}/", ["100", "100"]),
    ]
    assert "Năm 2025 có 50\xa0% báo cáo đúng hạn." in text
    assert "100\xa0% số lượt người" in text
    assert "Sớm hơn một tuần" in text


def test_what_is_not_due_yet_is_said_to_be_so_and_never_0(cast: Cast) -> None:
    campaign = a_campaign(cast.department, [cast.city, cast.district], by=cast.an)
    reported(of(cast.city, campaign), by=cast.an)
    an = signed_in_as(cast.an)
    page = an.get(ADDRESS)
    assert [(rate, *cells) for _name, rate, _href, cells in page.context["branches"].rows] == [
        ("chưa đến hạn",) * 3
    ] * 2
    assert page.context["branches"].chart is None
    assert "2 báo cáo chưa đến hạn nên chưa tính." in page.content.decode()
    assert an.get(f"{ADDRESS}bang.csv?bang=nhanh").content.decode().splitlines()[1] == (
        "UBND huyện Bến Đá,0,0,chưa đến hạn,chưa đến hạn"
    )
    book = openpyxl.load_workbook(io.BytesIO(an.get(f"{ADDRESS}bang.xlsx").content))
    assert [cell.value for cell in book["Theo năm"][5]] == [
        "2025",
        0,
        0,
        "chưa đến hạn",
        0,
        *["chưa đến hạn"] * 3,
        0,
    ]


def test_the_months_before_the_last_deadline_are_drawn_and_the_others_not(cast: Cast, clock: Any) -> None:
    for days in (20, 60):
        campaign = a_campaign(cast.department, [cast.city], by=cast.an, due=NOW + timedelta(days=days))
        reported(of(cast.city, campaign), by=cast.an)
    clock(NOW + timedelta(days=30))
    branches = signed_in_as(cast.an).get(ADDRESS).context["branches"]
    assert [cells for *_rest, cells in branches.rows] == [["100", "100", "chưa đến hạn"]]
    assert [panel.shares for panel in branches.chart.panels] == [[1, 1]]


def test_it_belongs_to_the_campaigns_in_the_header(cast: Cast) -> None:
    page = signed_in_as(cast.an).get(ADDRESS).content.decode()
    assert '<a href="/chien-dich/" aria-current="true">' in page


def test_only_campaigns_of_ones_own_units_are_in_it(cast: Cast) -> None:
    campaign = a_campaign(cast.department, [cast.district], by=cast.an)
    reported(of(cast.district, campaign), by=cast.an)
    assert "chưa có báo cáo hay hoạt động" in signed_in_as(cast.binh).get(ADDRESS).content.decode()


@pytest.mark.parametrize("year", ["", "1", "x", "2031", "99999999999999999999"])
def test_odd_years_open_a_page(cast: Cast, year: str) -> None:
    assert signed_in_as(cast.an).get(f"{ADDRESS}?nam={year}").status_code == 200


def test_every_table_is_taken_away(cast: Cast, clock: Any) -> None:
    clock(DUE + timedelta(days=1))
    campaign = a_campaign(cast.department, [cast.city, cast.district], by=cast.an)
    reported(of(cast.city, campaign), by=cast.an)
    an = signed_in_as(cast.an)
    book = openpyxl.load_workbook(io.BytesIO(an.get(f"{ADDRESS}bang.xlsx").content))
    assert book.sheetnames == ["Theo năm", "Theo nhánh", "Thời điểm", "Hay trễ", "Kênh", "Cách tính"]
    assert [cell.value for cell in book["Theo nhánh"][5]][:4] == ["UBND thành phố Lam Giang", 1, 1, 100]
    text = an.get(f"{ADDRESS}bang.csv?bang=nhanh").content.decode()
    assert text.splitlines()[1].startswith("UBND huyện Bến Đá,1,0,")


@pytest.mark.parametrize("rest", ["bang.pdf", "bang.csv?bang=khac"])
def test_other_files_are_not_there(cast: Cast, rest: str) -> None:
    assert signed_in_as(cast.an).get(ADDRESS + rest).status_code == 404


def test_files_are_for_staff_and_hold_what_is_theirs(cast: Cast) -> None:
    a_campaign(cast.department, [cast.district], by=cast.an)
    assert "Bến Đá" not in signed_in_as(cast.binh).get(f"{ADDRESS}bang.csv?bang=nhanh").content.decode()
    assert signed_in_as(hire("Hồ")).get(f"{ADDRESS}bang.xlsx").status_code == 403


def test_todays_units_are_offered_where_units_have_changed(scene: Scene, clock: Any) -> None:
    lan = signed_in_as(scene.coordinator)
    assert "Theo đơn vị hiện nay" not in lan.get(ADDRESS).content.decode()
    for unit in communes(scene.cast):
        reported(of(unit, scene.campaign), by=scene.coordinator)
    merge(scene.cast, *communes(scene.cast))
    clock(LATER + timedelta(hours=3))
    then, now = (lan.get(f"{ADDRESS}?nam=2025{rest}") for rest in ("", "&don-vi=hien-nay"))
    assert "Theo đơn vị hiện nay" in then.content.decode()
    assert "UBND huyện Bến Đá" in {name for name, *_rest in then.context["branches"].rows}
    assert "UBND xã Bến Đá" in {name for name, *_rest in now.context["branches"].rows}
    assert "UBND xã Bến Đá" in lan.get(f"{ADDRESS}bang.csv?bang=nhanh&nam=2025&don-vi=hien-nay").content.decode()


def test_the_price_does_not_grow_with_what_there_is(cast: Cast) -> None:
    an, prices = signed_in_as(cast.an), []
    for seed in (1, 2):
        Fate(cast, random.Random(seed)).cascade()
        an.get(ADDRESS)  # writes the files
        with CaptureQueriesContext(connection) as queries:
            an.get(ADDRESS)
        prices.append(len(queries))
    assert prices[0] == prices[1]
