"""From a letter to a running campaign, on one screen."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from cast import NOW, Cast, hire, signed_in_as
from django.db import connection
from django.test import Client
from letter_samples import (
    FROM_ABOVE,
    TO_THE_PROVINCE,
    as_docx,
    with_two_deadlines,
    without_deadline,
    without_recipients,
)
from lxml import html

from lachan.campaigns.models import Assignment, Campaign
from lachan.foundation import audit
from lachan.letters.models import Letter
from lachan.letters.receiving import Source, receive
from lachan.orgs.actions import close
from lachan.orgs.models import Role, Unit
from lachan.reporting.models import Obligation

pytestmark = pytest.mark.django_db
Typed = dict[str, list[str]]


def entered(cast: Cast, text: str, holder: Unit | None = None) -> Letter:
    return receive(holder=holder or cast.department, source=Source(as_docx(text), "công văn.docx"), by=cast.an, now=NOW)


def address(letter: Letter) -> str:
    return f"/van-ban/{letter.pk}/lap-chien-dich/"


def typed(page: bytes) -> Typed:
    """What a browser would send from the set-up form as it stands."""
    form = next(one for one in html.fromstring(page.decode()).forms if "lap-chien-dich" in one.action)
    data: Typed = {}
    for name, value in form.form_values():
        data.setdefault(name, []).append(value)
    return data


def opened(client: Client, letter: Letter) -> Typed:
    return typed(client.get(address(letter)).content)


def press(client: Client, letter: Letter, data: Typed, step: str):
    return client.post(address(letter), {**data, "step": step})


def said(client: Client, letter: Letter) -> str:
    return " ".join(html.fromstring(client.get(address(letter)).content.decode()).text_content().split())


def settled(data: Typed) -> Typed:
    """The sample letter's boat club has no unit: left out with a reason."""
    return {**data, "addressee-3-left_out_because": ["chưa có đơn vị này"]}


def test_a_letter_becomes_a_running_campaign(cast: Cast) -> None:
    client, letter = signed_in_as(cast.an), entered(cast, TO_THE_PROVINCE)
    answer = press(client, letter, settled(opened(client, letter)), "start")
    campaign = Campaign.objects.get(letter=letter)
    assert answer.url == f"/chien-dich/{campaign.pk}/"
    assert campaign.state == Campaign.State.RUNNING
    assert campaign.name == "Ba chậm trước khi chuyển tiền"
    given = set(Assignment.objects.filter(campaign=campaign).values_list("unit_name", flat=True))
    assert given == {"Sở Giáo dục và Đào tạo", "Huyện Bến Đá", "Thành phố Lam Giang", "Báo Sông Lam"}
    assert Obligation.objects.get(unit=cast.district).questions.count() == 3
    assert Obligation.objects.get(unit=cast.press).questions.count() == 2
    assert campaign.dispatches.get().letter == letter
    letter.refresh_from_db()
    assert letter.state == Letter.State.CHECKED


def test_an_unsettled_recipient_holds_the_start_back_and_is_kept(cast: Cast) -> None:
    client, letter = signed_in_as(cast.an), entered(cast, TO_THE_PROVINCE)
    press(client, letter, opened(client, letter), "start")
    assert Campaign.objects.get(letter=letter).state == Campaign.State.DRAFT
    assert "Câu lạc bộ Thuyền thúng Cửa Sông" in opened(client, letter)["addressee-3-line"]
    assert "chưa rõ là đơn vị nào" in said(client, letter)


def test_looking_twice_prepares_once(cast: Cast) -> None:
    client, letter = signed_in_as(cast.an), entered(cast, TO_THE_PROVINCE)
    first = opened(client, letter)
    again = opened(client, letter)
    assert {**first, "csrfmiddlewaretoken": []} == {**again, "csrfmiddlewaretoken": []}
    assert Campaign.objects.count() == 1


