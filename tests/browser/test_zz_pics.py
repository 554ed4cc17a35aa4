import pytest
from pathlib import Path
from typing import Any
from cast import NOW, Cast, hire
from scenes import set_up, with_a_full_form, having_done
from screens import axe_clean, no_sideways_scroll, sign_in, picture, big_enough_to_press
from lachan.orgs.models import Role
from lachan.reporting.actions import returns, sharing, remarks
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
OUT=Path("/tmp/ret/pics")
@pytest.mark.parametrize("width",[1280,360])
def test_pics(cast: Cast, tab: Any, monkeypatch: pytest.MonkeyPatch, width):
    monkeypatch.setattr("lachan.foundation.http.timezone.now", lambda: NOW)
    scene = with_a_full_form(set_up(cast))
    for n in range(3): having_done(scene, 4, f"activity-{n}")
    owed = scene.owed(cast.commune)
    hoa = hire("Hoa", (Role.COLLABORATOR, cast.commune))
    cells=list(owed.asked())
    def trouble(page):
        for f in (axe_clean,no_sideways_scroll,big_enough_to_press):
            try: f(page)
            except AssertionError as e: print("TROUBLE", page.url, str(e)[:1500])
    with tab(width=width) as page:
        sign_in(page, scene.officer)
        page.goto(f"/bao-cao/{owed.pk}/"); trouble(page)
        picture(page, OUT/f"1-form-{width}.png")
        page.goto(f"/bao-cao/{owed.pk}/phan-cong/"); trouble(page)
        sharing.share(owed, person=hoa, questions=[c.pk for c in cells if c.table], due_on=None, by=scene.officer, now=NOW)
        page.goto(f"/bao-cao/{owed.pk}/phan-cong/"); trouble(page)
        picture(page, OUT/f"2-share-{width}.png")
        typed={c.key:"12" for c in cells if c.is_number}
        for c in cells:
            if c.is_list: typed[c.key]="Lớp 1 | 20\nLớp 2 | 30"
            if c.kind=="text": typed[c.key]="Loa thôn 3 hỏng từ tháng 2. Đề nghị cấp kinh phí sửa."
        v=returns.submit(owed, typed=typed, request_key="a", by=scene.officer, now=NOW)
        remarks.remark(v, question=cells[0], unit=cast.commune, text="Đối chiếu lại với sổ trực.", by=scene.head, now=NOW)
        remarks.remark(v, question=cells[3], unit=cast.commune, text="Thiếu thôn 4?", by=scene.head, now=NOW)
        sign_in(page, scene.head)
        page.goto(f"{v.get_absolute_url()}?gop-y={cells[1].pk}"); trouble(page)
        picture(page, OUT/f"3-head-{width}.png")
        returns.send_back(v, unit=cast.commune, remark="", by=scene.head, now=NOW)
        sign_in(page, scene.officer)
        page.goto(f"/bao-cao/{owed.pk}/"); trouble(page)
        picture(page, OUT/f"4-sentback-{width}.png")
        sign_in(page, hoa)
        page.goto(f"/bao-cao/{owed.pk}/"); trouble(page)
        picture(page, OUT/f"5-colleague-{width}.png")
        typed[cells[0].key]="15"
        for c in cells:
            if c.kind=="text": typed[c.key]="Loa thôn 4 hỏng từ tháng 3. Đề nghị cấp thêm kinh phí sửa."
        returns.submit(owed, typed=typed, request_key="b", by=scene.officer, now=NOW)
        sign_in(page, scene.officer)
        page.goto(f"/bao-cao/{owed.pk}/lich-su/"); trouble(page)
        picture(page, OUT/f"6-history-{width}.png")
