"""The page of an assignment and passing it on: who sees it, who acts, and what a press of the button does."""

import html
import re
from datetime import timedelta

import pytest
from cascades import DUE, a_campaign, of, passed_on, reported
from cast import NOW, Cast, hire, signed_in_as
from django.test import Client

from lachan.campaigns import actions
from lachan.campaigns.models import Assignment, Campaign
from lachan.letters.models import Letter, Register
from lachan.orgs.actions import Founding, found_units
from lachan.orgs.models import Role
from lachan.reporting.actions import returns
from lachan.reporting.models import Obligation

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def campaign(cast: Cast) -> Campaign:
    return a_campaign(cast.department, [cast.district, cast.city, cast.press], by=cast.an)


@pytest.fixture
def given(campaign: Campaign, cast: Cast) -> Assignment:
    return of(cast.district, campaign)


def shown(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return html.unescape(answer.content.decode())


def typed(page: str) -> dict[str, object]:
    """What the browser would send of the form on `page`, untouched."""
    form = page[page.index('<form method="post" novalidate') :]
    inputs = re.findall(r"<input [^>]*>", form[: form.index("</form>")])
    values: dict[str, object] = {"units": []}
    for one in inputs:
        name, value = re.search(r'name="([^"]*)"', one), re.search(r'value="([^"]*)"', one)
        assert name
        if name[1] == "units":
            if "checked" in one or "hidden" in one:
                values["units"] = [*values["units"], value[1] if value else ""]  # type: ignore[misc]
        else:
            values[name[1]] = value[1] if value else ""
    for name_, text in re.findall(r'<textarea name="([^"]*)"[^>]*>\s?(.*?)</textarea>', form, re.DOTALL):
        values[name_] = text
    return values


# --- who


def test_a_look_by_the_units_own_people_is_noted_once(given: Assignment, cast: Cast) -> None:
    signed_in_as(cast.dung).get(f"/giao-viec/{given.pk}/")
    signed_in_as(cast.binh).get(f"/giao-viec/{given.pk}/")
    given.refresh_from_db()
    assert (given.opened_at, given.opened_by) == (NOW, cast.dung)


def test_a_look_from_above_is_not_noted(given: Assignment, cast: Cast) -> None:
    page = shown(signed_in_as(cast.an), f"/giao-viec/{given.pk}/")
    given.refresh_from_db()
    assert given.opened_at is None
    assert "với tư cách cấp trên" in page
    assert "trien-khai" not in page


def test_a_district_looks_at_its_communes_and_does_not_act_for_them(given: Assignment, cast: Cast) -> None:
    passed_on(given, [cast.commune], by=cast.binh)
    below = of(cast.commune, given.campaign)
    binh = signed_in_as(cast.binh)
    assert binh.get(f"/giao-viec/{below.pk}/").status_code == 200
    assert binh.post(f"/giao-viec/{below.pk}/xac-nhan/").status_code == 403
    assert binh.get(f"/giao-viec/{below.pk}/trien-khai/").status_code == 403
    below.refresh_from_db()
    assert below.opened_at is None


def test_others_find_no_page(given: Assignment, cast: Cast) -> None:
    passed_on(given, [cast.commune], by=cast.binh)
    stranger = hire("Lan", (Role.OFFICER, cast.city))
    for person in (stranger, hire("Giang"), cast.chi):
        client = signed_in_as(person)
        assert client.get(f"/giao-viec/{given.pk}/").status_code == 404
        assert client.post(f"/giao-viec/{given.pk}/xac-nhan/").status_code == 404
        assert client.post(f"/giao-viec/{given.pk}/trien-khai/").status_code == 404


def test_signed_out_one_is_asked_to_sign_in(given: Assignment) -> None:
    answer = Client().get(f"/giao-viec/{given.pk}/")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/tai-khoan/")


# --- the page of an assignment


def test_tasks_that_name_the_kind_of_unit_come_first(given: Assignment, cast: Cast) -> None:
    page = shown(signed_in_as(cast.binh), f"/giao-viec/{given.pk}/")
    named = page.index("nêu đích danh")
    assert (
        named < page.index("Chỉ đạo, đôn đốc") < page.index("giao cho đơn vị khác") < page.index("Tuyên truyền trên hệ")
    )


def test_links_in_the_letter_are_shown_as_the_place_of_the_materials(given: Assignment, cast: Cast) -> None:
    Letter.objects.filter(pk=given.campaign.letter_id).update(
        text="Tài liệu tại https://tailieu.example/khong-mot-minh."
    )
    assert 'href="https://tailieu.example/khong-mot-minh"' in shown(signed_in_as(cast.binh), f"/giao-viec/{given.pk}/")


def test_the_page_tells_what_happened_the_latest_first(given: Assignment, cast: Cast) -> None:
    actions.open_assignment(given, by=cast.dung, now=NOW + timedelta(hours=1))
    passed_on(given, [cast.commune], by=cast.binh, now=NOW + timedelta(hours=2))
    version = reported(given, by=cast.dung, now=NOW + timedelta(hours=3))
    returns.send_back(version, unit=cast.department, remark="Thiếu xã Gò Cao", by=cast.an, now=NOW + timedelta(hours=4))
    page = shown(signed_in_as(cast.binh), f"/giao-viec/{given.pk}/")
    told = page[page.index("Diễn biến") :]
    events = [
        "Cấp trên trả lại báo cáo bản 1",
        "Thiếu xã Gò Cao",
        "Thủ trưởng duyệt và gửi báo cáo bản 1",
        "Trình thủ trưởng báo cáo bản 1",
        "Triển khai tiếp cho 1 đơn vị bằng văn bản 01/UBND-VX",
        "Xác nhận đã nhận",
        "Mở xem lần đầu",
        "Sở Thông tin và Truyền thông giao việc theo văn bản 116/KH-UBND",
    ]
    places = [told.index(event) for event in events]
    assert places == sorted(places)


def test_a_unit_without_anybody_below_is_not_asked_to_pass_on(campaign: Campaign, cast: Cast) -> None:
    eve = hire("Eve", (Role.OFFICER, cast.press))
    page = shown(signed_in_as(eve), f"/giao-viec/{of(cast.press, campaign).pk}/")
    assert "Triển khai tiếp" not in page
    assert "Các đơn vị bên dưới" not in page


def test_letters_one_may_not_open_are_named_without_a_link(given: Assignment, cast: Cast) -> None:
    dispatch = passed_on(given, [cast.commune], by=cast.binh)
    chi = signed_in_as(cast.chi)
    page = shown(chi, f"/giao-viec/{of(cast.commune, given.campaign).pk}/")
    assert f'"/van-ban/{dispatch.letter_id}/"' in page
    assert "Kế hoạch 116/KH-UBND" in page
    for letter in set(re.findall(r'"(/van-ban/[^"]*)"', page)):
        assert chi.get(letter).status_code == 200, letter
    assert f"/van-ban/{given.campaign.letter_id}/" not in page


# --- passing on


def test_two_presses_hand_the_work_down_as_drafted(given: Assignment, cast: Cast) -> None:
    binh = signed_in_as(cast.binh)
    address = f"/giao-viec/{given.pk}/trien-khai/"
    assert address in shown(binh, f"/giao-viec/{given.pk}/")
    answer = binh.post(address, {**typed(shown(binh, address)), "lam": "giao"}, follow=True)
    assert answer.redirect_chain == [(f"/giao-viec/{given.pk}/", 302)]
    assert "Đã phát hành văn bản 01/UBND-VX và giao việc cho 3 đơn vị." in answer.content.decode()
    assert {a.unit for a in given.children.all()} == {cast.commune, cast.other_commune, cast.township}
    letter = Letter.objects.get(holder=cast.district)
    assert letter.content["recipients"] == ["UBND thị trấn Bến Đá", "UBND xã Gò Cao", "UBND xã Gò Thấp"]
    assert "[hạn báo cáo]" not in letter.content["body"]
    due = Obligation.objects.get(assignment__unit=cast.commune).due_at
    assert NOW < due < DUE


def test_the_same_press_twice_hands_down_once(given: Assignment, cast: Cast) -> None:
    binh = signed_in_as(cast.binh)
    address = f"/giao-viec/{given.pk}/trien-khai/"
    sent = {**typed(shown(binh, address)), "lam": "giao"}
    binh.post(address, sent)
    again = binh.post(address, sent)
    assert again.status_code == 422
    assert "đã được giao" in html.unescape(again.content.decode())
    assert Letter.objects.filter(holder=cast.district).count() == 1
    assert Register.objects.get(unit=cast.district).last == 1


def test_later_only_units_not_given_yet_are_offered(given: Assignment, cast: Cast) -> None:
    passed_on(given, [cast.commune], by=cast.binh)
    page = shown(signed_in_as(cast.binh), f"/giao-viec/{given.pk}/trien-khai/")
    assert sorted(typed(page)["units"]) == sorted([str(cast.other_commune.pk), str(cast.township.pk)])  # type: ignore[call-overload]
    passed_on(given, [cast.other_commune, cast.township], by=cast.binh)
    assert "Không còn đơn vị nào để giao" in shown(signed_in_as(cast.binh), f"/giao-viec/{given.pk}/trien-khai/")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"units": []}, "Chọn ít nhất một đơn vị"),
        ({"report_due": "31/03/2025"}, "không được sau hạn của đơn vị mình (ngày 30/03/2025)"),
        ({"report_due": "09/03/2025"}, "phải sau thời điểm này"),
        ({"report_due": ""}, "Chọn hạn báo cáo"),
        ({"abstract": ""}, "Trích yếu"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
    given: Assignment, cast: Cast, change: dict[str, object], said: str
) -> None:
    binh = signed_in_as(cast.binh)
    address = f"/giao-viec/{given.pk}/trien-khai/"
    sent = {**typed(shown(binh, address)), "signer_name": "Lê Thị Mai", **change, "lam": "giao"}
    answer = binh.post(address, sent)
    page = html.unescape(answer.content.decode())
    assert answer.status_code == 422
    assert said in page
    assert "Lê Thị Mai" in page
    assert not given.children.exists()


