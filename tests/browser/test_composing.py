"""A letter is composed, looked over and issued; the books and the chain; in a real browser, wide and on a phone."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from cascades import a_campaign, of, passed_on
from cast import DAY, NOW, Cast, assemble
from certificates import PASSWORD, key_of
from letters_made import HEADING, PLAIN, a_draft, issued
from playwright.sync_api import Page, expect
from screens import held, sign_in

from lachan.letters import drafting, numbering, signing
from lachan.letters.models import Reference
from lachan.orgs.models import Unit

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def cast() -> Cast:
    return assemble()


@pytest.fixture(params=[1280, 360])
def sized(request, tab) -> Iterator[Page]:
    with tab(width=request.param, height=900) as one:
        yield one


def test_a_letter_is_composed_looked_over_and_issued(page: Page, cast: Cast) -> None:
    sign_in(page, cast.an)
    page.goto(f"/so-van-ban/{cast.province.pk}/?so=di")
    page.get_by_role("link", name="Soạn văn bản mới").click()
    held(page, "chon-mau")
    page.get_by_label("Thông báo").check()
    page.get_by_role("button", name="Soạn từ mẫu này").click()
    page.wait_for_load_state("load")  # what is typed before the page is whole is not saved as one types
    page.get_by_label("Trích yếu").fill("Về việc phòng, chống lừa đảo trực tuyến")
    page.get_by_text("Đã lưu").first.wait_for()
    held(page, "soan")
    page.get_by_role("button", name="Xem văn bản sẽ phát hành").click()
    expect(page.get_by_text("Còn chỗ chưa điền")).to_be_visible()
    held(page, "con-thieu")
    page.get_by_role("link", name="Sửa văn bản").click()
    page.get_by_label("Nội dung").first.fill("1. Cảnh giác với cuộc gọi lạ.\n2. Không chuyển tiền cho người lạ.")
    page.get_by_label("Họ và tên người ký").fill("Lê Văn Bảy")
    page.get_by_role("button", name="Xem văn bản sẽ phát hành").click()
    held(page, "xem-truoc")
    page.get_by_role("button", name="Phát hành").click()
    expect(page.get_by_text("Đã phát hành văn bản số 01/TB-UBND")).to_be_visible()


def test_the_screens_of_letters(sized: Page, cast: Cast) -> None:
    first = issued(cast, heading=replace(HEADING, urgency="KHẨN"))
    second = issued(cast, cast.district, refers_to=first, heading=replace(HEADING, issuer="UBND HUYỆN BẾN ĐÁ"))
    for _ in range(9):
        issued(cast, cast.commune, refers_to=second, heading=replace(HEADING, issuer="UBND XÃ GÒ CAO"))
    Reference.objects.create(letter=second, doc_type="luật", symbol="24/2018/QH14", title="An ninh mạng")
    drafting.cancel(issued(cast), because="In sai", by=cast.an, now=NOW)
    numbering.reserve(cast.province, day=DAY, purpose="Quyết định khen thưởng", wished=6, by=cast.an, now=NOW)
    second.sent_to.add(cast.province)
    draft = a_draft(cast)
    drafting.add_annex(draft, title="Phân công", text="Đơn vị|Việc\nSở Giáo dục|Trường học", by=cast.an, now=NOW)
    sign_in(sized, cast.an)
    for name, address in {
        "so-di": f"/so-van-ban/{cast.province.pk}/?so=di&year=2025",
        "so-den": f"/so-van-ban/{cast.province.pk}/",
        "so-do": f"/van-ban/{second.pk}/",
        "soan": f"/van-ban/{draft.pk}/soan/",
        "xem": f"/van-ban/{draft.pk}/xem-truoc/",
        "mau": f"/so-van-ban/{cast.province.pk}/mau/",
        "mot-mau": f"/so-van-ban/{cast.province.pk}/mau/ke-hoach/",
        "giu-so": f"/so-van-ban/{cast.province.pk}/giu-so/",
        "vao-so": f"/van-ban/{second.pk}/den/{cast.province.pk}/",
        "huy": f"/van-ban/{first.pk}/huy/",
        "chon-mau": f"/so-van-ban/{cast.province.pk}/soan/",
    }.items():
        sized.goto(address)
        held(sized, f"vb-{name}")


def test_a_letter_is_signed_in_turn(sized: Page, cast: Cast, tmp_path: Path) -> None:
    content = replace(PLAIN, also_sign=[["GIÁM ĐỐC", "Trần Thị B", "Sở Giáo dục và Đào tạo"]])
    begun = signing.begin(a_draft(cast, content=content), by=cast.an, now=NOW)
    key = tmp_path / "bay.p12"
    key.write_bytes(key_of("Lê Văn Bảy"))
    sign_in(sized, cast.an)
    sized.goto(f"/van-ban/{begun.letter_id}/")
    sized.get_by_role("link", name="Ký số", exact=True).click()
    held(sized, "vb-cho-ky")
    sized.get_by_label("Tệp chứng thư số").set_input_files(key)
    sized.get_by_label("Mật khẩu của tệp chứng thư").fill("sai")
    sized.get_by_role("button", name="Ký", exact=True).click()
    expect(sized.get_by_text("Mật khẩu của tệp chứng thư không đúng").first).to_be_visible()
    held(sized, "vb-sai-mat-khau")
    sized.get_by_label("Tệp chứng thư số").set_input_files(key)
    sized.get_by_label("Mật khẩu của tệp chứng thư").fill(PASSWORD)
    sized.get_by_role("button", name="Ký", exact=True).click()
    expect(sized.get_by_text("Đã ký: Lê Văn Bảy.")).to_be_visible()
    expect(sized.get_by_role("heading", name="Đến lượt Trần Thị B")).to_be_visible()
    held(sized, "vb-da-ky-mot")


def test_paper_units_are_reached_and_entered_for(sized: Page, cast: Cast) -> None:
    Unit.objects.filter(pk=cast.township.pk).update(email="bd@songlam.example", address="Khu phố 1, thị trấn Bến Đá")
    campaign = a_campaign(cast.department, [cast.district], by=cast.an)
    passed_on(of(cast.district, campaign), [cast.commune, cast.other_commune, cast.township], by=cast.binh)
    given = of(cast.other_commune, campaign)
    sign_in(sized, cast.binh)
    sized.goto(f"/giao-viec/{of(cast.district, campaign).pk}/")
    sized.get_by_role("link", name="Gửi thư điện tử, bản giấy hoặc nhập thay").click()
    held(sized, "vb-chua-tai-khoan")
    sized.get_by_role("button", name="Gửi thư điện tử đến 1 đơn vị").click()
    expect(sized.get_by_text("đang chờ gửi")).to_be_visible()
    sized.get_by_role("link", name="Xác nhận thay Xã Gò Thấp").click()
    held(sized, "vb-xac-nhan-thay")
    sized.get_by_label("Ngày của bản giấy").fill("10/03/2025")
    sized.get_by_label("Người ký bản giấy").fill("Lê Thị Sáu")
    sized.get_by_role("button", name="Ghi xác nhận").click()
    expect(sized.get_by_text("nhập thay theo bản giấy ngày 10/03/2025")).to_be_visible()
    sized.goto(f"/giao-viec/{given.pk}/bao-cao-thay/")
    held(sized, "vb-nhap-thay")
