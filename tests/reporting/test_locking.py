"""Figures are locked by rules that the owner sets, and units are let through by exceptions, on record and for a time."""

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from cascades import DUE
from cast import NOW, Cast, hire, signed_in_as
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate
from regimes import a_pattern, in_force
from scenes import Scene, words_for

from lachan.foundation.models import AuditEntry
from lachan.foundation.refused import Refused
from lachan.notices.models import Notice
from lachan.orgs.models import Role, Unit
from lachan.reporting.actions import amending, locking, regimes, returns
from lachan.reporting.actions.consolidating import consolidate, send_up
from lachan.reporting.actions.locking import Leave, Rules
from lachan.reporting.locks import lock_of, locks_on
from lachan.reporting.models import LockException, LockRule, LockSuspension, Obligation, Return

LATE = DUE + timedelta(days=6)
DAY = timedelta(days=1)


@pytest.fixture
def locked(scene: Scene) -> Scene:
    """Five days after the due time figures are locked; the commune's 12 had gone up before."""
    locking.set_rules(scene.campaign, rules=Rules(after_due=5), by=scene.coordinator, now=NOW)
    returns.approve(sent(scene, scene.cast.commune, NOW), by=scene.head, now=NOW)
    return scene


def sent(scene: Scene, unit: Unit, now: datetime, number: int = 12) -> Return:
    owed = scene.owed(unit)
    key = f"{owed.returns.count()}:{number}"
    return returns.submit(owed, typed=scene.typed(number), request_key=key, by=scene.officer, now=now)


def let_through(scene: Scene, unit: Unit | None, *, below: bool = False, key: str = "k") -> LockException:
    place = scene.owed(unit).assignment if unit else None
    leave = Leave(place=place, with_below=below, because="Mất mạng", until=LATE + DAY)
    return locking.let_through(scene.campaign, leave=leave, request_key=key, by=scene.coordinator, now=LATE)


def is_locked(scene: Scene, unit: Unit, now: datetime = LATE) -> bool:
    return lock_of(scene.owed(unit), now) is not None


def test_what_is_locked_is_neither_submitted_nor_approved_nor_amended_nor_sent_back(locked: Scene) -> None:
    cast, why = locked.cast, "Số liệu đã khóa từ .*: khóa sau hạn báo cáo 5 ngày"
    waiting = sent(locked, cast.township, NOW)
    counted = locked.owed(cast.commune).counted
    assert counted is not None
    with pytest.raises(returns.Locked, match=why):
        sent(locked, cast.press, LATE)
    with pytest.raises(Refused, match=why):
        returns.approve(waiting, by=locked.head, now=LATE)
    with pytest.raises(Refused, match=why):
        returns.send_back(counted, unit=cast.district, remark="x", by=locked.district_officer, now=LATE)
    with pytest.raises(Refused, match=why):
        amending.begin(locked.owed(cast.commune), because="x", request_key="k", by=locked.officer, now=LATE)


def test_what_is_locked_is_still_accepted_and_drafts_are_kept(locked: Scene) -> None:
    counted = locked.owed(locked.cast.commune).counted
    assert counted is not None
    returns.accept(counted, unit=locked.cast.district, by=locked.district_officer, now=LATE)
    typed = locked.typed(5)
    owed = returns.save_draft(locked.owed(locked.cast.press), typed=typed, by=locked.officer, now=LATE)
    assert owed.typed[locked.number.key] == "5"


def test_a_submit_that_got_through_before_the_lock_is_answered_again(locked: Scene) -> None:
    first = sent(locked, locked.cast.press, NOW)
    owed = locked.owed(locked.cast.press)
    typed, key = locked.typed(12), first.request_key
    assert returns.submit(owed, typed=typed, request_key=key, by=locked.officer, now=LATE) == first


def test_an_exception_lets_one_unit_through_until_it_ends(locked: Scene) -> None:
    let_through(locked, locked.cast.commune)
    assert not is_locked(locked, locked.cast.commune)
    assert is_locked(locked, locked.cast.township)
    assert is_locked(locked, locked.cast.commune, LATE + DAY)


def test_an_exception_may_be_for_a_branch_or_for_everybody(locked: Scene) -> None:
    let_through(locked, locked.cast.district, below=True)
    assert not is_locked(locked, locked.cast.township)
    assert is_locked(locked, locked.cast.press)
    let_through(locked, None, key="all")
    assert not is_locked(locked, locked.cast.press)


def test_an_exception_taken_back_lets_nobody_through(locked: Scene) -> None:
    exception = let_through(locked, locked.cast.commune)
    for _time in range(2):
        locking.take_back(exception, by=locked.coordinator, now=LATE + timedelta(hours=1))
    assert is_locked(locked, locked.cast.commune, LATE + timedelta(hours=2))
    assert AuditEntry.objects.filter(verb="reporting.take_back_exception").count() == 1


