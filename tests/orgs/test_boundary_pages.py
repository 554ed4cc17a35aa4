"""The screens on which boundaries change: entered, tried out, written, decided, undone; by those who may."""

from __future__ import annotations

import re
from typing import Any

import pytest
from cast import Cast, hire, signed_in_as
from django.db import connection
from django.test.utils import CaptureQueriesContext
from reform import LATER, THEN, split
from scenes import Scene, set_up

from lachan.orgs.actions import choose
from lachan.orgs.models import BoundaryChange, Grant, Role, Succession, Unit
from lachan.reporting.models import Obligation

MERGE, SPLIT = "/sap-xep-don-vi/nhap/", "/sap-xep-don-vi/chia/"
WAITING = "/sap-xep-don-vi/can-quyet-dinh/"


@pytest.fixture
def scene(cast: Cast) -> Scene:
    return set_up(cast)


def words(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).replace("\u00a0", " ").split())


def merging(**more: str) -> dict[str, str]:
    typed = {"olds": "Xã Gò Cao\nxa go thap", "new_name": "Xã Bến Gò", "new_kind": "commune", "on": "10/03/2025"}
    return {**typed, "request_key": "one", **more}


def test_a_change_is_tried_out_before_it_is_written(scene: Scene) -> None:
    client = signed_in_as(scene.cast.an)
    shown = words(client.post(MERGE, merging(preview="1")))
    assert "Nhập Xã Gò Cao, Xã Gò Thấp vào Xã Bến Gò" in shown
    assert "Báo cáo còn nợ chuyển sang đơn vị tiếp nhận: 2" in shown
    assert not BoundaryChange.objects.exists()
    assert Obligation.objects.filter(unit=scene.cast.commune).get().state == "owed"


def test_what_was_tried_out_is_written_once(scene: Scene) -> None:
    client = signed_in_as(scene.cast.an)
    for _press in range(2):
        answer = client.post(MERGE, merging(write="1"))
    change = BoundaryChange.objects.get()
    assert answer["Location"] == f"/sap-xep-don-vi/{change.pk}/"
    new = Succession.objects.filter(change=change).first()
    assert new is not None
    assert (new.new.version_on(THEN).name, new.new.version_on(THEN).parent) == ("Xã Bến Gò", scene.cast.district)
    assert "Xã Gò Cao nhập toàn bộ Xã Bến Gò" in words(client.get(answer["Location"]))


@pytest.mark.parametrize(
    ("where", "typed", "said"),
    [
        (MERGE, merging(olds="Xã Không Có"), "Không thấy đơn vị nào có mã hoặc tên “Xã Không Có”"),
        (MERGE, merging(new_name=""), "Ghi tên đơn vị mới, hoặc chọn đơn vị đang có"),
        (MERGE, merging(on="31/02/2025"), "Có hiệu lực từ ngày"),
        (SPLIT, {"old": "Xã Gò Cao", "parts": "Xã Gò Thấp", "on": "10/03/2025"}, "Cần từ hai đơn vị nhận phần"),
        (
            SPLIT,
            {"old": "Xã Gò Cao", "parts": "Xã Gò Thấp = 40\nThị trấn Bến Đá = 50", "on": "10/03/2025"},
            "tổng bằng 100 %",
        ),
        (
            SPLIT,
            {"old": "Xã Gò Cao", "parts": "Xã Gò Thấp = nửa\nThị trấn Bến Đá", "on": "10/03/2025"},
            "Tỷ lệ ở dòng “Xã Gò Thấp = nửa”",
        ),
    ],
)
def test_what_makes_no_sense_is_said_and_nothing_typed_is_lost(
    scene: Scene, where: str, typed: dict[str, str], said: str
) -> None:
    answer = signed_in_as(scene.cast.an).post(where, {"request_key": "one", **typed, "preview": "1"})
    assert answer.status_code == 422
    assert said in words(answer)
    assert typed[next(iter(typed))] in answer.content.decode()
    assert not BoundaryChange.objects.exists()


@pytest.mark.parametrize(
    ("event", "typed", "name"),
    [
        ("doi-ten", {"old": "Xã Gò Cao", "new_name": "Xã Gò Vàng"}, "Đổi tên Xã Gò Cao thành Xã Gò Vàng"),
        ("doi-loai", {"old": "Xã Gò Cao", "new_kind": "ward", "new_name": "Phường Gò Cao"}, "Đổi loại Xã Gò Cao"),
        ("chuyen", {"old": "Xã Gò Cao", "under": "992"}, "Chuyển Xã Gò Cao về Thành phố Lam Giang"),
        ("ket-thuc", {"olds": "Xã Gò Cao"}, "Kết thúc hoạt động: Xã Gò Cao"),
        ("chia", {"old": "Xã Gò Cao", "parts": "99102 = 37,5\n99103 = 62,5%"}, "Chia Xã Gò Cao cho"),
    ],
)
def test_each_event_is_entered_on_its_own_form(scene: Scene, event: str, typed: dict[str, str], name: str) -> None:
    client = signed_in_as(scene.cast.an)
    assert client.get(f"/sap-xep-don-vi/{event}/").status_code == 200
    client.post(f"/sap-xep-don-vi/{event}/", {**typed, "on": "10/03/2025", "request_key": "one", "write": "1"})
    assert BoundaryChange.objects.get().name.startswith(name)


