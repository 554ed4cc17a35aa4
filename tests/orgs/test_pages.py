"""Signing in, one's own page, units, and giving and ending roles."""

import re
from datetime import date

import pytest
from cast import NOW, PASSWORD, Cast, hire, signed_in_as
from django.core.cache import cache
from django.test import Client
from django.utils.html import escape

from lachan.foundation.models import AuditEntry
from lachan.orgs.actions import close, invite, rename
from lachan.orgs.models import Grant, Person, Role

LOGIN = "/tai-khoan/login/"


@pytest.fixture(autouse=True)
def no_attempts_remembered() -> None:
    cache.clear()


def log_in(person: Person, password: str = PASSWORD) -> Client:
    client = Client()
    client.post(LOGIN, {"login": person.email, "password": password})
    return client


def test_a_person_signs_in_by_mail_and_password(cast: Cast) -> None:
    assert "Bình" in log_in(cast.binh).get("/tai-khoan/").content.decode()


def test_the_mail_address_may_be_typed_in_capitals(cast: Cast) -> None:
    client = Client()
    answer = client.post(LOGIN, {"login": cast.binh.email.upper(), "password": PASSWORD})
    assert answer.status_code == 302


@pytest.mark.parametrize("password", ["sai mật khẩu rồi", ""])
def test_a_wrong_password_lets_nobody_in(cast: Cast, password: str) -> None:
    assert log_in(cast.binh, password).get("/tai-khoan/").status_code == 302


def test_the_sixth_wrong_password_closes_the_door_for_that_account_only(cast: Cast) -> None:
    for _ in range(5):
        log_in(cast.binh, "sai mật khẩu rồi")
    assert log_in(cast.binh).get("/tai-khoan/").status_code == 302
    assert log_in(cast.chi).get("/tai-khoan/").status_code == 200


def test_nobody_signs_up_alone(db: None) -> None:
    Client().post("/tai-khoan/signup/", {"email": "x@x.example", "password1": PASSWORD})
    assert not Person.objects.exists()


def test_a_closed_account_does_not_sign_in(cast: Cast) -> None:
    cast.binh.is_active = False
    cast.binh.save()
    assert log_in(cast.binh).get("/tai-khoan/").status_code == 302


def test_signing_out_wants_a_post(cast: Cast) -> None:
    client = signed_in_as(cast.binh)
    client.get("/tai-khoan/logout/")
    assert client.get("/tai-khoan/").status_code == 200
    client.post("/tai-khoan/logout/")
    assert client.get("/tai-khoan/").status_code == 302


def test_somebody_without_a_role_sees_only_their_own_page(cast: Cast) -> None:
    client = signed_in_as(hire("Em"))
    assert "Chưa có vai trò nào" in client.get("/tai-khoan/").content.decode()
    assert client.get("/don-vi/").status_code == 403
    assert client.get(f"/don-vi/{cast.commune.pk}/").status_code == 403


def test_the_list_begins_with_ones_own_branch(cast: Cast) -> None:
    shown = signed_in_as(cast.binh).get("/don-vi/").content.decode()
    assert "Xã Gò Cao" in shown
    assert "Phường Chợ Cũ" not in shown


def test_any_unit_is_found_by_name_without_marks(cast: Cast) -> None:
    shown = signed_in_as(cast.binh).get("/don-vi/", {"q": "cho cu"}).content.decode()
    assert "Phường Chợ Cũ" in shown
    assert "Thành phố Lam Giang, Tỉnh Sông Lam" in shown


def test_the_list_of_a_former_day_shows_who_was_there_then(cast: Cast) -> None:
    close(cast.ward, on=date(2025, 7, 1), by=cast.an, now=NOW)
    client = signed_in_as(cast.an)
    assert "Phường Chợ Cũ" not in client.get("/don-vi/").content.decode()
    assert "Phường Chợ Cũ" in client.get("/don-vi/", {"ngay": "30/06/2025"}).content.decode()


def test_a_list_of_fifty_takes_no_more_queries_than_one_of_five(cast: Cast, django_assert_max_num_queries) -> None:
    client = signed_in_as(cast.an)
    with django_assert_max_num_queries(14):
        client.get("/don-vi/")


def test_a_units_page_tells_its_names_and_where_it_stands(cast: Cast) -> None:
    rename(cast.commune, name="Xã Gò Mới", on=date(2025, 4, 1), by=cast.an, now=NOW)
    shown = signed_in_as(cast.binh).get(f"/don-vi/{cast.commune.pk}/").content.decode()
    assert all(words in shown for words in ("Xã Gò Cao", "Xã Gò Mới", "UBND xã Gò Mới", "Huyện Bến Đá", "01/04/2025"))


def test_the_people_of_a_unit_are_shown_only_to_those_who_hold_a_role_there(cast: Cast) -> None:
    page = f"/don-vi/{cast.commune.pk}/"
    assert cast.chi.email in signed_in_as(cast.binh).get(page).content.decode()
    stranger = hire("Em", (Role.OFFICER, cast.ward))
    assert cast.chi.email not in signed_in_as(stranger).get(page).content.decode()