def test_the_same_request_grants_one_exception_and_tells_the_unit_once(locked: Scene) -> None:
    assert let_through(locked, locked.cast.commune) == let_through(locked, locked.cast.commune)
    told = Notice.objects.filter(text__contains="số liệu đã khóa")
    assert set(told.values_list("person", flat=True)) == {locked.officer.pk, locked.head.pk}


def test_a_rule_suspended_locks_nothing_and_leaves_a_trace(locked: Scene) -> None:
    rule = LockRule.objects.get()
    for _time in range(2):
        locking.suspend(rule, because="Hệ thống ngừng", until=LATE + DAY, by=locked.coordinator, now=LATE)
    assert not is_locked(locked, locked.cast.commune)
    assert is_locked(locked, locked.cast.commune, LATE + DAY)
    locking.resume(rule, by=locked.coordinator, now=LATE + timedelta(hours=1))
    assert is_locked(locked, locked.cast.commune, LATE + timedelta(hours=2))
    assert LockSuspension.objects.get().ended_by == locked.coordinator
    verbs = AuditEntry.objects.filter(verb__contains="lock_rule").order_by("id").values_list("verb", flat=True)
    assert list(verbs) == ["reporting.set_lock_rule", "reporting.suspend_lock_rule", "reporting.resume_lock_rule"]


def test_rules_set_again_as_they_are_keep_their_suspensions(locked: Scene) -> None:
    rule = LockRule.objects.get()
    locking.suspend(rule, because="Hệ thống ngừng", until=None, by=locked.coordinator, now=LATE)
    locking.set_rules(locked.campaign, rules=Rules(after_due=5), by=locked.coordinator, now=LATE)
    assert not is_locked(locked, locked.cast.commune)
    locking.set_rules(locked.campaign, rules=Rules(after_due=4), by=locked.coordinator, now=LATE)
    assert is_locked(locked, locked.cast.commune)
    assert LockRule.objects.filter(ended_at=None).count() == 1


def test_a_districts_report_locks_its_branch_once_it_has_gone_up(scene: Scene) -> None:
    locking.set_rules(scene.campaign, rules=Rules(when_sent_up=True), by=scene.coordinator, now=NOW)
    top = scene.owed(scene.cast.district).assignment
    by = scene.district_officer
    words = words_for(scene.campaign, top)
    report = consolidate(scene.campaign, top=top, words=words, request_key="d", by=by, now=NOW)
    assert not is_locked(scene, scene.cast.commune)
    send_up(report, by=by, now=LATE)
    assert is_locked(scene, scene.cast.commune)
    assert not is_locked(scene, scene.cast.press)


def test_the_rounds_of_a_periodic_report_share_their_rules(cast: Cast) -> None:
    regime = in_force(a_pattern(cast))
    first = regime.rounds.get()
    locking.set_rules(first, rules=Rules(after_due=5), by=cast.an, now=NOW)
    second = regimes.give_out(regime, now=NOW + 40 * DAY)[0]
    owed = Obligation.objects.filter(form__campaign=second).select_related("form__campaign", "assignment")[0]
    assert lock_of(owed, owed.due_at + 5 * DAY) is not None
    assert lock_of(owed, owed.due_at) is None


def test_the_price_of_the_page_does_not_grow_with_what_it_lists(locked: Scene) -> None:
    client, prices = signed_in_as(locked.coordinator), []
    for number in range(3):
        let_through(locked, locked.cast.commune, key=f"{number}")
        locking.suspend(LockRule.objects.get(), because="x", until=None, by=locked.coordinator, now=LATE)
        locking.resume(LockRule.objects.get(), by=locked.coordinator, now=LATE + DAY)
        with CaptureQueriesContext(connection) as asked:
            client.get(page_of(locked))
        prices.append(len(asked))
    assert len(set(prices)) == 1
    assert prices[0] <= 20


def test_many_returns_are_judged_in_as_many_queries_as_one(locked: Scene) -> None:
    let_through(locked, locked.cast.district, below=True)
    owed = list(Obligation.objects.select_related("form__campaign", "assignment"))
    with CaptureQueriesContext(connection) as of_one:
        locks_on(owed[:1], LATE)
    with CaptureQueriesContext(connection) as of_all:
        found = locks_on(owed, LATE)
    assert len(of_one) == len(of_all) <= 4
    assert found.keys() == {one.pk for one in owed if is_locked(locked, one.unit)}


@pytest.mark.parametrize(
    ("because", "until", "words"), [(" ", LATE + DAY, "Ghi lý do"), ("x", LATE, "cần ở sau lúc này")]
)
def test_nothing_is_let_through_without_a_reason_or_for_a_time_past(
    locked: Scene, because: str, until: datetime, words: str
) -> None:
    leave = Leave(place=None, with_below=False, because=because, until=until)
    with pytest.raises(Refused, match=words):
        locking.let_through(locked.campaign, leave=leave, request_key="k", by=locked.coordinator, now=LATE)
    with pytest.raises(Refused, match=words):
        locking.suspend(LockRule.objects.get(), because=because, until=until, by=locked.coordinator, now=LATE)


