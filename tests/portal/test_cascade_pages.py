import pytest
from cascades import DUE, a_campaign, of, passed_on, reported, submitted
from cast import NOW, Cast, hire, signed_in_as
from django.test import Client

from lachan.campaigns.models import Assignment, Campaign
from lachan.orgs.models import Role


@pytest.fixture
def campaign(cast: Cast) -> Campaign:
    return a_campaign(cast.department, [cast.district, cast.city, cast.press], by=cast.an)


@pytest.fixture
def given(campaign: Campaign, cast: Cast) -> Assignment:
    return of(cast.district, campaign)


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


@pytest.mark.parametrize("address", ["", "tinh-hinh/", "tinh-hinh/?thieu=mo", "tinh-hinh/?thieu=qua-han", "tinh-hinh/?q=ben"])
def test_pages_of_a_campaign_show(cast: Cast, campaign: Campaign, address: str) -> None:
    page(signed_in_as(cast.an), f"/chien-dich/{campaign.pk}/{address}")


def test_other_pages_show(cast: Cast, given: Assignment) -> None:
    binh = signed_in_as(cast.binh)
    for address in ["/chien-dich/", f"/viec/{cast.district.pk}/", f"/giao-viec/{given.pk}/", f"/giao-viec/{given.pk}/trien-khai/"]:
        page(binh, address)
    page(signed_in_as(cast.an), f"/viec/{cast.province.pk}/")
    page(Client(), "/")
