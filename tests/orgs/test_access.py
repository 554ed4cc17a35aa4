"""Who holds what where, and what pages answer to those who do not."""

from datetime import date

import pytest
from cast import DAY, NOW, Cast, hire, signed_in_as
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.test import RequestFactory

from lachan.orgs.access import StaffRequest, holds, public, reach_of, roles_on, signed_in, units_of
from lachan.orgs.actions import close, close_account, end_role, grant_role, move
from lachan.orgs.models import Grant, Person, Role, Unit


def ask(view, person: Person | AnonymousUser, **kwargs: object) -> HttpResponse:
    request = RequestFactory().get("/somewhere/")
    request.user = person
    request.now = NOW
    return view(request, **kwargs)


@holds(Role.OFFICER, Role.HEAD, on="unit")
def unit_page(request: StaffRequest, unit: Unit) -> HttpResponse:
    return HttpResponse(unit.code)


@holds()
def inbox(request: StaffRequest) -> HttpResponse:
    return HttpResponse(request.user.name)


@signed_in
def own_page(request: StaffRequest) -> HttpResponse:
    return HttpResponse(request.user.name)


def test_a_role_reaches_everything_below_and_nothing_above_or_beside(cast: Cast) -> None:
    assert roles_on(cast.binh, cast.district, DAY) == {Role.OFFICER}
    assert roles_on(cast.binh, cast.commune, DAY) == {Role.OFFICER}
    assert roles_on(cast.binh, cast.province, DAY) == set()
    assert roles_on(cast.binh, cast.ward, DAY) == set()


def test_a_person_may_hold_several_roles(cast: Cast) -> None:
    assert roles_on(cast.an, cast.ward, DAY) == {Role.COORDINATOR, Role.OPERATOR}


def test_the_reach_of_a_person_is_their_branches(cast: Cast) -> None:
    names = reach_of(cast.binh, DAY).values_list("name", flat=True)
    assert set(names) == {"Huyện Bến Đá", "Xã Gò Cao", "Xã Gò Thấp", "Thị trấn Bến Đá"}
    assert not reach_of(cast.binh, DAY, Role.HEAD).exists()


def test_a_person_without_grants_reaches_nothing(cast: Cast) -> None:
    stranger = hire("Em")
    assert units_of(stranger) == []
    assert not reach_of(stranger, DAY).exists()


def test_an_ended_role_is_gone(cast: Cast) -> None:
    end_role(cast.binh.grants.get(), by=cast.an, now=NOW)
    assert roles_on(cast.binh, cast.district, DAY) == set()


def test_a_closed_account_holds_nothing(cast: Cast) -> None:
    close_account(cast.binh, by=cast.an, now=NOW)
    assert roles_on(cast.binh, cast.district, DAY) == set()


def test_a_moved_unit_is_answered_for_by_its_new_branch(cast: Cast) -> None:
    move(cast.commune, under=cast.city, on=date(2025, 4, 1), by=cast.an, now=NOW)
    assert roles_on(cast.binh, cast.commune, date(2025, 3, 31)) == {Role.OFFICER}
    assert roles_on(cast.binh, cast.commune, date(2025, 4, 1)) == set()


def test_a_unit_that_has_ended_stays_with_those_who_answered_for_it(cast: Cast) -> None:
    close(cast.commune, on=date(2025, 7, 1), by=cast.an, now=NOW)
    assert roles_on(cast.binh, cast.commune, date(2026, 1, 1)) == {Role.OFFICER}


def test_the_right_role_opens_the_page(cast: Cast) -> None:
    assert ask(unit_page, cast.binh, unit=cast.commune.pk).content == b"99101"


def test_no_role_on_the_unit_and_the_page_does_not_exist(cast: Cast) -> None:
    with pytest.raises(Http404):
        ask(unit_page, cast.chi, unit=cast.other_commune.pk)
    with pytest.raises(Http404):
        ask(unit_page, cast.chi, unit=0)


def test_another_role_on_the_unit_and_the_page_is_forbidden(cast: Cast) -> None:
    with pytest.raises(PermissionDenied):
        ask(unit_page, cast.an, unit=cast.commune.pk)


def test_a_page_about_no_unit_wants_a_role_somewhere(cast: Cast) -> None:
    assert ask(inbox, cast.chi).status_code == 200
    with pytest.raises(PermissionDenied):
        ask(inbox, hire("Em"))


@pytest.mark.parametrize("view", [unit_page, inbox, own_page])
def test_whoever_has_not_signed_in_is_asked_to(view) -> None:
    answer = ask(view, AnonymousUser())
    assert answer.url == "/tai-khoan/login/?next=/somewhere/"


def test_any_one_of_several_units_will_do(cast: Cast) -> None:
    either = holds(Role.OFFICER, on=lambda request: [cast.ward, cast.commune])(lambda request: HttpResponse("ok"))
    assert ask(either, cast.chi).content == b"ok"


def test_views_say_who_may_use_them() -> None:
    assert public(lambda request: HttpResponse()).access == "public"
    assert own_page.access == "signed in"
    assert unit_page.access == "head, officer on unit"
    assert inbox.access == "any role"


def test_granting_twice_gives_one_grant(cast: Cast) -> None:
    first = grant_role(cast.chi, Role.HEAD, cast.commune, by=cast.an, now=NOW)
    assert grant_role(cast.chi, Role.HEAD, cast.commune, by=cast.an, now=NOW) == first
    assert Grant.objects.filter(person=cast.chi).count() == 2


def test_a_part_of_a_page_asked_for_after_signing_out_is_not_the_page_to_sign_in() -> None:
    request = RequestFactory().post("/somewhere/", headers={"HX-Request": "true"})
    request.user = AnonymousUser()
    assert inbox(request).status_code == 401


@pytest.mark.parametrize("address", ["/tai-khoan/", "/viec/", "/so-van-ban/1/", "/khong-co/"])
def test_no_page_is_kept_by_a_cache(cast: Cast, address: str) -> None:
    kept = signed_in_as(cast.an).get(address)["Cache-Control"]
    assert "private" in kept
    assert "no-cache" in kept
