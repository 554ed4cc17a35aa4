"""What people get by mail, when, and the way out of it."""

import re
from datetime import UTC, datetime, timedelta

from cast import NOW, Cast, signed_in_as
from django.test import Client
from post_office import post_office

from lachan.channels.models import Mail
from lachan.channels.sending import send_waiting
from lachan.notices.actions import News, choose, read, tell
from lachan.notices.mailing import mail_out
from lachan.notices.models import Kind, Notice, Way
from lachan.orgs.models import Person

NIGHT = datetime(2025, 3, 10, 15, tzinfo=UTC)  # ten in the evening in Hà Nội
MORNING = datetime(2025, 3, 11, 0, tzinfo=UTC)  # seven in the morning after
CAMPAIGN = "Phòng, chống lừa đảo trực tuyến năm 2025"


def told(
    person: Person, kind: Kind = Kind.SENT_BACK, unit: str = "Xã Gò Cao", now: datetime = NOW, text: str = ""
) -> None:
    key = f"{kind}:{Notice.objects.count()}"
    words = text or "Báo cáo bị trả lại để sửa"
    due = NOW + timedelta(days=10)
    tell(
        [person.pk],
        News(kind, words, "/bao-cao/1/", key, unit=unit, campaign=CAMPAIGN, due_at=due, remark="Thiếu số học sinh."),
        now=now,
    )


def test_an_urgent_notice_names_unit_campaign_deadline_and_link(cast: Cast) -> None:
    told(cast.chi)
    mail_out(now=NOW)
    mail = Mail.objects.get()
    assert (mail.to, mail.subject) == ("chi@songlam.example", f"Báo cáo bị trả lại để sửa: {CAMPAIGN}")
    for words in (
        "Kính gửi: Chi",
        "Đơn vị: Xã Gò Cao",
        f"Chiến dịch: {CAMPAIGN}",
        "Hạn báo cáo: 9 giờ ngày 20/03/2025",
        "Lời nhắn: Thiếu số học sinh.",
        "Xem và xử lý: http://127.0.0.1:8000/bao-cao/1/",
    ):
        assert words in mail.text.replace("\xa0", " ")


def test_running_twice_posts_once(cast: Cast) -> None:
    told(cast.chi)
    for _ in range(3):
        mail_out(now=NOW)
    assert Mail.objects.count() == 1


def test_several_at_one_moment_go_in_one_message(cast: Cast) -> None:
    told(cast.chi)
    told(cast.chi, Kind.CHASED)
    mail_out(now=NOW)
    assert Mail.objects.get().subject == "2 thông báo mới"


def test_nothing_goes_at_night_and_all_goes_in_the_morning(cast: Cast) -> None:
    told(cast.chi, now=NIGHT)
    mail_out(now=NIGHT)
    assert not Mail.objects.exists()
    mail_out(now=MORNING)
    assert Mail.objects.count() == 1


def test_what_was_read_meanwhile_is_not_mailed(cast: Cast) -> None:
    told(cast.chi, now=NIGHT)
    read(cast.chi, list(Notice.objects.values_list("pk", flat=True)), now=NIGHT)
    mail_out(now=MORNING)
    assert not Mail.objects.exists()


def test_after_a_week_of_rest_old_notices_stay_in_the_page_only(cast: Cast) -> None:
    told(cast.chi)
    mail_out(now=NOW + timedelta(days=7))
    assert not Mail.objects.exists()


def test_what_is_for_the_page_only_is_not_mailed(cast: Cast) -> None:
    told(cast.chi, Kind.ACCEPTED)
    mail_out(now=MORNING)
    assert not Mail.objects.exists()


def test_the_digest_waits_for_seven_o_clock_and_gathers_what_is_alike(cast: Cast) -> None:
    for unit in ("Xã Gò Cao", "Xã Gò Thấp"):
        told(cast.binh, Kind.ARRIVED, unit, text="Báo cáo của cấp dưới gửi đến")
    mail_out(now=NOW)
    mail_out(now=MORNING - timedelta(minutes=1))
    assert not Mail.objects.exists()
    mail_out(now=MORNING)
    mail = Mail.objects.get()
    assert mail.subject == "Tổng hợp thông báo đến 7 giờ ngày 11/03/2025"
    assert "Báo cáo của cấp dưới gửi đến (2).\nĐơn vị: Xã Gò Cao, Xã Gò Thấp\n" in mail.text


def test_a_digest_of_many_units_names_the_first_and_counts_the_others(cast: Cast) -> None:
    for number in range(14):
        told(cast.binh, Kind.ARRIVED, f"Xã {number:02}")
    mail_out(now=MORNING)
    assert "Xã 09 và 4 đơn vị khác\n" in Mail.objects.get().text


def test_whoever_chose_the_digest_gets_no_message_at_once(cast: Cast) -> None:
    choose(cast.chi, {Kind.SENT_BACK: Way.DIGEST}, now=NOW)
    told(cast.chi)
    mail_out(now=NOW)
    assert not Mail.objects.exists()
    mail_out(now=MORNING)
    assert Mail.objects.count() == 1


def test_who_has_left_gets_no_mail(cast: Cast) -> None:
    told(cast.chi)
    Person.objects.filter(pk=cast.chi.pk).update(is_active=False)
    mail_out(now=NOW)
    assert not Mail.objects.exists()


def way_out() -> str:
    return Mail.objects.get().unsubscribe_url.removeprefix("http://127.0.0.1:8000")


def test_the_way_out_asks_first_then_switches_off_that_kind_of_mail_only(cast: Cast) -> None:
    told(cast.chi)
    mail_out(now=NOW)
    browser = Client(enforce_csrf_checks=True)
    page = browser.get(way_out()).content.decode()
    assert "chi@songlam.example" in page
    assert "Báo cáo bị trả lại để sửa" in page
    assert not cast.chi.notice_preferences.exists()
    browser.post(way_out(), {"List-Unsubscribe": "One-Click"})  # as a mail program does, without a cookie of ours
    assert list(cast.chi.notice_preferences.values_list("kind", "way")) == [(Kind.SENT_BACK, Way.PAGE)]
    told(cast.chi)
    mail_out(now=NOW)
    assert Mail.objects.count() == 1
    assert Notice.objects.count() == 2


def test_a_way_out_that_we_did_not_write_leads_nowhere(cast: Cast) -> None:
    told(cast.chi)
    mail_out(now=NOW)
    forged = re.sub(r".{3}/$", "abc/", way_out())
    assert signed_in_as(cast.binh).post(forged).status_code == 404
    assert not cast.chi.notice_preferences.exists()


def test_a_notice_arrives_by_a_real_server_once(cast: Cast) -> None:
    with post_office() as office:
        told(cast.chi)
        for minute in range(3):
            now = NOW + timedelta(minutes=minute)
            mail_out(now=now)
            send_waiting(now=now)
    [message] = office.arrived
    assert message["Subject"].strip() == f"Báo cáo bị trả lại để sửa: {CAMPAIGN}"
    assert message["List-Unsubscribe"].strip().startswith("<http://127.0.0.1:8000/thong-bao/ngung-thu/")