def test_what_is_saved_survives_a_reload(cast: Cast) -> None:
    client, letter = signed_in_as(cast.an), entered(cast, TO_THE_PROVINCE)
    data = opened(client, letter)
    changed = {
        **data,
        "campaign-name": ["Chậm lại"],
        "task-0-text": ["Nói chuyện với bà con ở chợ."],
        "letter-number": ["215"],
    }
    assert press(client, letter, changed, "save").url == address(letter)
    kept = opened(client, letter)
    assert kept["campaign-name"] == ["\nChậm lại"]
    assert kept["task-0-text"] == ["\nNói chuyện với bà con ở chợ."]
    letter.refresh_from_db()
    assert letter.number == 215


def test_a_unit_found_by_search_settles_a_recipient(cast: Cast) -> None:
    client, letter = signed_in_as(cast.an), entered(cast, TO_THE_PROVINCE)
    data = opened(client, letter)
    found = press(client, letter, {**data, "addressee-3-q": ["go cao"]}, "search:3").content
    assert f'value="{cast.commune.pk}"' in found.decode()
    press(client, letter, {**typed(found), "addressee-3-add": [str(cast.commune.pk)]}, "save")
    campaign = Campaign.objects.get(letter=letter)
    assert campaign.addressees.get(line__contains="Thuyền thúng").units.get() == cast.commune


def test_a_group_is_added_whole_and_a_unit_ticked_is_left_out(cast: Cast) -> None:
    client, letter = signed_in_as(cast.an), entered(cast, TO_THE_PROVINCE)
    data = opened(client, letter)
    added = press(client, letter, {**data, "addressee-3-group": ["ubnd-cap-xa"]}, "add-group").content
    press(client, letter, {**typed(added), "addressee-3-drop": [str(cast.ward.pk)]}, "save")
    units = set(Campaign.objects.get(letter=letter).addressees.get(line__contains="Thuyền thúng").units.all())
    assert units == {cast.commune, cast.other_commune, cast.township}


def test_rows_come_and_go_without_javascript(cast: Cast) -> None:
    client, letter = signed_in_as(cast.an), entered(cast, TO_THE_PROVINCE)
    more = typed(press(client, letter, opened(client, letter), "add-task").content)
    assert more["task"] == ["0", "1", "2", "3"]
    fewer = typed(press(client, letter, {**more, "task-3-text": ["Phát tờ rơi."]}, "drop-task:1").content)
    assert fewer["task"] == ["0", "2", "3"]
    press(client, letter, fewer, "save")
    texts = Campaign.objects.get(letter=letter).tasks.values_list("text", flat=True)
    assert [text.split()[0] for text in texts] == ["Tổ", "Báo", "Phát"]


def test_a_certainty_that_is_no_number_is_sent_back(cast: Cast) -> None:
    client, letter = signed_in_as(cast.an), entered(cast, TO_THE_PROVINCE)
    data = {**opened(client, letter), "addressee-0-certainty": ["😀"]}
    assert press(client, letter, data, "save").status_code == 422


def test_a_row_left_empty_is_not_kept(cast: Cast) -> None:
    client, letter = signed_in_as(cast.an), entered(cast, TO_THE_PROVINCE)
    for kind in ("task", "addressee"):
        data = typed(press(client, letter, opened(client, letter), f"add-{kind}").content)
        assert press(client, letter, data, "save").status_code == 302
        assert len(opened(client, letter)[kind]) == len(data[kind]) - 1


def press_named(client: Client, letter: Letter, data: Typed, words: str):
    """As a browser does when the button with these words is pressed."""
    page = html.fromstring(client.get(address(letter)).content.decode())
    (button,) = page.xpath(f"//button[normalize-space()='{words}']")
    return client.post(button.get("formaction"), {**data, button.get("name"): button.get("value")})


