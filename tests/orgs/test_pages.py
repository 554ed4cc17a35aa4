"""Pages of units."""

from datetime import date

from cast import NOW, Cast, hire, signed_in_as

from lachan.orgs.actions import close, rename
from lachan.orgs.models import Role


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
