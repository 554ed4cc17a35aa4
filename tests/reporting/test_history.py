"""The history of a return: who did what, and the differences between any two versions."""

from typing import Any

import pytest
from cast import NOW, signed_in_as
from django.db import connection
from django.test.utils import CaptureQueriesContext
from scenes import Scene

from lachan.reporting.actions import returns
from lachan.reporting.models import Return


def send(scene: Scene, number: int, words: str) -> Return:
    owed = scene.owed(scene.cast.commune)
    return returns.submit(
        owed, typed=scene.typed(number, words), request_key=f"{number}{words}", by=scene.officer, now=NOW
    )


@pytest.fixture
def three_versions(scene: Scene) -> Scene:
    """Two were sent back by the head; the third went up."""
    for number, words in ((7, "Loa thôn 3 hỏng."), (9, "Loa thôn 4 hỏng.")):
        version = send(scene, number, words)
        returns.send_back(version, unit=scene.cast.commune, remark=f"Xem lại số {number}", by=scene.head, now=NOW)
    returns.approve(send(scene, 12, "Loa thôn 4 hỏng."), by=scene.head, now=NOW)
    return scene


def read(scene: Scene, who: Any, query: str = "") -> str:
    answer = signed_in_as(who).get(f"/bao-cao/{scene.owed(scene.cast.commune).pk}/lich-su/{query}")
    return " ".join(str(answer.content.decode()).split())


def test_the_history_says_who_did_what(three_versions: Scene) -> None:
    page = read(three_versions, three_versions.officer)
    for words in ("Gửi thủ trưởng duyệt bản 1", "Trả lại để sửa (bản 2)", "“Xem lại số 9”", "duyệt, gửi lên (bản 3)"):
        assert words in page


def test_any_two_versions_are_compared_by_cell_and_by_word(three_versions: Scene) -> None:
    page = read(three_versions, three_versions.officer, "?tu=1&den=3")
    assert "+5" in page
    assert '<del><span class="away">[bỏ] </span>3</del><ins><span class="away">[thêm] </span>4</ins>' in page


def test_the_last_two_are_compared_unless_others_are_asked_for(three_versions: Scene) -> None:
    for query in ("", "?tu=3&den=3", "?tu=x&den=99"):
        assert "+3" in read(three_versions, three_versions.officer, query)


def test_the_level_above_reads_only_of_what_went_up(three_versions: Scene) -> None:
    page = read(three_versions, three_versions.district_officer)
    assert "duyệt, gửi lên (bản 3)" in page
    assert "Xem lại số" not in page
    assert "So sánh hai bản" not in page


def test_the_price_of_the_history_does_not_grow_with_the_versions(scene: Scene) -> None:
    client, address = signed_in_as(scene.officer), f"/bao-cao/{scene.owed(scene.cast.commune).pk}/lich-su/"
    prices = []
    for number in range(1, 8):
        returns.send_back(send(scene, number, ""), unit=scene.cast.commune, remark="x", by=scene.head, now=NOW)
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        prices.append(len(asked))
    assert len(set(prices[1:])) == 1