def test_on_the_own_last_day_the_hour_of_the_own_deadline_holds(given: Assignment, cast: Cast) -> None:
    binh = signed_in_as(cast.binh)
    address = f"/giao-viec/{given.pk}/trien-khai/"
    binh.post(address, {**typed(shown(binh, address)), "report_due": "30/03/2025", "lam": "giao"})
    assert Obligation.objects.get(assignment__unit=cast.commune).due_at == DUE


def test_a_wished_number_that_is_taken_is_refused(given: Assignment, cast: Cast) -> None:
    passed_on(given, [cast.commune], by=cast.binh)
    binh = signed_in_as(cast.binh)
    address = f"/giao-viec/{given.pk}/trien-khai/"
    answer = binh.post(address, {**typed(shown(binh, address)), "number": "1", "lam": "giao"})
    assert answer.status_code == 409
    assert given.children.count() == 1


def test_searching_keeps_every_tick_and_whatever_was_typed(given: Assignment, cast: Cast) -> None:
    schools = [
        Founding(code=f"T{n}", name=f"Trường Tiểu học số {n}", kind="primary-school", parent=cast.district)
        for n in range(15)
    ]
    found_units(schools, by=None, now=NOW)
    binh = signed_in_as(cast.binh)
    address = f"/giao-viec/{given.pk}/trien-khai/"
    sent = typed(shown(binh, address))
    found = binh.post(address, {**sent, "abstract": "về việc riêng", "tim": "go cao", "lam": "tim"})
    page = html.unescape(found.content.decode())
    assert "1 đơn vị có tên khớp “go cao”" in page
    assert "Trường Tiểu học số 3" not in page
    assert sorted(typed(page)["units"]) == sorted(sent["units"])  # type: ignore[call-overload]
    assert typed(page)["abstract"] == "về việc riêng"
    assert not given.children.exists()


