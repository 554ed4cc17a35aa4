"""What another system reads."""

import json
from pathlib import Path

import pytest
from calling import let_in
from cascades import of
from cast import NOW
from django.test import Client
from recounting import approve, send
from scenes import Scene, with_a_full_form, words_for

from lachan.api.v1.service import api
from lachan.reporting.actions.consolidating import consolidate


def test_what_is_owed_is_listed_page_by_page(scene: Scene) -> None:
    system = let_in(scene.cast.district, scene.district_head, below=True)
    seen, cursor = [], {}
    while True:
        page = system.get("/obligations", limit=2, **cursor).json()
        seen += [one["unit"]["code"] for one in page["items"]]
        if page["next_cursor"] is None:
            break
        cursor = {"cursor": page["next_cursor"]}
    assert sorted(seen) == ["991", "99101", "99102", "99103"]


def test_an_answer_tells_how_long_it_is(scene: Scene) -> None:
    answer = let_in(scene.cast.commune, scene.head).get("/obligations")
    assert int(answer["Content-Length"]) == len(answer.content)


def test_what_is_owed_is_narrowed_by_state_unit_and_campaign(scene: Scene) -> None:
    send(scene, scene.cast.commune, 3)
    system = let_in(scene.cast.district, scene.district_head, below=True)
    waiting = system.get("/obligations", state="submitted").json()["items"]
    assert [one["unit"]["name"] for one in waiting] == ["Xã Gò Cao"]
    assert [one["state"] for one in system.get("/obligations", unit="99102").json()["items"]] == ["owed"]
    assert system.get("/obligations", campaign=scene.campaign.pk + 1).json()["items"] == []


def test_a_form_says_what_is_asked_and_checked(scene: Scene) -> None:
    with_a_full_form(scene)
    owed = scene.owed(scene.cast.commune).pk
    form = let_in(scene.cast.commune, scene.head).get(f"/obligations/{owed}/form").json()
    kinds = {one["code"]: one["kind"] for one in form["questions"]}
    assert (form["version"], kinds["1"], kinds["2"], kinds["4"]) == (2, "whole", "text", "rows")
    [classes] = [one for one in form["questions"] if one["code"] == "4"]
    assert [column["key"] for column in classes["columns"]] == ["name", "n"]


def test_figures_are_those_of_the_pages(scene: Scene) -> None:
    approve(scene, send(scene, scene.cast.commune, 3))
    system = let_in(scene.cast.district, scene.district_head)
    told = system.get(f"/campaigns/{scene.campaign.pk}/figures").json()
    code = scene.number.code
    assert (told["whole"]["expected"], told["whole"]["received"], told["whole"]["values"][code]) == (4, 1, 3)
    assert {one["unit"]["code"]: one["values"].get(code) for one in told["branches"]} == {
        "99101": 3,
        "99102": None,
        "99103": None,
    }


def test_standing_says_who_still_owes(scene: Scene) -> None:
    approve(scene, send(scene, scene.cast.commune, 3))
    told = let_in(scene.cast.district, scene.district_head).get(f"/campaigns/{scene.campaign.pk}/standing").json()
    assert (told["whole"]["owed"], told["whole"]["reported"], told["whole"]["not_reported"]) == (3, 1, 2)
    assert sum(one["reported"] for one in told["branches"]) == 1


def test_a_consolidated_report_is_taken_away(scene: Scene) -> None:
    top = of(scene.cast.district, scene.campaign)
    words = words_for(scene.campaign, top)
    report = consolidate(scene.campaign, top=top, words=words, request_key="k", by=scene.district_officer, now=NOW)
    system = let_in(scene.cast.district, scene.district_head)
    [listed] = system.get(f"/campaigns/{scene.campaign.pk}/reports").json()["items"]
    file = system.get(listed["files"]["docx"].removeprefix("/api/v1"))
    assert (listed["id"], file.status_code, file.content[:2]) == (report.pk, 200, b"PK")


def test_a_commune_reads_no_figures_of_the_district_and_no_report_of_its(scene: Scene) -> None:
    top = of(scene.cast.district, scene.campaign)
    words = words_for(scene.campaign, top)
    report = consolidate(scene.campaign, top=top, words=words, request_key="k", by=scene.district_officer, now=NOW)
    system = let_in(scene.cast.commune, scene.head, below=True)
    for what in ("figures", "standing", "reports"):
        for unit in ("991", "99-STTTT", "99102"):
            assert system.get(f"/campaigns/{scene.campaign.pk}/{what}", unit=unit).status_code == 404
    assert system.get(f"/reports/{report.pk}/file.pdf").status_code == 404


def test_the_campaigns_of_a_unit_are_its_own(scene: Scene) -> None:
    [campaign] = let_in(scene.cast.commune, scene.head).get("/campaigns").json()["items"]
    assert (campaign["id"], campaign["owner"]["name"]) == (scene.campaign.pk, "Sở Thông tin và Truyền thông")
    assert let_in(scene.cast.ward, scene.cast.an).get("/campaigns").json()["items"] == []


def test_the_openapi_file_is_open_to_everybody() -> None:
    answer = Client().get("/api/v1/openapi.json")
    assert (answer.status_code, answer.json()["openapi"]) == (200, "3.1.0")


@pytest.mark.parametrize("address", ["/api/v1/khong-co", "/api/v2/token", "/api/"])
def test_an_address_that_is_not_there_is_a_problem_too(address: str) -> None:
    answer = Client().get(address)
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")


def test_a_way_of_calling_that_is_not_there_is_a_problem_that_names_the_others() -> None:
    answer = Client().delete("/api/v1/token")
    assert (answer.status_code, answer["Content-Type"], answer["Allow"]) == (405, "application/problem+json", "GET")
    assert answer.json()["type"] == "urn:lachan:problem:method-not-allowed"


def test_the_openapi_file_in_the_documents_is_the_one_that_is_served() -> None:
    """Made anew by `lachan openapi >docs/openapi.json`."""
    kept = Path(__file__).resolve().parents[2] / "docs" / "openapi.json"
    assert json.loads(kept.read_text(encoding="utf-8")) == json.loads(json.dumps(api.get_openapi_schema()))
