"""Founding, changing and moving units by form; kinds and groups; the list and its files."""

import io
from datetime import date, timedelta

import openpyxl
import pytest
from cast import DAY, NOW, Cast, found, hire, signed_in_as
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape

from lachan.foundation.models import AuditEntry
from lachan.orgs.models import Group, Kind, Role, Unit, UnitVersion

NEW = {"name": "Trường THCS Gò Cao", "kind": "lower-secondary-school", "since": "01/03/2025"}


@pytest.fixture
def an(cast: Cast):
    return signed_in_as(cast.an)


def add(client, parent: Unit, **typed: str):
    return client.post(f"/don-vi/{parent.pk}/them/", {**NEW, **typed})


def named(name: str) -> list[Unit]:
    return [version.unit for version in UnitVersion.objects.filter(name=name)]


def test_a_coordinator_founds_a_unit_with_its_contacts(cast: Cast, an) -> None:
    add(an, cast.commune, phone="0237 3123 456", email="thcs@gocao.example")
    [school] = named(NEW["name"])
    assert (school.code, school.phone, school.email) == ("99101-1", "0237 3123 456", "thcs@gocao.example")
    assert school.version_on(DAY).parent == cast.commune


def test_the_same_form_sent_twice_founds_one_unit(cast: Cast, an) -> None:
    add(an, cast.commune)
    answer = add(an, cast.commune, name="Truong THCS Go Cao")
    assert answer.status_code == 422
    assert escape("Đã có “Trường THCS Gò Cao” (mã 99101-1)") in answer.content.decode()
    assert len(named(NEW["name"])) == 1


def test_a_second_unit_of_one_name_is_founded_when_asked_for(cast: Cast, an) -> None:
    add(an, cast.commune)
    add(an, cast.commune, anyway="on")
    assert len(named(NEW["name"])) == 2


def test_a_code_that_is_taken_is_said_at_its_field(cast: Cast, an) -> None:
    found("TRUONG", "Trường khác", "primary-school", cast.commune)
    answer = add(an, cast.commune, code="TRUONG", since="01/01/0001")
    assert "Mã đơn vị đã được dùng" in answer.content.decode()


def test_a_name_a_kind_and_contacts_change_on_one_form(cast: Cast, an) -> None:
    page = f"/don-vi/{cast.press.pk}/sua/"
    an.post(
        page, {"name": "Báo và Đài Sông Lam", "kind": "cultural-centre", "on": "01/04/2025", "address": "12 Lê Lợi"}
    )
    cast.press.refresh_from_db()
    assert cast.press.address == "12 Lê Lợi"
    states = [(version.name, version.kind_id) for version in cast.press.versions.all()]
    assert states == [("Báo Sông Lam", "press"), ("Báo và Đài Sông Lam", "cultural-centre")]


def test_saving_what_is_there_changes_nothing(cast: Cast, an) -> None:
    before = AuditEntry.objects.count()
    an.post(f"/don-vi/{cast.press.pk}/sua/", {"name": "Báo Sông Lam", "kind": "press", "on": "01/04/2025"})
    assert AuditEntry.objects.count() == before
    assert cast.press.versions.count() == 1


def test_a_unit_moves_to_one_named_without_marks(cast: Cast, an) -> None:
    an.post(f"/don-vi/{cast.commune.pk}/chuyen/", {"under": "thanh pho lam giang", "on": "01/04/2025"})
    assert cast.commune.version_on(date(2025, 4, 2)).parent == cast.city


def test_an_ambiguous_name_lists_the_codes(cast: Cast, an) -> None:
    found("B2", "Xã Gò Thấp", "commune", cast.city)
    answer = an.post(f"/don-vi/{cast.ward.pk}/chuyen/", {"under": "go thap", "on": "01/04/2025"})
    assert "Không thấy" in answer.content.decode()
    answer = an.post(f"/don-vi/{cast.ward.pk}/chuyen/", {"under": "xa go thap", "on": "01/04/2025"})
    assert escape("99102 (Huyện Bến Đá); B2 (Thành phố Lam Giang)") in answer.content.decode()


def test_a_unit_does_not_move_out_of_what_one_answers_for(cast: Cast) -> None:
    client = signed_in_as(hire("Em", (Role.COORDINATOR, cast.district)))
    answer = client.post(f"/don-vi/{cast.commune.pk}/chuyen/", {"under": "992", "on": "01/04/2025"})
    assert answer.status_code == 422
    assert cast.commune.version_on(date(2025, 4, 2)).parent == cast.district


@pytest.mark.parametrize("page", ["them", "sua", "chuyen"])
def test_an_officer_changes_no_unit(cast: Cast, page: str) -> None:
    assert signed_in_as(cast.binh).get(f"/don-vi/{cast.district.pk}/{page}/").status_code == 403


