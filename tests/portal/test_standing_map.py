"""The map of a campaign: communes as points, provinces as shapes, and nobody dropped."""

import html
import re
from datetime import timedelta

import pytest
from cascades import DUE, a_campaign, of, passed_on, reported
from cast import NOW, Cast, found, signed_in_as

from lachan.campaigns.models import Campaign
from lachan.orgs.models import Unit
from lachan.portal import standing_map

pytestmark = pytest.mark.usefixtures("clock")


def shown(cast: Cast, campaign: Campaign, more: str = "") -> str:
    answer = signed_in_as(cast.an).get(f"/chien-dich/{campaign.pk}/tinh-hinh/?xem=ban-do{more}")
    assert answer.status_code == 200
    return html.unescape(answer.content.decode()).replace("\u00a0", " ")


@pytest.fixture
def district(cast: Cast) -> Unit:
    return found("390", "Huyện Cẩm Thủy", "rural-district", cast.province)


@pytest.fixture
def campaign(cast: Cast, district: Unit) -> Campaign:
    """Two communes of the old tree on the map, one off it; a newspaper, which has no place by its nature."""
    communes = [found("15133", "Xã Cẩm Thành", "commune", district), found("15136", "Xã Cẩm Quý", "commune", district)]
    campaign = a_campaign(cast.department, [district, cast.commune, cast.press], by=cast.an)
    passed_on(of(district, campaign), communes, by=cast.an)
    reported(of(communes[0], campaign), by=cast.an)
    return campaign


def test_every_unit_is_a_point_or_named_or_counted_beside(cast: Cast, campaign: Campaign) -> None:
    page = shown(cast, campaign)
    assert set(re.findall(r"<title>([^<]*: [^<]*)</title></a>", page)) == {
        "Xã Cẩm Thành: Báo cáo đúng hạn",
        "Xã Cẩm Quý: Chưa báo cáo, còn hạn",
        "Huyện Cẩm Thủy: Chưa báo cáo, còn hạn",
    }
    beside = page[page.index("Chưa có vị trí trên bản đồ") :]
    assert "Xã Gò Cao" in beside
    assert "Cơ quan báo chí, phát thanh, truyền hình</a>: 1" in beside
    assert "CC BY-SA 4.0" in page
    assert "OpenStreetMap" in page


def test_points_tell_who_is_overdue(cast: Cast, campaign: Campaign, clock: object) -> None:
    clock(DUE + timedelta(days=1))  # type: ignore[operator]
    page = shown(cast, campaign)
    assert page.count('href="#spot-overdue" transform') == 2
    assert "1 trên 3 đơn vị trên bản đồ đã báo cáo, 2 quá hạn." in page


def test_filters_narrow_the_map(cast: Cast, campaign: Campaign) -> None:
    page = shown(cast, campaign, "&thieu=da-bao-cao")
    assert page.count("<use ") - page.count('class="swatch"') == 1


def test_too_many_points_leave_the_heads_of_branches(
    cast: Cast, campaign: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(standing_map, "MOST_SPOTS", 2)
    page = shown(cast, campaign)
    assert "Huyện Cẩm Thủy: " in page
    assert "Xã Cẩm Thành: " not in page
    assert "Bản đồ chỉ vẽ đơn vị đầu mỗi nhánh" in page


def test_a_campaign_given_to_provinces_draws_them_as_shapes(cast: Cast) -> None:
    provinces = [
        found(code, name, "province", None) for code, name in (("38", "Tỉnh Thanh Hóa"), ("40", "Tỉnh Nghệ An"))
    ]
    campaign = a_campaign(cast.department, provinces, by=cast.an)
    reported(of(provinces[0], campaign), by=cast.an)
    page = shown(cast, campaign)
    assert "Đã báo cáo nhiều nhất: Tỉnh Thanh Hóa (100 %); ít nhất: Tỉnh Nghệ An (0 %)." in page
    assert page.count('class="area look-all"') == 1
    assert page.count('class="area look-none"') == 1
    assert page.count('class="ground"') == 32
    assert "Hoàng Sa" in page
    assert "Trường Sa" in page


@pytest.mark.parametrize(
    ("received", "now", "look"),
    [
        (None, NOW, "waiting"),
        (None, DUE + timedelta(days=1), "overdue"),
        (NOW, DUE, "done"),
        (DUE + timedelta(1), DUE, "late"),
    ],
)
def test_a_look_says_how_the_return_stands(received: object, now: object, look: str) -> None:
    counted = 1 if received else None
    assert standing_map.look_of(DUE, counted, received, now) == look  # type: ignore[arg-type]
    assert standing_map.look_of(None, None, None, NOW) == "off"