def test_saving_to_edit_the_report_form_keeps_what_was_typed_and_leads_to_the_editor(cast: Cast) -> None:
    client, letter = signed_in_as(cast.an), entered(cast, TO_THE_PROVINCE)
    data = {**opened(client, letter), "campaign-name": ["Chậm lại"]}
    answer = press_named(client, letter, data, "Lưu và sửa biểu mẫu")
    campaign = Campaign.objects.get(letter=letter)
    assert answer["Location"] == f"/chien-dich/{campaign.pk}/bieu-mau/"
    assert campaign.name == "Chậm lại"
    assert client.get(answer["Location"]).status_code == 200


def test_a_report_form_edited_from_the_set_up_stays_when_that_is_saved_again(cast: Cast) -> None:
    client, letter = signed_in_as(cast.an), entered(cast, TO_THE_PROVINCE)
    editor = press_named(client, letter, opened(client, letter), "Lưu và sửa biểu mẫu")["Location"]
    client.post(editor, {"step": "paste", "lines": "Số tổ công nghệ số cộng đồng tham gia"})
    press(client, letter, opened(client, letter), "save")
    assert "Số tổ công nghệ số cộng đồng tham gia" in said(client, letter)


def test_the_report_form_is_not_opened_over_something_typed_wrong(cast: Cast) -> None:
    client, letter = signed_in_as(cast.an), entered(cast, TO_THE_PROVINCE)
    data = {**opened(client, letter), "campaign-ends_on": ["31/02/2025"], "campaign-name": ["Chậm lại"]}
    answer = press_named(client, letter, data, "Lưu và sửa biểu mẫu")
    assert answer.status_code == 422
    assert typed(answer.content)["campaign-name"] == ["\nChậm lại"]


def test_a_wrong_date_is_pointed_out_and_nothing_typed_is_lost(cast: Cast) -> None:
    client, letter = signed_in_as(cast.an), entered(cast, TO_THE_PROVINCE)
    data = {**opened(client, letter), "campaign-ends_on": ["31/02/2025"], "campaign-name": ["Chậm lại"]}
    answer = press(client, letter, data, "save")
    assert answer.status_code == 422
    assert typed(answer.content)["campaign-name"] == ["\nChậm lại"]
    assert 'href="#id_campaign-ends_on"' in answer.content.decode()


def test_a_letter_without_deadline_asks_for_one(cast: Cast) -> None:
    client, letter = signed_in_as(cast.an), entered(cast, without_deadline())
    assert "Văn bản không nêu hạn báo cáo. Chọn hạn báo cáo." in said(client, letter)
    press(client, letter, settled(opened(client, letter)), "start")
    assert "Chọn hạn báo cáo trước khi phát động" in said(client, letter)
    chosen = {**settled(opened(client, letter)), "campaign-report_on": ["20/4/2025"]}
    press(client, letter, chosen, "start")
    assert Campaign.objects.get(letter=letter).state == Campaign.State.RUNNING


def test_two_deadlines_are_both_shown_and_one_is_picked(cast: Cast) -> None:
    client, letter = signed_in_as(cast.an), entered(cast, with_two_deadlines())
    data = opened(client, letter)
    assert "deadline-pick" not in data
    assert not data.get("campaign-report_on", [""])[0]
    page = said(client, letter)
    assert "Hạn nào là hạn báo cáo?" in page
    assert "20/04/2025:" in page
    assert "25/03/2025:" in page
    press(client, letter, {**data, "deadline-pick": ["2025-03-25"]}, "save")
    assert opened(client, letter)["campaign-report_on"] == ["25/03/2025"]


def test_a_day_typed_by_hand_wins_over_a_pick_left_standing(cast: Cast) -> None:
    client, letter = signed_in_as(cast.an), entered(cast, with_two_deadlines())
    press(client, letter, {**opened(client, letter), "deadline-pick": ["2025-03-25"]}, "save")
    press(client, letter, {**opened(client, letter), "campaign-report_on": ["01/04/2025"]}, "save")
    kept = opened(client, letter)
    assert kept["campaign-report_on"] == ["01/04/2025"]
    assert kept["deadline-pick"] == ["other"]