@pytest.mark.parametrize("page", ["them", "sua", "chuyen"])
def test_a_coordinator_elsewhere_finds_no_page(cast: Cast, page: str) -> None:
    client = signed_in_as(hire("Em", (Role.COORDINATOR, cast.city)))
    assert client.get(f"/don-vi/{cast.commune.pk}/{page}/").status_code == 404


def test_the_list_is_narrowed_by_kind_and_branch(cast: Cast, an) -> None:
    found("T1", "Trường THCS Gò Cao", "lower-secondary-school", cast.commune)
    found("T2", "Trường THCS Chợ Cũ", "lower-secondary-school", cast.ward)
    shown = an.get("/don-vi/", {"loai": "lower-secondary-school", "nhanh": cast.district.pk}).content.decode()
    assert "Trường THCS Gò Cao" in shown
    assert "Trường THCS Chợ Cũ" not in shown


def test_the_list_goes_out_as_a_workbook_that_an_import_would_read(cast: Cast, an) -> None:
    answer = an.get("/don-vi/danh-sach.xlsx", {"nhanh": cast.district.pk})
    rows = list(openpyxl.load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True))
    assert rows[2][:4] == ("Mã đơn vị", "Tên đơn vị", "Loại đơn vị", "Đơn vị cấp trên")
    assert ("99101", "Xã Gò Cao", "xã", "Huyện Bến Đá") in [row[:4] for row in rows]


def test_the_list_goes_out_as_csv(cast: Cast, an) -> None:
    lines = an.get("/don-vi/danh-sach.csv", {"q": "go cao"}).content.decode("utf-8-sig").splitlines()
    assert lines[1].startswith("99101,Xã Gò Cao,xã,Huyện Bến Đá")


def test_a_new_kind_gets_a_code_of_its_own(cast: Cast, an) -> None:
    an.post("/loai-don-vi/them/", {"name": "ban quản lý chợ", "rank": "105"})
    assert Kind.objects.get(name="ban quản lý chợ").code == "ban-quan-ly-cho"


def test_two_kinds_do_not_share_a_name(cast: Cast, an) -> None:
    answer = an.post("/loai-don-vi/them/", {"name": "Truong mam non", "rank": "1"})
    assert "Đã có loại đơn vị" in answer.content.decode()


def test_a_kind_in_use_does_not_vanish(cast: Cast, an) -> None:
    Group.objects.all().delete()
    assert an.post("/loai-don-vi/press/bo/").status_code == 409
    assert Kind.objects.filter(pk="press").exists()


def test_a_kind_nobody_uses_is_taken_away(cast: Cast, an) -> None:
    an.post("/loai-don-vi/them/", {"name": "ban quản lý chợ", "rank": "105"})
    an.post("/loai-don-vi/ban-quan-ly-cho/bo/")
    assert not Kind.objects.filter(pk="ban-quan-ly-cho").exists()


def test_a_group_is_edited(cast: Cast, an) -> None:
    typed = {
        "name": "báo chí và truyền thanh",
        "kinds": ["press", "cultural-centre"],
        "phrases": "báo, đài\n\n",
        "rank": "1",
    }
    an.post("/nhom-don-vi/bao-chi/", typed)
    group = Group.objects.get(pk="bao-chi")
    assert (group.phrases, set(group.kinds.values_list("pk", flat=True))) == ("báo, đài", {"press", "cultural-centre"})


@pytest.mark.parametrize("page", ["/loai-don-vi/", "/loai-don-vi/press/", "/nhom-don-vi/bao-chi/"])
def test_kinds_and_groups_are_the_operators(cast: Cast, an, page: str) -> None:
    assert an.get(page).status_code == 200
    assert signed_in_as(cast.binh).get(page).status_code == 403


def price(client, page: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        client.get(page)
    return len(asked)


@pytest.mark.parametrize("page", ["/don-vi/", "/don-vi/danh-sach.csv", "/loai-don-vi/", "/don-vi/{province}/"])
def test_the_price_of_a_page_does_not_grow_with_the_units(cast: Cast, an, page: str) -> None:
    page = page.format(province=cast.province.pk)
    an.get(page)
    before = price(an, page)
    for number in range(20):
        found(f"N{number}", f"Thôn {number}", "hamlet", cast.province)
    assert price(an, page) == before


def test_a_former_name_is_found_after_a_change_by_form(cast: Cast, an) -> None:
    an.post(f"/don-vi/{cast.press.pk}/sua/", {"name": "Đài Sông Lam", "kind": "press", "on": "01/04/2025"})
    assert UnitVersion.objects.on(DAY + timedelta(days=60)).search("bao song lam").exists()
    assert AuditEntry.objects.filter(verb="orgs.rename", at__gte=NOW).exists()
