"""A district sends the returns of many units in one request."""

import json
from typing import Any

from calling import System, let_in
from cast import Cast
from recounting import added_up_alike
from scenes import Scene

from lachan.foundation import audit
from lachan.foundation.models import AuditEntry
from lachan.notices.models import Kind, Notice
from lachan.reporting.figures import OWNER, figures
from lachan.reporting.models import Return
from lachan.reporting.totals import totals


def of_the_district(scene: Scene, **rights: bool) -> System:
    return let_in(scene.cast.district, scene.district_head, submits=True, below=True, **rights)


def row(scene: Scene, unit: str, number: object) -> dict[str, Any]:
    return {"campaign": scene.campaign.pk, "unit": unit, "answers": {scene.number.code: number}}


def told(answer: Any) -> list[str]:
    return [one["status"] for one in answer.json()["rows"]]


def test_good_rows_are_kept_and_bad_ones_told_with_their_cell(scene: Scene) -> None:
    rows = [
        row(scene, "99101", 3),
        row(scene, "99102", "ba"),
        row(scene, "99201", 5),
        row(scene, "99101", 6),
        {"unit": "99103", "answers": {}},
        {"obligation": scene.owed(scene.cast.township).pk, "answers": {scene.number.code: 7}},
    ]
    answer = of_the_district(scene).batch(rows)
    assert told(answer) == ["kept", "refused", "refused", "refused", "refused", "kept"]
    assert (answer.json()["kept"], answer.json()["refused"]) == (2, 4)
    [wrong] = answer.json()["rows"][1]["problem"]["errors"]
    assert wrong["pointer"] == f"/answers/{scene.number.code}"
    assert "cần là số nguyên" in wrong["detail"]
    assert sorted(Return.objects.values_list("obligation__unit__code", flat=True)) == ["99101", "99103"]


def test_the_same_request_twice_changes_nothing(scene: Scene) -> None:
    system, rows = of_the_district(scene), [row(scene, "99101", 3), row(scene, "99102", "ba")]
    first = system.batch(rows, key="one-and-the-same")
    assert system.batch(rows, key="one-and-the-same").content == first.content
    assert Return.objects.count() == AuditEntry.objects.filter(verb="reporting.submit").count() == 1


def test_rows_kept_before_the_line_broke_stay_as_they_are(scene: Scene, monkeypatch: Any) -> None:
    monkeypatch.setattr("lachan.api.v1.batches.AT_ONCE", 1)
    system, rows = of_the_district(scene), [row(scene, "99101", 3), row(scene, "99102", 4)]
    system.submit(scene.owed(scene.cast.commune).pk, rows[0]["answers"], key="one-and-the-same")
    other = let_in(scene.cast.district, scene.district_head, submits=True, below=True)
    assert told(other.batch(rows, key="one-and-the-same")) == ["kept", "kept"]
    assert Return.objects.count() == 2


def test_rows_may_come_as_lines(scene: Scene) -> None:
    lines = [json.dumps(row(scene, "99101", 3)), "{", "", json.dumps(row(scene, "99102", 4))]
    assert told(of_the_district(scene).batch("\n".join(lines).encode())) == ["kept", "refused", "kept"]


def test_a_batch_that_approves_counts_at_once_and_the_level_above_hears_once(scene: Scene) -> None:
    rows = [row(scene, unit, 3) for unit in ("99101", "99102", "99103")]
    of_the_district(scene, approves=True).batch(rows, approve=True)
    known = figures(scene.campaign)
    assert known.value(OWNER, scene.number) == 9
    added_up_alike(known, None, totals(scene.campaign, None))
    assert list(Notice.objects.filter(kind=Kind.ARRIVED).values_list("person", "times")) == [
        (scene.district_officer.pk, 3)
    ]
    assert audit.verify().fault is None


def test_many_rows_ask_no_more_than_few(scene: Scene, django_assert_max_num_queries: Any) -> None:
    system = of_the_district(scene)
    with django_assert_max_num_queries(26):
        system.batch([row(scene, unit, 3) for unit in ("991", "99101", "99102", "99103")])


def test_an_empty_body_and_one_too_long_are_refused(scene: Scene, monkeypatch: Any) -> None:
    monkeypatch.setattr("lachan.api.v1.batches.MOST_ROWS", 1)
    system = of_the_district(scene)
    for body, status in ((b"", 400), ({}, 400), ([], 400), (b"{}\n{}", 422), ([{}, {}], 422)):
        assert system.batch(body).status_code == status, body


def test_a_token_without_the_right_sends_no_batch(scene: Scene, cast: Cast) -> None:
    assert let_in(cast.district, scene.district_head, below=True).batch([row(scene, "99101", 3)]).status_code == 403
