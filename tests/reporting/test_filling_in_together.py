"""Two officers of one unit fill in its return: saves merge, nothing is overwritten unseen, nothing late undoes a submit."""

from typing import Any

import pytest
from cast import hire, signed_in_as
from django.test import Client
from scenes import Scene

from lachan.engine.drafts import mark_of
from lachan.orgs.models import Role
from lachan.reporting.models import Obligation

HTMX = {"HX-Request": "true"}


@pytest.fixture
def chi(scene: Scene) -> Client:
    return signed_in_as(scene.officer)


@pytest.fixture
def hoa(scene: Scene) -> Client:
    return signed_in_as(hire("Hoa", (Role.OFFICER, scene.cast.commune)))


def as_shown(scene: Scene, number: str, key: str, *, shown: str = "", revision: int = 0, **more: Any) -> dict[str, Any]:
    """What a page that had shown `shown` posts."""
    name = f"q{scene.number.key}"
    return scene.posted(number, key=key) | {f"{name}_seen": f"{revision}:{mark_of(shown)}", "since": "0", **more}


def owed(scene: Scene) -> Obligation:
    return scene.owed(scene.cast.commune)


def save(scene: Scene, who: Client, posted: dict[str, Any]) -> str:
    return str(who.post(f"/bao-cao/{owed(scene).pk}/luu-nhap/", posted, headers=HTMX).content.decode())


def test_a_save_tells_what_others_typed(scene: Scene, chi: Client, hoa: Client) -> None:
    save(scene, hoa, {f"q{scene.words.key}": "Loa hỏng", "request_key": "b", f"q{scene.words.key}_seen": "0:x"})
    told = save(scene, chi, as_shown(scene, "12", "a"))
    assert 'data-text="Loa hỏng"' in told
    assert "Hoa vừa sửa ô này" in told
    assert "Chi vừa sửa ô này" not in told


def test_a_page_asks_what_is_new_and_hears_nothing_when_nothing_is(scene: Scene, chi: Client, hoa: Client) -> None:
    save(scene, hoa, as_shown(scene, "15", "b"))
    address = f"/bao-cao/{owed(scene).pk}/thay-doi/"
    assert "Hoa vừa sửa ô này" in chi.get(address, {"since": "0", "request_key": "a"}).content.decode()
    assert chi.get(address, {"since": "1", "request_key": "a"}).status_code == 204


def test_a_return_with_something_the_sender_has_not_seen_is_not_sent(scene: Scene, chi: Client, hoa: Client) -> None:
    save(scene, hoa, as_shown(scene, "15", "b"))
    answer = chi.post(f"/bao-cao/{owed(scene).pk}/", as_shown(scene, "12", "a"))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Chưa gửi: người khác vừa sửa một số ô" in page
    assert all(f'value="{number}"' in page for number in ("12", "15"))
    assert not owed(scene).returns.exists()


def test_choosing_one_of_two_settles_it(scene: Scene, chi: Client, hoa: Client) -> None:
    save(scene, hoa, as_shown(scene, "15", "b"))
    save(scene, chi, as_shown(scene, "12", "a"))
    chosen = as_shown(scene, "15", "c", shown="15", revision=2, **{f"q{scene.number.key}_keep": "12"})
    chi.post(f"/bao-cao/{owed(scene).pk}/", chosen)
    assert owed(scene).returns.get().values[scene.number.key] == 12


def test_a_save_that_arrives_after_its_own_submit_leaves_the_draft_as_it_was_sent(scene: Scene, chi: Client) -> None:
    chi.post(f"/bao-cao/{owed(scene).pk}/", as_shown(scene, "12", "a", turn="2"))
    save(scene, chi, as_shown(scene, "1", "a", turn="1"))
    assert owed(scene).typed[scene.number.key] == "12"


def test_a_save_of_what_was_sent_up_meanwhile_says_so_in_one_sentence(scene: Scene, chi: Client) -> None:
    chi.post(f"/bao-cao/{owed(scene).pk}/", as_shown(scene, "12", "a"))
    signed_in_as(scene.head).post(f"/bao-cao/{owed(scene).pk}/ban/1/duyet/")
    answer = chi.post(f"/bao-cao/{owed(scene).pk}/luu-nhap/", as_shown(scene, "13", "a"), headers=HTMX)
    assert answer.status_code == 409
    assert answer.content.decode().startswith("Báo cáo đã gửi cấp trên.")


@pytest.mark.parametrize("seen", ["", "x", "7", ":", "9999999999999999999999:a"])
def test_an_odd_mark_of_what_was_seen_is_no_fault_and_loses_nothing(scene: Scene, chi: Client, seen: str) -> None:
    save(scene, chi, scene.posted("12") | {f"q{scene.number.key}_seen": seen})
    assert "12" in [entry.text for entry in owed(scene).read_draft().cells[scene.number.key].entries]


def test_people_of_other_units_hear_nothing_of_a_draft(scene: Scene, chi: Client) -> None:
    save(scene, chi, as_shown(scene, "12", "a"))
    address = f"/bao-cao/{owed(scene).pk}/thay-doi/"
    assert signed_in_as(scene.district_officer).get(address).status_code == 403
    assert signed_in_as(hire("Khoa", (Role.OFFICER, scene.cast.other_commune))).get(address).status_code == 404