def test_a_closed_units_page_says_so(cast: Cast) -> None:
    close(cast.commune, on=date(2025, 7, 1), by=cast.an, now=NOW)
    assert "không hoạt động vào hôm nay" in signed_in_as(cast.an).get(f"/don-vi/{cast.commune.pk}/").content.decode()


def give(client: Client, cast: Cast, **typed: str):
    return client.post(f"/don-vi/{cast.commune.pk}/giao-vai-tro/", {"role": "head", "name": "Gấm", **typed})


def test_a_coordinator_invites_somebody_who_then_sets_a_password(cast: Cast) -> None:
    answer = give(signed_in_as(cast.an), cast, email="gam@songlam.example")
    [link] = re.findall(r"http://testserver(/tai-khoan/password/reset/key/[^<\s]+)", answer.content.decode())
    client = Client()
    form = client.get(link, follow=True)
    client.post(form.redirect_chain[-1][0], {"password1": PASSWORD, "password2": PASSWORD})
    gam = Person.objects.get(email="gam@songlam.example")
    assert log_in(gam).get(f"/don-vi/{cast.commune.pk}/").status_code == 200
    assert gam.grants.get().role == Role.HEAD


def test_the_first_link_works_once(cast: Cast) -> None:
    answer = give(signed_in_as(cast.an), cast, email="gam@songlam.example")
    [link] = re.findall(r"http://testserver(/tai-khoan/password/reset/key/[^<\s]+)", answer.content.decode())
    gam = Person.objects.get(email="gam@songlam.example")
    gam.set_password(PASSWORD)
    gam.save()
    assert "Liên kết không còn dùng được" in Client().get(link, follow=True).content.decode()


def test_no_link_is_shown_for_an_account_that_holds_more_than_one_may_give(cast: Cast) -> None:
    new = invite(
        email="gam@songlam.example", name="Gấm", role="operator", unit=cast.province, by=cast.an, now=NOW
    ).person
    coordinator = hire("Em", (Role.COORDINATOR, cast.district))
    answer = give(signed_in_as(coordinator), cast, email=new.email)
    assert answer.status_code == 302
    assert "password/reset/key" not in answer.content.decode()


def test_somebody_with_an_account_gets_the_role_and_no_link(cast: Cast) -> None:
    answer = give(signed_in_as(cast.an), cast, email=cast.chi.email.upper(), name="")
    assert answer.status_code == 302
    assert set(cast.chi.grants.values_list("role", flat=True)) == {Role.OFFICER, Role.HEAD}
    assert AuditEntry.objects.filter(verb="orgs.grant_role").latest("id").by_name == "An"


def test_a_new_person_needs_a_name(cast: Cast) -> None:
    answer = give(signed_in_as(cast.an), cast, email="gam@songlam.example", name="")
    assert answer.status_code == 409
    assert escape("Hãy điền họ và tên") in answer.content.decode()
    assert not Person.objects.filter(email="gam@songlam.example").exists()


def test_a_wrong_address_is_said_at_its_field(cast: Cast) -> None:
    answer = give(signed_in_as(cast.an), cast, email="gam")
    assert answer.status_code == 422
    assert "ten@tinh.gov.vn" in answer.content.decode()


def test_an_officer_gives_no_roles(cast: Cast) -> None:
    assert give(signed_in_as(cast.binh), cast, email="gam@songlam.example").status_code == 403


def test_a_coordinator_does_not_make_operators(cast: Cast) -> None:
    coordinator = hire("Em", (Role.COORDINATOR, cast.district))
    answer = give(signed_in_as(coordinator), cast, email="gam@songlam.example", role="operator")
    assert answer.status_code == 422
    assert not Grant.objects.filter(role=Role.OPERATOR, unit=cast.commune).exists()


def test_a_coordinator_does_not_end_an_operators_role(cast: Cast) -> None:
    coordinator = hire("Em", (Role.COORDINATOR, cast.province))
    operator = cast.an.grants.get(role=Role.OPERATOR)
    assert signed_in_as(coordinator).post(f"/vai-tro/{operator.pk}/ket-thuc/").status_code == 403


def test_a_coordinator_ends_a_role(cast: Cast) -> None:
    grant = cast.chi.grants.get()
    signed_in_as(cast.an).post(f"/vai-tro/{grant.pk}/ket-thuc/")
    grant.refresh_from_db()
    assert grant.ended_at is not None


def test_the_last_operator_stays(cast: Cast) -> None:
    operator = cast.an.grants.get(role=Role.OPERATOR)
    assert signed_in_as(cast.an).post(f"/vai-tro/{operator.pk}/ket-thuc/").status_code == 409


def test_a_role_elsewhere_is_not_known_of(cast: Cast) -> None:
    coordinator = hire("Em", (Role.COORDINATOR, cast.city))
    assert signed_in_as(coordinator).post(f"/vai-tro/{cast.chi.grants.get().pk}/ket-thuc/").status_code == 404


def test_inviting_a_closed_account_is_refused(cast: Cast) -> None:
    cast.chi.is_active = False
    cast.chi.save()
    assert give(signed_in_as(cast.an), cast, email=cast.chi.email).status_code == 409
