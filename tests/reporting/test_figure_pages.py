"""The figures of a campaign on pages and in files, down to the units behind them."""

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import duckdb
import pytest
from cascades import of, passed_on
from cast import NOW, hire, signed_in_as
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml import etree
from openpyxl import load_workbook
from scenes import Scene

from lachan.campaigns import actions as campaigns
from lachan.orgs.models import Role, Unit
from lachan.reporting.actions import returns
from lachan.reporting.models import Question


def sent_up(scene: Scene, unit: Unit, number: int, words: str = "") -> None:
    version = returns.submit(
        scene.owed(unit), typed=scene.typed(number, words), request_key="k", by=scene.officer, now=NOW
    )
    returns.approve(version, by=scene.head, now=NOW)


def read(answer: Any) -> str:
    """The page's words, one space between them."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).replace("\u00a0", " ").split())


@pytest.fixture
def told(scene: Scene) -> Scene:
    """Three of six units have reported."""
    sent_up(scene, scene.cast.commune, 1200, "Loa ở hai thôn bị hỏng")
    sent_up(scene, scene.cast.township, 0)
    sent_up(scene, scene.cast.press, 30, "Không có")
    return scene


def address(scene: Scene, rest: str = "") -> str:
    return f"/chien-dich/{scene.campaign.pk}/so-lieu/{rest}"


def test_the_table_shows_each_branch_with_its_coverage_and_the_sum(told: Scene) -> None:
    page = read(signed_in_as(told.coordinator).get(address(told)))
    assert "Báo Sông Lam 1/1 30" in page
    assert "Huyện Bến Đá 2/4 2 chưa có, 1 bỏ trống 1.200 2/4" in page
    assert "Sở Giáo dục và Đào tạo 0/1 1 chưa có chưa có" in page
    assert "Tổng cộng 3/6 3 chưa có, 1 bỏ trống 1.230 3/6" in page


def test_only_those_who_may_see_the_whole_campaign_are_led_to_it(told: Scene) -> None:
    own = address(told, f"{of(told.cast.district, told.campaign).pk}/")
    assert "Số liệu toàn chiến dịch" in read(signed_in_as(told.coordinator).get(own))
    below = signed_in_as(told.district_officer)
    assert "Số liệu toàn chiến dịch" not in read(below.get(own))
    assert below.get(address(told)).status_code == 404


def test_a_long_table_is_shown_in_pages_each_with_the_sum_of_all(told: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lachan.reporting.views.figures.BRANCHES_ON_A_PAGE", 2)
    first, second = (read(signed_in_as(told.coordinator).get(address(told, f"?page={n}"))) for n in (1, 2))
    assert "1–2 trong 3" in first
    assert "3–3 trong 3" in second
    assert "Báo Sông Lam" in first
    assert "Báo Sông Lam" not in second
    assert "Tổng cộng 3/6" in first
    assert "Tổng cộng 3/6" in second


def test_any_figure_opens_to_the_units_behind_it_where_missing_is_not_zero(told: Scene) -> None:
    district = of(told.cast.district, told.campaign).pk
    client = signed_in_as(told.coordinator)
    where = address(told, f"{told.number.pk}/{district}/")
    assert f'href="{where}"' in client.get(address(told)).content.decode()
    page = read(client.get(where))
    assert "Thị trấn Bến Đá – 0 Đã gửi" in page
    assert "Xã Gò Cao – 1.200 Đã gửi" in page
    assert "Xã Gò Thấp – chưa có Quá hạn" in page
    only_missing = read(client.get(where + "?loc=chua-co"))
    assert "Xã Gò Thấp" in only_missing
    assert "Xã Gò Cao" not in only_missing


def test_words_are_gathered_by_branch_with_whose_they_are(told: Scene) -> None:
    page = read(signed_in_as(told.coordinator).get(address(told, f"{told.words.pk}/0/?loc=co")))
    assert "Xã Gò Cao Loa ở hai thôn bị hỏng" in page
    assert "Báo Sông Lam Không có" in page


def test_a_unit_sees_its_own_branch_and_nothing_else(told: Scene) -> None:
    client, district = signed_in_as(told.district_officer), of(told.cast.district, told.campaign).pk
    assert client.get(address(told, f"{district}/")).status_code == 200
    assert client.get(address(told)).status_code == 404
    assert client.get(address(told, f"{of(told.cast.press, told.campaign).pk}/")).status_code == 404
    stranger = signed_in_as(hire("Khoa", (Role.OFFICER, told.cast.ward)))
    assert stranger.get(address(told, f"{district}/")).status_code == 404


def test_the_number_of_queries_does_not_grow_with_the_units(told: Scene) -> None:
    client = signed_in_as(told.coordinator)

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            client.get(address(told))
        return len(captured)

    queries()
    before = queries()
    city = hire("Khoa", (Role.OFFICER, told.cast.city))
    campaigns.hand_down(
        told.campaign,
        unit=told.cast.department,
        letter=told.campaign.letter,
        to=[told.cast.city],
        assignment=None,
        terms=campaigns.Terms(report_due=told.campaign.report_due, by=city, now=NOW),
    )
    passed_on(of(told.cast.city, told.campaign), [told.cast.ward], by=city)
    queries()  # who looks first after a change settles it
    assert queries() == before


def whole(answer: Any) -> bytes:
    return b"".join(answer.streaming_content)


def test_the_workbook_holds_numbers_that_add_up(told: Scene) -> None:
    answer = signed_in_as(told.coordinator).get(address(told, "0/bang.xlsx"))
    book = load_workbook(io.BytesIO(whole(answer)))
    units = [row for row in book["Từng đơn vị"].iter_rows(values_only=True) if str(row[0]).isdecimal()]
    assert len(units) == 6
    figures = [row[5] for row in units]
    assert sum(figure for figure in figures if figure is not None) == 1230
    assert figures.count(None) == 3
    total = [row for row in book["Theo nhánh"].iter_rows(values_only=True) if row[1] == "Tổng cộng"]
    assert total[0][2:6] == (6, 3, 0, 1230)


def test_the_csv_gives_each_units_own_and_leaves_missing_ones_empty(told: Scene) -> None:
    answer = signed_in_as(told.coordinator).get(address(told, "0/bang.csv"))
    rows = list(csv.DictReader(io.StringIO(whole(answer).decode("utf-8-sig"))))
    figures = {row["Đơn vị"]: row["Số buổi tuyên truyền (buổi)"] for row in rows}
    assert figures["Xã Gò Cao"] == "1200"
    assert figures["Thị trấn Bến Đá"] == "0"
    assert figures["Xã Gò Thấp"] == ""


def test_words_that_look_like_a_formula_stay_words_in_the_csv(scene: Scene) -> None:
    sent_up(scene, scene.cast.commune, 1, "=1+1")
    answer = signed_in_as(scene.coordinator).get(address(scene, "0/bang.csv"))
    assert "'=1+1" in whole(answer).decode()


def test_a_question_that_looks_like_a_formula_stays_words_in_the_csv(scene: Scene) -> None:
    Question.objects.filter(pk=scene.number.pk).update(text="=1+1")
    answer = signed_in_as(scene.coordinator).get(address(scene, "0/bang.csv"))
    assert "'=1+1" in whole(answer).decode().splitlines()[0]


def test_an_unknown_kind_of_file_is_not_found(scene: Scene) -> None:
    assert signed_in_as(scene.coordinator).get(address(scene, "0/bang.exe")).status_code == 404


def test_json_and_adx_give_the_same_answers(told: Scene) -> None:
    who = signed_in_as(told.coordinator)
    units = json.loads(whole(who.get(address(told, "0/bang.json"))))["units"]
    groups = etree.fromstring(whole(who.get(address(told, "0/bang.adx"))))
    code = told.number.code
    by_json = {one["code"]: one["answers"][code] for one in units if code in one["answers"]}
    by_adx = {
        group.get("orgUnit"): int(one.get("value"))
        for group in groups
        for one in group
        if one.get("dataElement") == code
    }
    assert by_json == by_adx
    assert sum(by_json.values()) == 1230


def test_parquet_is_a_table_of_its_own_types(told: Scene, tmp_path: Path) -> None:
    path = tmp_path / "bang.parquet"
    path.write_bytes(whole(signed_in_as(told.coordinator).get(address(told, "0/bang.parquet"))))
    added = duckdb.read_parquet(str(path)).aggregate(f"sum(q_{told.number.code}), count(*)").fetchall()
    assert added == [(1230, 6)]


def test_a_branch_takes_away_its_own_units_only(told: Scene) -> None:
    top = of(told.cast.district, told.campaign)
    rows = whole(signed_in_as(told.district_officer).get(address(told, f"{top.pk}/bang.csv"))).decode().splitlines()
    assert len(rows) == 1 + 4


@pytest.mark.parametrize("kind", ["csv", "json", "adx", "xlsx", "parquet"])
def test_the_files_are_not_for_units_outside_the_branch(told: Scene, kind: str) -> None:
    assert signed_in_as(told.officer).get(address(told, f"0/bang.{kind}")).status_code == 404
