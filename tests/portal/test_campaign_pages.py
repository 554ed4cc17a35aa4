"""The owner's pages of a campaign: its numbers, and that each of them opens to exactly the units it counts."""

import html
import re
from datetime import timedelta

import pytest
from cascades import DUE, a_campaign, a_letter, of, passed_on, reported
from cast import NOW, Cast, hire, signed_in_as
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lachan.campaigns import actions
from lachan.campaigns.models import Assignment, Campaign
from lachan.orgs.actions import Founding, found_units
from lachan.orgs.models import Role

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def campaign(cast: Cast) -> Campaign:
    """The district passed on and reported; one commune reported, one received, one has done nothing; the city opened."""
    campaign = a_campaign(cast.department, [cast.district, cast.city, cast.press], by=cast.an)
    below = [cast.commune, cast.other_commune, cast.township]
    passed_on(of(cast.district, campaign), below, by=cast.binh, due=NOW + timedelta(days=5))
    reported(of(cast.district, campaign), by=cast.dung)
    reported(of(cast.commune, campaign), by=cast.chi)
    actions.receive(of(cast.other_commune, campaign), by=cast.chi, now=NOW)
    actions.open_assignment(of(cast.city, campaign), by=cast.an, now=NOW)
    return campaign


def shown(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return html.unescape(answer.content.decode())


def listed(page: str) -> list[str]:
    """The names in the first column of the table."""
    body = page[page.index("<tbody>") : page.index("</tbody>")] if "<tbody>" in page else ""
    cells = re.findall(r"<th [^>]*>(.*?)</th>", body, re.DOTALL)
    return [re.sub(r"<[^>]+>", "", cell.partition("<br>")[0]).strip() for cell in cells]


MISSING = [
    ("mo", ["Báo Sông Lam", "Thị trấn Bến Đá", "Xã Gò Cao"]),
    ("nhan", ["Báo Sông Lam", "Thành phố Lam Giang", "Thị trấn Bến Đá", "Xã Gò Cao"]),
    ("trien-khai", ["Thành phố Lam Giang"]),
    ("bao-cao", ["Báo Sông Lam", "Thành phố Lam Giang", "Thị trấn Bến Đá", "Xã Gò Thấp"]),
    ("qua-han", ["Thị trấn Bến Đá", "Xã Gò Thấp"]),
]


@pytest.mark.parametrize(("key", "names"), MISSING)
def test_who_is_missing_is_listed(campaign: Campaign, cast: Cast, clock: object, key: str, names: list[str]) -> None:
    clock(NOW + timedelta(days=6))  # type: ignore[operator]
    page = shown(signed_in_as(cast.an), f"/chien-dich/{campaign.pk}/tinh-hinh/?thieu={key}")
    assert listed(page) == names


@pytest.mark.parametrize("top", ["", "district"])
def test_every_number_opens_to_as_many_units(campaign: Campaign, cast: Cast, clock: object, top: str) -> None:
    clock(NOW + timedelta(days=6))  # type: ignore[operator]
    client = signed_in_as(cast.an)
    inside = f"{of(cast.district, campaign).pk}/" if top else ""
    page = shown(client, f"/chien-dich/{campaign.pk}/tinh-hinh/{inside}?xem=bang")
    links = re.findall(r'<a href="([^"]*\?[^"]*xem=danh-sach[^"]*)">([\d.]+)</a>', page)
    assert len(links) > 8
    for address, number in links:
        assert len(listed(shown(client, address))) == int(number), address


@pytest.mark.parametrize(("typed", "names"), [("go", 2), ("gò cao", 1), ("gọ", 0), ("lam giang", 1)])
def test_units_are_searched_with_or_without_marks(campaign: Campaign, cast: Cast, typed: str, names: int) -> None:
    answer = signed_in_as(cast.an).get(f"/chien-dich/{campaign.pk}/tinh-hinh/", {"q": typed})
    assert len(listed(answer.content.decode())) == names


def test_a_branch_leads_to_the_branch_below(campaign: Campaign, cast: Cast) -> None:
    district = of(cast.district, campaign)
    page = shown(signed_in_as(cast.an), f"/chien-dich/{campaign.pk}/tinh-hinh/?xem=bang")
    assert f'"/chien-dich/{campaign.pk}/tinh-hinh/{district.pk}/?xem=bang"' in page
    assert f"/chien-dich/{campaign.pk}/tinh-hinh/{of(cast.press, campaign).pk}/" not in page
    below = shown(signed_in_as(cast.an), f"/chien-dich/{campaign.pk}/tinh-hinh/{district.pk}/?xem=bang")
    assert listed(below) == ["Thị trấn Bến Đá", "Xã Gò Cao", "Xã Gò Thấp"]


def test_a_district_sees_its_own_branch_only(campaign: Campaign, cast: Cast) -> None:
    binh = signed_in_as(cast.binh)
    own, other = of(cast.district, campaign), of(cast.city, campaign)
    assert binh.get(f"/chien-dich/{campaign.pk}/tinh-hinh/").status_code == 404
    assert binh.get(f"/chien-dich/{campaign.pk}/tinh-hinh/{other.pk}/").status_code == 404
    page = shown(binh, f"/chien-dich/{campaign.pk}/tinh-hinh/{own.pk}/?thieu=tat-ca")
    assert "Thành phố Lam Giang" not in page
    assert len(listed(page)) == 3
    outside = f"/chien-dich/{campaign.pk}/tinh-hinh/{own.pk}/?thieu=tat-ca&nhanh={other.pk}"
    assert binh.get(outside).status_code == 404


def test_a_unit_that_was_given_the_campaign_is_led_to_its_own_assignment(campaign: Campaign, cast: Cast) -> None:
    answer = signed_in_as(cast.chi).get(f"/chien-dich/{campaign.pk}/")
    assert answer["Location"] == f"/giao-viec/{of(cast.commune, campaign).pk}/"
    stranger = hire("Lan", (Role.OFFICER, cast.ward))
    assert signed_in_as(stranger).get(f"/chien-dich/{campaign.pk}/").status_code == 404


def test_the_list_holds_what_one_runs_and_what_one_was_given(campaign: Campaign, cast: Cast) -> None:
    assert f'"/chien-dich/{campaign.pk}/"' in shown(signed_in_as(cast.an), "/chien-dich/")
    page = shown(signed_in_as(cast.binh), "/chien-dich/")
    assert f'"/giao-viec/{of(cast.district, campaign).pk}/"' in page
    assert f'"/chien-dich/{campaign.pk}/"' not in page


def test_the_head_line_counts_from_the_standing(campaign: Campaign, cast: Cast) -> None:
    page = re.sub(r"<[^>]+>", " ", shown(signed_in_as(cast.an), f"/chien-dich/{campaign.pk}/"))
    words = " ".join(page.split())
    assert "Đơn vị được giao 6" in words
    assert "Đã xác nhận 2 trên 6, còn thiếu 4" in words
    assert "Đã triển khai tiếp 1 trên 2, còn thiếu 1" in words
    assert "Đã gửi báo cáo 2 trên 6, còn thiếu 4" in words


def test_a_draft_leads_back_to_where_it_is_set_up(cast: Cast) -> None:
    letter = a_letter(cast.department, by=cast.an)
    draft = actions.CampaignDraft(name="Chiến dịch mới")
    campaign = actions.prepare(letter, owner=cast.department, draft=draft, by=cast.an, now=NOW)
    page = shown(signed_in_as(cast.an), f"/chien-dich/{campaign.pk}/")
    assert f"/van-ban/{letter.pk}/lap-chien-dich/" in page
    assert "/ket-thuc/" not in page
    assert "Đang soạn" in shown(signed_in_as(cast.an), "/chien-dich/")


def test_the_owner_closes_a_campaign_once(campaign: Campaign, cast: Cast) -> None:
    an = signed_in_as(cast.an)
    assert "/ket-thuc/" in shown(an, f"/chien-dich/{campaign.pk}/")
    assert an.post(f"/chien-dich/{campaign.pk}/ket-thuc/").status_code == 302
    assert an.post(f"/chien-dich/{campaign.pk}/ket-thuc/").status_code == 409
    assert "/ket-thuc/" not in shown(an, f"/chien-dich/{campaign.pk}/")


def test_only_the_owners_coordinator_or_head_closes(campaign: Campaign, cast: Cast) -> None:
    officer = hire("Lan", (Role.OFFICER, cast.department))
    assert "/ket-thuc/" not in shown(signed_in_as(officer), f"/chien-dich/{campaign.pk}/")
    assert signed_in_as(officer).post(f"/chien-dich/{campaign.pk}/ket-thuc/").status_code == 403
    assert signed_in_as(cast.dung).post(f"/chien-dich/{campaign.pk}/ket-thuc/").status_code == 404
    campaign.refresh_from_db()
    assert campaign.state == Campaign.State.RUNNING


@pytest.mark.parametrize(
    "address",
    [
        "",
        "tinh-hinh/",
        "tinh-hinh/?xem=ban-do",
        "tinh-hinh/?xem=thoi-gian",
        "tinh-hinh/?xem=bang",
        "tinh-hinh/?xem=ty-le",
        "tinh-hinh/0/ty-le.csv",
        "tinh-hinh/?thieu=bao-cao&loai=department&q=so",
        "tinh-hinh/?thieu=mo&in=1",
        "tinh-hinh/0/don-vi.csv?thieu=khong-nguoi",
    ],
)
def test_the_price_of_a_page_does_not_grow_with_the_units(cast: Cast, address: str) -> None:
    an = signed_in_as(cast.an)
    prices = []
    for count in (2, 40):
        foundings = [
            Founding(code=f"D{count}-{n}", name=f"Sở {n}", kind="department", parent=cast.province)
            for n in range(count)
        ]
        campaign = a_campaign(cast.department, found_units(foundings, by=None, now=NOW), by=cast.an)
        an.get(f"/chien-dich/{campaign.pk}/{address}")
        with CaptureQueriesContext(connection) as queries:
            assert an.get(f"/chien-dich/{campaign.pk}/{address}").status_code == 200
        prices.append(len(queries))
    assert prices[0] == prices[1]


def test_a_long_list_comes_in_pages_and_whole_to_be_printed(cast: Cast) -> None:
    foundings = [Founding(code=f"D{n}", name=f"Sở {n}", kind="department", parent=cast.province) for n in range(60)]
    campaign = a_campaign(cast.department, found_units(foundings, by=None, now=NOW), by=cast.an)
    an = signed_in_as(cast.an)
    address = f"/chien-dich/{campaign.pk}/tinh-hinh/?thieu=mo"
    assert len(listed(shown(an, address))) == 40
    assert len(listed(shown(an, f"{address}&page=2"))) == 20
    assert len(listed(shown(an, f"{address}&in=1"))) == 60
    assert Assignment.objects.filter(campaign=campaign, dispatch__report_due=DUE).count() == 60
