"""The frame around every page: navigation, languages, messages, and the pages that say no."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.test import Client, RequestFactory, override_settings
from django.urls import include, path

from lachan.foundation import design
from lachan.foundation.design import NavItem
from lachan.foundation.refused import Refused


def front(request: HttpRequest) -> HttpResponse:
    return HttpResponse(render_to_string("foundation/base.html", {}, request))


def refuse(request: HttpRequest) -> HttpResponse:
    raise Refused("Văn bản này đã được gửi.")


def forbid(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied


def garble(request: HttpRequest) -> HttpResponse:
    raise SuspiciousOperation


def fail(request: HttpRequest) -> HttpResponse:
    raise ZeroDivisionError


urlpatterns = [
    path("dau/", front, name="front"),
    path("dau/sau/", front, name="deeper"),
    path("tu-choi/", refuse),
    path("cam/", forbid),
    path("hong/", garble),
    path("loi/", fail),
    path("", include("lachan.project.urls")),
]


@pytest.fixture
def here(db: None) -> Any:
    with override_settings(ROOT_URLCONF=__name__):
        yield Client(raise_request_exception=False)


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/khong-co/", 404, "Không tìm thấy trang"),
        ("/cam/", 403, "Trang này không thuộc phần việc của anh/chị"),
        ("/hong/", 400, "Không đọc được yêu cầu"),
        ("/tu-choi/", 409, "Văn bản này đã được gửi."),
    ],
)
def test_a_page_that_says_no_says_why(here: Client, address: str, status: int, words: str) -> None:
    answer = here.get(address)
    assert answer.status_code == status
    assert words in answer.content.decode()


def test_a_fault_of_ours_says_what_was_kept(here: Client) -> None:
    answer = here.get("/loi/")
    assert answer.status_code == 500
    assert "Những gì đã lưu trước đó vẫn còn nguyên" in answer.content.decode()


def test_a_form_from_too_old_a_page_is_told_so(db: None) -> None:
    answer = Client(enforce_csrf_checks=True).post("/ngon-ngu/", {"language": "en"})
    assert answer.status_code == 403
    assert "Trang đã mở quá lâu" in answer.content.decode()


def test_an_english_browser_gets_vietnamese_until_its_reader_chooses(db: None) -> None:
    reader = Client(headers={"accept-language": "en-US,en"})
    assert reader.get("/thiet-ke/").headers["Content-Language"] == "vi"
    reader.post("/ngon-ngu/", {"language": "en", "next": "/thiet-ke/"})
    assert '<html lang="en">' in reader.get("/thiet-ke/").content.decode()
    reader.post("/ngon-ngu/", {"language": "xx", "next": "/thiet-ke/"})
    assert '<html lang="en">' in reader.get("/thiet-ke/").content.decode()


def test_the_language_switch_sends_nobody_elsewhere(db: None) -> None:
    answer = Client().post("/ngon-ngu/", {"language": "en", "next": "https://lua-dao.example/"})
    assert "lua-dao" not in answer.headers["Location"]


def test_a_refusal_is_told_once(here: Client) -> None:
    assert here.get("/tu-choi/").content.decode().count("Văn bản này đã được gửi.") == 1
    assert "Văn bản này đã được gửi." not in here.get("/dau/").content.decode()


def shown(path: str, user: Any, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, bool]]:
    parts = [
        SimpleNamespace(
            navigation=(
                NavItem("Sau", "deeper", 20, also=("/ben-canh/",)),
                NavItem("Kín", "deeper", 30, f"{__name__}.nobody"),
            )
        ),
        SimpleNamespace(navigation=(NavItem("Trước", "front", 10),)),
        SimpleNamespace(),
    ]
    monkeypatch.setattr(apps, "get_app_configs", lambda: parts)
    request = RequestFactory().get(path)
    request.user = user
    with override_settings(ROOT_URLCONF=__name__):
        return [(str(link.word), link.current) for link in design.navigation(request)]


def nobody(request: HttpRequest) -> bool:
    return False


def test_the_deepest_place_that_holds_the_page_is_current(monkeypatch: pytest.MonkeyPatch) -> None:
    somebody = SimpleNamespace(is_authenticated=True)
    assert shown("/dau/", somebody, monkeypatch) == [("Trước", True), ("Sau", False)]
    assert shown("/dau/sau/3/", somebody, monkeypatch) == [("Trước", False), ("Sau", True)]


def test_a_page_that_lies_elsewhere_still_shows_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    somebody = SimpleNamespace(is_authenticated=True)
    assert shown("/ben-canh/3/", somebody, monkeypatch) == [("Trước", False), ("Sau", True)]


def test_a_stranger_is_shown_no_places(monkeypatch: pytest.MonkeyPatch) -> None:
    assert shown("/dau/", SimpleNamespace(is_authenticated=False), monkeypatch) == []


def test_the_living_page_has_no_inline_style_or_script(db: None) -> None:
    client = Client()
    page = client.get("/thiet-ke/").content.decode()
    assert ' style="' not in page
    assert "<style" not in page
    assert "<script>" not in page
    assert " onclick" not in page