def test_the_database_refuses_that_what_counts_changes_without_a_decision(locked: Scene) -> None:
    owed = locked.owed(locked.cast.commune)
    with pytest.raises(IntegrityError, match="no decision replaced it"), transaction.atomic():
        Obligation.objects.filter(pk=owed.pk).update(counted=None)
        connection.check_constraints()


def read(answer: Any) -> str:
    """The page's words, one space between them."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).replace("\u00a0", " ").split())


@pytest.fixture
def at_late(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lachan.foundation.http.timezone.now", lambda: LATE)


def page_of(scene: Scene, rest: str = "") -> str:
    return f"/chien-dich/{scene.campaign.pk}/khoa-so-lieu/{rest}"


def test_the_coordinator_sets_suspends_and_lets_through_on_the_pages(scene: Scene, at_late: None) -> None:
    client = signed_in_as(scene.coordinator)
    assert client.post(page_of(scene), {"after_due": "5", "last_day": "", "sent": "1"}).status_code == 302
    rule = LockRule.objects.get()
    assert "Khóa sau hạn báo cáo 5 ngày đang áp dụng" in read(client.get(page_of(scene)))
    client.post(page_of(scene, f"{rule.pk}/tam-ngung/"), {"because": "Hệ thống ngừng", "until": ""})
    assert "đang tạm ngừng Hệ thống ngừng" in read(client.get(page_of(scene)))
    client.post(page_of(scene, f"{rule.pk}/ap-dung-lai/"))
    posted = {"unit": "Xã Gò Cao", "because": "Mất mạng", "until": f"{localdate(LATE):%d/%m/%Y}", "request_key": "k"}
    for _time in range(2):
        assert client.post(page_of(scene, "ngoai-le/"), posted).status_code == 302
    assert "Xã Gò Cao Mất mạng Lan" in read(client.get(page_of(scene)))
    client.post(page_of(scene, f"ngoai-le/{LockException.objects.get().pk}/"))
    assert "Lan thu hồi" in read(client.get(page_of(scene)))


@pytest.mark.parametrize(
    ("posted", "words"),
    [
        ({"unit": "Xã Không Có"}, "Không Có"),
        ({"until": "01/01/2025"}, "cần là hôm nay hoặc sau hôm nay"),
        ({"because": ""}, "Hãy điền “Lý do”"),
        ({"until": "mai"}, "cần là một ngày"),
    ],
)
def test_what_is_typed_wrong_is_said_and_kept(scene: Scene, at_late: None, posted: dict[str, str], words: str) -> None:
    good = {"unit": "Xã Gò Cao", "because": "Mất mạng hai hôm", "until": "30/12/2025", "request_key": "k"}
    answer = signed_in_as(scene.coordinator).post(page_of(scene, "ngoai-le/"), good | posted)
    assert answer.status_code == 422
    assert words in read(answer)
    assert not LockException.objects.exists()


def test_rules_that_nobody_means_are_refused(scene: Scene) -> None:
    client = signed_in_as(scene.coordinator)
    for typed in ({"after_due": "-1"}, {"after_due": "x"}, {"after_due": "9999"}, {"last_day": "31/02/2025"}):
        assert client.post(page_of(scene), typed).status_code == 422
    assert not LockRule.objects.exists()


def test_only_those_who_answer_for_the_campaign_set_its_locks(scene: Scene) -> None:
    assert signed_in_as(hire("Khoa", (Role.OFFICER, scene.cast.ward))).get(page_of(scene)).status_code == 404
    officer = hire("Minh", (Role.OFFICER, scene.cast.department))
    assert signed_in_as(officer).post(page_of(scene), {"after_due": "5"}).status_code == 403
    assert signed_in_as(scene.head).get(page_of(scene)).status_code == 404
    assert not LockRule.objects.exists()


def test_who_sends_after_the_lock_keeps_what_was_typed_and_reads_why(locked: Scene, at_late: None) -> None:
    owed = locked.owed(locked.cast.commune)
    Obligation.objects.filter(pk=owed.pk).update(asked_again_by=LATE)
    client = signed_in_as(locked.officer)
    answer = client.post(f"/bao-cao/{owed.pk}/", locked.posted(77, key="late"), follow=True)
    page = read(answer)
    assert "Chưa gửi được vì số liệu đã khóa" in page
    assert "khóa sau hạn báo cáo 5 ngày" in page
    assert 'value="77"' in answer.content.decode()
    assert "Gửi thủ trưởng duyệt" not in page


def test_the_version_says_that_it_is_locked_instead_of_offering_to_amend(locked: Scene, at_late: None) -> None:
    address = f"/bao-cao/{locked.owed(locked.cast.commune).pk}/"
    page = read(signed_in_as(locked.officer).get(f"{address}ban/1/"))
    assert "Số liệu đã khóa" in page
    assert "Điều chỉnh báo cáo" not in page
    refused = signed_in_as(locked.officer).post(f"{address}dieu-chinh/", {"because": "x", "request_key": "k"})
    assert refused.status_code == 422
    assert "Số liệu đã khóa" in read(refused)