def test_a_letter_without_recipients_asks_for_them(cast: Cast) -> None:
    client, letter = signed_in_as(cast.an), entered(cast, without_recipients())
    assert "Văn bản không nêu nơi nhận nào giao được" in said(client, letter)
    press(client, letter, opened(client, letter), "start")
    assert Campaign.objects.get(letter=letter).state == Campaign.State.DRAFT
    data = typed(press(client, letter, opened(client, letter), "add-addressee").content)
    named = {**data, "addressee-0-line": ["UBND các huyện, thị xã, thành phố"]}
    resolved = typed(press(client, letter, named, "resolve:0").content)
    press(client, letter, resolved, "start")
    assert Assignment.objects.filter(campaign__letter=letter).count() == 2


def test_a_letter_from_above_is_handed_down_with_a_numbered_letter_of_our_own(cast: Cast) -> None:
    client, letter = signed_in_as(cast.an), entered(cast, FROM_ABOVE)
    data = opened(client, letter)
    assert data["mode"] == ["pass"]
    assert "Công văn số 57/CATTT-NCSC ngày 03/3/2025" in data["own-body"][0]
    assert "1. Phổ biến bộ tài liệu" in data["own-body"][0]
    press(client, letter, {**data, "own-symbol": ["STTTT-CNTT"]}, "start")
    campaign = Campaign.objects.get(letter=letter)
    assert campaign.state == Campaign.State.RUNNING
    own = campaign.dispatches.get().letter
    assert (own.full_symbol, own.state, own.holder) == ("01/STTTT-CNTT", Letter.State.ISSUED, cast.department)
    assert own.references.get().target == letter
    assert "17 giờ ngày 25/04/2025" in own.content["body"].replace("\u00a0", " ")
    assert not Letter.objects.filter(state=Letter.State.DRAFT).exists()
    assert client.get(f"/van-ban/{own.pk}/van-ban.docx").content.startswith(b"PK")


def test_when_somebody_else_saved_meanwhile_the_last_one_wins_and_is_told(cast: Cast) -> None:
    em = hire("Em", (Role.COORDINATOR, cast.department))
    letter = entered(cast, TO_THE_PROVINCE)
    mine, theirs = signed_in_as(cast.an), signed_in_as(em)
    data = opened(mine, letter)
    press(theirs, letter, {**opened(theirs, letter), "campaign-name": ["Của Em"]}, "save")
    press(mine, letter, {**data, "campaign-name": ["Của An"]}, "save")
    page = said(mine, letter)
    assert "Em đã lưu chiến dịch này" in page
    assert Campaign.objects.get(letter=letter).name == "Của An"


def test_pressing_start_twice_starts_once(cast: Cast) -> None:
    client, letter = signed_in_as(cast.an), entered(cast, TO_THE_PROVINCE)
    data = settled(opened(client, letter))
    first, second = press(client, letter, data, "start"), press(client, letter, data, "start")
    assert first.url == second.url
    assert Campaign.objects.get(letter=letter).dispatches.count() == 1


def test_found_places_lead_to_their_controls_and_back(cast: Cast) -> None:
    client, letter = signed_in_as(cast.an), entered(cast, TO_THE_PROVINCE)
    page = html.fromstring(client.get(address(letter)).content.decode())
    anchors = {one.get("href")[1:] for one in page.xpath("//a[starts-with(@href, '#')]")}
    ids = set(page.xpath("//@id"))
    assert len(page.xpath("//@id")) == len(ids)
    assert anchors <= ids
    assert {"mark-task-0", "mark-recipient-0", "mark-symbol", "id_task-0-text", "id_addressee-0-line"} <= anchors


