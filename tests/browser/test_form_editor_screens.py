"""Drawing up a report form: the editor, its pages for one item, the preview, a new version; with and without a script."""

import re
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from cast import NOW, Cast
from playwright.sync_api import Page, expect
from scenes import Scene, set_up
from screens import held, sign_in

from lachan.engine.answers import Column
from lachan.engine.checks import Check, Relation, Severity
from lachan.engine.report_form import FormDraft, QuestionDraft, RowDraft, SectionDraft, TableColumn, TableDraft
from lachan.reporting.actions import editing
from lachan.reporting.models import Form

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FORM = FormDraft(
    "Kết quả thực hiện chiến dịch",
    (
        SectionDraft("I. Kết quả tuyên truyền", "10"),
        QuestionDraft(
            "Số buổi tuyên truyền",
            counted_in="buổi",
            help_text="Tính cả buổi lồng ghép trong họp tổ dân phố.",
            code="1",
        ),
        QuestionDraft("Số người dự", counted_in="người", code="2"),
        TableDraft(
            "Kết quả theo kênh",
            (TableColumn("n", "Số lượt", counted_in="lượt"), TableColumn("p", "Số người", counted_in="người")),
            (
                RowDraft("1", "Truyền thanh", "Trực tiếp"),
                RowDraft("2", "Họp tổ dân phố", "Trực tiếp"),
                RowDraft("3", "Zalo"),
            ),
            sum_row=True,
            code="3",
        ),
        SectionDraft("II. Việc làm cụ thể", "11"),
        QuestionDraft(
            "Các lớp tập huấn đã mở",
            kind="rows",
            required=False,
            columns=(Column("a", "Tên lớp", required=True), Column("n", "Số người", "whole", "người")),
            code="4",
        ),
        QuestionDraft("Khó khăn, vướng mắc", kind="text", required=False, code="5"),
        QuestionDraft("Số vụ đã phát hiện", measure="mean", code="6"),
    ),
    (Check(Relation.AT_MOST, ("1", "2"), Severity.ASK),),
)


@pytest.fixture
def scene(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Scene:
    monkeypatch.setattr("lachan.foundation.http.timezone.now", lambda: NOW)
    scene = set_up(cast)
    form = Form.objects.get(campaign=scene.campaign)
    editing.edit(form, lambda _old: FORM, by=scene.coordinator, now=NOW)
    return scene


@pytest.fixture(params=[1280, 360])
def sized(request: pytest.FixtureRequest, tab: Any) -> Iterator[Page]:
    with ExitStack() as stack:
        yield stack.enter_context(tab(width=request.param))


def test_the_screens_of_the_editor(sized: Page, scene: Scene) -> None:
    sign_in(sized, scene.coordinator)
    base = f"/chien-dich/{scene.campaign.pk}/bieu-mau/"
    for rest in ("", "muc/1/", "muc/3/", "muc/4/", "muc/de-muc/", "quy-tac/", "phien-ban/", "xem-thu/"):
        sized.goto(base + rest)
        sized.evaluate("document.querySelectorAll('main details').forEach((one) => { one.open = true })")
        held(sized, f"form-{rest.strip('/').replace('/', '-') or 'list'}")


@pytest.mark.parametrize("script", [True, False])
def test_a_coordinator_draws_up_a_form_and_issues_it(tab: Any, scene: Scene, script: bool) -> None:
    with tab(java_script_enabled=script) as page:
        if script:
            sign_in(page, scene.coordinator)
        else:
            page.goto("/thiet-ke/", wait_until="commit")
            from django.conf import settings
            from django.test import Client

            client = Client()
            client.force_login(scene.coordinator)
            value = client.cookies[settings.SESSION_COOKIE_NAME].value
            page.context.add_cookies(
                [{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": page.url.partition("/thiet-ke")[0]}]
            )
        page.goto(f"/chien-dich/{scene.campaign.pk}/bieu-mau/")
        page.get_by_text("Dán nhiều câu hỏi một lúc").click()
        page.get_by_label("Mỗi dòng một câu hỏi").fill("Số bài viết\nKiến nghị")
        page.get_by_role("button", name="Thêm các câu này").click()
        expect(page.get_by_role("link", name="Số bài viết")).to_be_visible()
        page.get_by_role("button", name=re.compile("Bỏ.*Số vụ đã phát hiện")).click()
        expect(page.get_by_role("link", name="Số vụ đã phát hiện")).to_have_count(0)
        page.get_by_role("button", name="Hoàn tác bước vừa rồi").click()
        expect(page.get_by_role("link", name="Số vụ đã phát hiện")).to_be_visible()
        page.get_by_role("link", name="Số bài viết").click()
        page.get_by_label("Câu hỏi hoặc chỉ tiêu").fill("Số bài viết đã đăng")
        page.get_by_role("button", name="Lưu", exact=True).click()
        page.get_by_role("link", name="Xem và ban hành phiên bản mới").click()
        expect(page.get_by_text("Thêm: Số bài viết đã đăng")).to_be_visible()
        page.get_by_label("Lý do sửa").fill("Theo hướng dẫn mới của tỉnh")
        page.get_by_role("button", name="Ban hành và báo cho các đơn vị").click()
        expect(page.get_by_text("Đã ban hành phiên bản 2")).to_be_visible()