def test_units_that_wait_are_listed_and_decided_all_at_once(scene: Scene) -> None:
    [part, _] = split(scene.cast)
    client = signed_in_as(scene.cast.an)
    listed = words(client.get(WAITING))
    assert "1 đơn vị cần quyết định" in listed
    assert "Xã Gò Cao Xã Gò Thấp, Thị trấn Bến Đá 3" in listed
    page = client.get(f"{WAITING}{scene.cast.commune.pk}/")
    keys = re.findall(r'name="what" value="([^"]+)"', page.content.decode())
    typed = {"successor": part.pk, "what": keys, "because": "Trụ sở ở Gò Thấp"}
    client.post(f"{WAITING}{scene.cast.commune.pk}/", typed)
    assert Grant.objects.in_force().filter(unit=part).count() == 2
    assert "0 đơn vị cần quyết định" in words(client.get(WAITING))


def test_a_decision_needs_a_reason_and_keeps_what_was_ticked(scene: Scene) -> None:
    [part, _] = split(scene.cast)
    where = f"{WAITING}{scene.cast.commune.pk}/"
    grant = Grant.objects.in_force().filter(unit=scene.cast.commune)[0]
    answer = signed_in_as(scene.cast.an).post(where, {"successor": part.pk, "what": f"grant:{grant.pk}", "because": ""})
    assert answer.status_code == 422
    assert answer.content.decode().count("checked") == 2  # the unit, and the one thing


@pytest.mark.parametrize("asked", ["?q=go+cao", "?q="])
def test_the_list_of_those_that_wait_is_narrowed(scene: Scene, asked: str) -> None:
    split(scene.cast)
    client = signed_in_as(scene.cast.an)
    assert "Xã Gò Cao" in words(client.get(WAITING + asked))
    assert "Không có đơn vị nào chờ" in words(client.get(f"{WAITING}?q=khac"))
    assert "0 đơn vị cần quyết định" in words(client.get(f"{WAITING}?loai=khong"))


def test_a_change_is_undone_on_its_page(scene: Scene) -> None:
    split(scene.cast)
    change = BoundaryChange.objects.get()
    client = signed_in_as(scene.cast.an)
    assert "Hoàn tác" in words(client.get(f"/sap-xep-don-vi/{change.pk}/"))
    client.post(f"/sap-xep-don-vi/{change.pk}/hoan-tac/")
    assert "Thay đổi này đã được hoàn tác" in words(client.get(f"/sap-xep-don-vi/{change.pk}/"))
    assert Unit.objects.get(pk=scene.cast.commune.pk).valid_to.year == 9999


def test_a_change_on_which_somebody_has_decided_is_not_undone_and_says_why(scene: Scene) -> None:
    [part, _] = split(scene.cast)
    choose(scene.cast.commune, successor=part, because="Trụ sở", by=scene.cast.an, now=LATER)
    answer = signed_in_as(scene.cast.an).post(f"/sap-xep-don-vi/{BoundaryChange.objects.get().pk}/hoan-tac/")
    assert answer.status_code == 409
    assert "đã chọn nơi tiếp nhận" in words(answer)


def test_who_answers_for_no_unit_there_gets_no_page(scene: Scene) -> None:
    split(scene.cast)
    officer = signed_in_as(scene.officer)
    for where in ("/sap-xep-don-vi/", MERGE, WAITING, f"/sap-xep-don-vi/{BoundaryChange.objects.get().pk}/"):
        assert officer.get(where).status_code == 403
    of_the_city = signed_in_as(hire("Khoa", (Role.OPERATOR, scene.cast.city)))
    assert of_the_city.get(f"{WAITING}{scene.cast.commune.pk}/").status_code == 404
    assert "0 đơn vị cần quyết định" in words(of_the_city.get(WAITING))
    assert of_the_city.post(f"/sap-xep-don-vi/{BoundaryChange.objects.get().pk}/hoan-tac/").status_code == 403
    assert "Không thấy đơn vị nào" in words(of_the_city.post(MERGE, merging(preview="1")))


@pytest.mark.parametrize(("where", "most"), [("/sap-xep-don-vi/", 30), (WAITING, 30)])
def test_the_pages_take_few_queries(scene: Scene, where: str, most: int) -> None:
    split(scene.cast)
    client = signed_in_as(scene.cast.an)
    client.get(where)
    with CaptureQueriesContext(connection) as captured:
        client.get(where)
    assert len(captured) <= most