def test_those_without_a_part_in_the_unit_find_no_page(cast: Cast) -> None:
    letter = entered(cast, TO_THE_PROVINCE)
    assert signed_in_as(cast.binh).get(address(letter)).status_code == 404
    looker = hire("Em", (Role.COLLABORATOR, cast.department))
    assert signed_in_as(looker).get(address(letter)).status_code == 403
    assert not Campaign.objects.exists()


def test_a_unit_that_has_ended_since_holds_the_start_back(cast: Cast) -> None:
    client, letter = signed_in_as(cast.an), entered(cast, TO_THE_PROVINCE)
    close(cast.press, on=date(2025, 7, 1), by=cast.an, now=NOW)
    press(client, letter, settled(opened(client, letter)), "start")
    assert "1 đơn vị trong danh sách nơi nhận nay không còn" in said(client, letter)
    without = typed(press(client, letter, opened(client, letter), "living:2").content)
    assert not without.get("addressee-2-units", [""])[0]


def test_a_decision_goes_to_those_below_who_get_a_copy(cast: Cast) -> None:
    copied = without_recipients().replace("- Như trên;", "- UBND các huyện, thị xã, thành phố (để t/h);")
    letter = entered(cast, copied)
    opened(signed_in_as(cast.an), letter)
    addressee = Campaign.objects.get(letter=letter).addressees.get()
    assert set(addressee.units.all()) == {cast.district, cast.city}
    assert addressee.how.startswith("theo mục Nơi nhận")


def test_a_group_without_units_is_said_to_have_none(cast: Cast) -> None:
    letter = entered(cast, TO_THE_PROVINCE.replace("Báo Sông Lam;", "Các doanh nghiệp viễn thông trên địa bàn;"))
    assert "viễn thông” chưa có đơn vị nào trong danh bạ" in said(signed_in_as(cast.an), letter)


def test_the_letter_of_our_own_can_be_looked_at_before_it_is_issued_and_goes_when_not_wanted(cast: Cast) -> None:
    client, letter = signed_in_as(cast.an), entered(cast, FROM_ABOVE)
    data = opened(client, letter)
    draft = Letter.objects.get(state=Letter.State.DRAFT)
    page = client.get(address(letter)).content.decode()
    assert f"/van-ban/{draft.pk}/van-ban.pdf" in page
    assert client.get(f"/van-ban/{draft.pk}/van-ban.pdf").content.startswith(b"%PDF")
    press(client, letter, {**data, "mode": ["own"]}, "save")
    assert not Letter.objects.filter(state=Letter.State.DRAFT).exists()
    again = typed(press(client, letter, {**opened(client, letter), "mode": ["pass"]}, "mode").content)
    assert "Phổ biến bộ tài liệu" in again["own-body"][0]


def test_a_date_without_its_day_is_asked_for_and_the_tree_is_that_of_the_likely_day(cast: Cast) -> None:
    letter = entered(cast, TO_THE_PROVINCE.replace("ngày 10 tháng 3 năm 2025", "ngày    tháng 3 năm 2025"))
    assert (letter.dated_on, letter.day) == (None, date(2025, 3, 31))
    assert "Văn bản chỉ ghi 03/2025, thiếu ngày" in said(signed_in_as(cast.an), letter)


@pytest.mark.django_db(transaction=True)
def test_starting_at_once_starts_once(cast: Cast) -> None:
    letter, lan = entered(cast, TO_THE_PROVINCE), hire("Lan", (Role.COORDINATOR, cast.province))
    form = settled(opened(signed_in_as(cast.an), letter))
    clients = [signed_in_as(person) for person in (cast.an, lan, cast.an, lan)]

    def start(client: Client) -> int:
        try:
            return int(press(client, letter, form, "start").status_code)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(clients)) as people:
        statuses = set(people.map(start, clients))
    assert 302 in statuses
    assert statuses <= {302, 409}
    assert Campaign.objects.get(letter=letter).dispatches.count() == 1
    assert audit.verify().fault is None