def test_a_whole_kind_is_ticked_and_cleared_without_a_script(given: Assignment, cast: Cast) -> None:
    binh = signed_in_as(cast.binh)
    address = f"/giao-viec/{given.pk}/trien-khai/"
    sent = typed(shown(binh, address))
    cleared = typed(html.unescape(binh.post(address, {**sent, "lam": "bo:commune"}).content.decode()))
    assert cleared["units"] == [str(cast.township.pk)]
    none = typed(html.unescape(binh.post(address, {**sent, "lam": "bo"}).content.decode()))
    assert none["units"] == []
    back = typed(html.unescape(binh.post(address, {**none, "lam": "chon:commune"}).content.decode()))
    assert sorted(back["units"]) == sorted([str(cast.commune.pk), str(cast.other_commune.pk)])  # type: ignore[call-overload]


def test_the_issued_letter_can_be_taken_away_as_a_document(given: Assignment, cast: Cast) -> None:
    dispatch = passed_on(given, [cast.commune], by=cast.binh)
    page = shown(signed_in_as(cast.binh), f"/giao-viec/{given.pk}/")
    for kind in ("pdf", "docx"):
        assert f"/van-ban/{dispatch.letter_id}/van-ban.{kind}" in page
    assert signed_in_as(cast.chi).get(f"/van-ban/{dispatch.letter_id}/van-ban.docx").status_code == 200


# --- the way between a letter and what came of it


def test_a_letter_that_became_a_campaign_leads_to_it(campaign: Campaign, cast: Cast) -> None:
    Letter.objects.filter(pk=campaign.letter_id).update(state=Letter.State.CHECKED)
    page = shown(signed_in_as(cast.an), f"/van-ban/{campaign.letter_id}/")
    assert "Xem chiến dịch" in page
    assert "Lập chiến dịch từ văn bản này" not in page


def test_a_unit_that_only_reads_a_letter_goes_back_to_its_own_book(given: Assignment, cast: Cast) -> None:
    page = shown(signed_in_as(cast.binh), f"/van-ban/{given.campaign.letter_id}/")
    assert '<a href="/so-van-ban/">Sổ văn bản</a>' in page
