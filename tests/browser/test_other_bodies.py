"""Founding a unit by form, bringing a list, the page of a unit, ending one: at a desk and on a phone."""

import pytest
from cast import Cast
from playwright.sync_api import Page
from scenes import Scene, set_up
from screens import held, sign_in
from workbooks import HEADINGS, workbook

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ROWS = [
    ["TH1", "Trường Tiểu học Gò Cao", "tiểu học", "xã Gò Cao", "0237 3123 456", ""],
    ["TH2", "Trường THCS Gò Cao", "thcs", None, "0237 3123 457", ""],
    ["MN1", "=UPPER(A2)", "mầm non", None, "", ""],
    ["99102", "Xã Gò Thấp", "", "", "0237 3999 888", ""],
    ["", "Thôn 1", "thôn xóm gì đó", "xã Gò Thấp", "gọi sau", ""],
]


@pytest.fixture(params=["page", "phone"])
def screen(request: pytest.FixtureRequest) -> Page:
    return request.getfixturevalue(request.param)


@pytest.fixture
def scene(cast: Cast) -> Scene:
    return set_up(cast)


def test_a_school_is_founded_by_form_and_a_second_of_its_name_is_asked_about(cast: Cast, screen: Page) -> None:
    sign_in(screen, cast.an)
    screen.goto(f"/don-vi/{cast.commune.pk}/")
    screen.get_by_role("link", name="Thêm đơn vị trực thuộc").click()
    held(screen, "bodies-found")
    for _ in range(2):
        screen.get_by_label("Tên đơn vị").fill("Trường Tiểu học Gò Cao")
        screen.get_by_label("Loại đơn vị").select_option("primary-school")
        screen.get_by_role("button", name="Lập đơn vị").click()
        if "/them/" in screen.url:
            break
        screen.get_by_text("Đã lập Trường Tiểu học Gò Cao").wait_for()
        screen.goto(f"/don-vi/{cast.commune.pk}/them/")
    held(screen, "bodies-found-again")
    screen.get_by_label("Đây là một đơn vị khác, vẫn ghi").check()


def test_a_list_with_merged_cells_and_formulas_is_previewed_and_written(cast: Cast, screen: Page) -> None:
    data = workbook(ROWS, headings=(*HEADINGS, "Điện thoại", "Ghi chú"), touch=lambda sheet: sheet.merge_cells("D2:D4"))
    sign_in(screen, cast.an)
    screen.goto(f"/don-vi/{cast.district.pk}/nhap/")
    held(screen, "bodies-bring")
    screen.get_by_label("Tệp danh sách").set_input_files(
        {"name": "truong.xlsx", "mimeType": "application/octet-stream", "buffer": data}
    )
    screen.get_by_role("button", name="Gửi tệp và xem trước").click()
    screen.get_by_text("Ô là công thức mà tệp không giữ kết quả").wait_for()
    held(screen, "bodies-faulty")
    screen.get_by_role("link", name="Thay đổi").click()
    screen.get_by_text("0237 3999 888").wait_for()
    held(screen, "bodies-changed")
    screen.get_by_role("link", name="Mới 2").click()
    screen.get_by_text("lấy từ ô gộp phía trên", exact=False).first.wait_for()
    held(screen, "bodies-new")
    screen.get_by_role("button", name="Ghi 3 dòng không có lỗi").click()
    screen.get_by_role("heading", name="Danh sách đã ghi").wait_for()
    held(screen, "bodies-written")


def test_the_page_of_a_unit_tells_who_where_and_what(scene: Scene, screen: Page) -> None:
    sign_in(screen, scene.cast.an)
    screen.goto(f"/don-vi/{scene.cast.district.pk}/")
    screen.get_by_role("heading", name="Còn phải báo cáo").wait_for()
    held(screen, "bodies-unit")
    screen.goto("/don-vi/?q=go&loai=commune")
    held(screen, "bodies-list")


def test_a_unit_that_holds_a_campaign_is_ended_with_a_reason(scene: Scene, screen: Page) -> None:
    sign_in(screen, scene.cast.an)
    screen.goto(f"/don-vi/{scene.cast.commune.pk}/")
    screen.get_by_role("link", name="Kết thúc hoạt động của đơn vị").click()
    held(screen, "bodies-end")
    screen.get_by_role("button", name="Kết thúc hoạt động").click()
    screen.get_by_text("Chọn đơn vị tiếp nhận, hoặc ghi lý do").first.wait_for()
    held(screen)
    screen.get_by_label("Lý do miễn báo cáo").fill("Giải thể theo Nghị quyết số 12/NQ-HĐND")
    screen.get_by_role("button", name="Kết thúc hoạt động").click()
    screen.get_by_text("Đơn vị đã kết thúc hoạt động").wait_for()
    held(screen, "bodies-ended")


def test_kinds_and_groups_are_looked_over(cast: Cast, screen: Page) -> None:
    sign_in(screen, cast.an)
    screen.goto("/loai-don-vi/")
    held(screen, "bodies-catalogue")
    screen.goto("/nhom-don-vi/bao-chi/")
    held(screen, "bodies-group")


def test_a_unit_is_revised_and_moved(cast: Cast, screen: Page) -> None:
    sign_in(screen, cast.an)
    screen.goto(f"/don-vi/{cast.ward.pk}/sua/")
    held(screen, "bodies-revise")
    screen.goto(f"/don-vi/{cast.ward.pk}/chuyen/")
    held(screen, "bodies-move")


def test_a_list_comes_in_without_javascript(cast: Cast, tab) -> None:
    with tab(java_script_enabled=False) as plain:
        plain.goto("/")
        plain.context.add_cookies(_session(cast, plain))
        plain.goto(f"/don-vi/{cast.commune.pk}/nhap/")
        plain.get_by_label("Tệp danh sách").set_input_files(
            {"name": "a.csv", "mimeType": "text/csv", "buffer": "Tên đơn vị;Loại\nThôn 1;thôn".encode()}
        )
        plain.get_by_role("button", name="Gửi tệp và xem trước").click()
        plain.get_by_role("button", name="Ghi 1 dòng không có lỗi").click()
        plain.get_by_role("heading", name="Danh sách đã ghi").wait_for()


def _session(cast: Cast, page: Page):
    from cast import signed_in_as
    from django.conf import settings

    value = signed_in_as(cast.an).cookies[settings.SESSION_COOKIE_NAME].value
    return [{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": page.url}]
