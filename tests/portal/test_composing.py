"""A letter is begun from a pattern, filled from the letter it is about and the campaign that came of it."""

from datetime import timedelta

import pytest
from cascades import DUE, a_campaign, of, passed_on
from cast import NOW, Cast, signed_in_as

from lachan.letters.actions import content_of
from lachan.letters.models import Letter
from lachan.portal.case import case_of, late_units

pytestmark = pytest.mark.django_db


def begun(person, unit, **form: object) -> Letter:
    answer = signed_in_as(person).post(f"/so-van-ban/{unit.pk}/soan/", form)
    assert answer.status_code == 302, answer.content.decode()
    return Letter.objects.get(pk=answer.url.split("/")[2])


def test_a_letter_is_filled_from_the_campaign(cast: Cast) -> None:
    campaign = a_campaign(cast.department, [cast.district], by=cast.an)
    source = of(cast.district, campaign).dispatch.letter
    letter = begun(cast.binh, cast.district, pattern="ke-hoach", source=source.pk)
    assert (letter.state, letter.doc_type, letter.symbol) == (Letter.State.DRAFT, "kế hoạch", "KH-UBND")
    assert letter.issuer == "ỦY BAN NHÂN DÂN HUYỆN BẾN ĐÁ"
    body = content_of(letter).body
    assert "Kế hoạch số 116/KH-UBND" in body
    assert "1. Tuyên truyền trên hệ thống truyền thanh cơ sở." in body
    assert "[" not in body
    assert letter.references.get().target == source


def test_without_a_letter_its_places_stay_open(cast: Cast) -> None:
    body = content_of(begun(cast.an, cast.province, pattern="giay-moi")).body
    assert "UBND tỉnh Sông Lam trân trọng kính mời" in body
    assert "[địa điểm]" in body


def test_a_letter_of_another_unit_is_no_source(cast: Cast) -> None:
    source = a_campaign(cast.department, [cast.district], by=cast.an).letter
    answer = signed_in_as(cast.chi).post(
        f"/so-van-ban/{cast.commune.pk}/soan/", {"pattern": "ke-hoach", "source": source.pk}
    )
    assert answer.status_code == 422


def test_a_reminder_names_the_units_that_are_late(cast: Cast) -> None:
    campaign = a_campaign(cast.department, [cast.district], by=cast.an)
    dispatch = passed_on(of(cast.district, campaign), [cast.commune, cast.township], by=cast.binh)
    later = DUE + timedelta(days=1)
    assert late_units(campaign, cast.district.pk, later) == ["Thị trấn Bến Đá", "Xã Gò Cao"]
    assert case_of(cast.district, dispatch.letter, later).values(later)["đơn vị chậm"].startswith("- Thị trấn Bến Đá.")


def test_only_the_units_people_compose_for_it(cast: Cast) -> None:
    assert signed_in_as(cast.binh).get(f"/so-van-ban/{cast.province.pk}/soan/").status_code == 404
    assert NOW  # the pages read the clock themselves
