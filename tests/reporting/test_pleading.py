"""A unit whose figures are locked asks for an exception; who may grant one answers, and the unit hears of it."""

import re
from datetime import timedelta
from typing import Any

import pytest
from cascades import DUE
from cast import NOW, hire, signed_in_as
from django.utils.timezone import localdate
from scenes import Scene

from lachan.foundation.models import AuditEntry
from lachan.foundation.refused import Refused
from lachan.notices.models import Notice
from lachan.orgs.models import Person, Role
from lachan.reporting.actions import locking, pleading
from lachan.reporting.actions.locking import Rules
from lachan.reporting.locks import lock_of
from lachan.reporting.models import LockException, LockPlea

LATE = DUE + timedelta(days=6)
DAY = timedelta(days=1)


@pytest.fixture
def locked(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> Scene:
    monkeypatch.setattr("lachan.foundation.http.timezone.now", lambda: LATE)
    locking.set_rules(scene.campaign, rules=Rules(after_due=5), by=scene.coordinator, now=NOW)
    return scene


def asked(scene: Scene, key: str = "k", because: str = "Mất mạng", until: Any = LATE + DAY) -> LockPlea:
    owed = scene.owed(scene.cast.commune)
    return pleading.plead(owed, because=because, until=until, request_key=key, by=scene.officer, now=LATE)


def granted(scene: Scene, plea: LockPlea, word: str = "") -> LockPlea:
    return pleading.grant(plea, until=LATE + DAY, word=word, by=scene.coordinator, now=LATE)


def refused(scene: Scene, plea: LockPlea, word: str = "Đã chốt số liệu gửi Bộ") -> LockPlea:
    return pleading.refuse(plea, word=word, by=scene.coordinator, now=LATE)


def told(person: Person) -> list[tuple[str, str]]:
    return list(Notice.objects.filter(person=person, kind="locks").values_list("text", "remark"))


def words(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).replace("\u00a0", " ").split())


def test_asking_twice_with_one_key_asks_once_and_tells_who_may_grant_it(locked: Scene) -> None:
    assert asked(locked) == asked(locked)
    assert told(locked.coordinator) == [("Đơn vị đề nghị ngoại lệ khóa số liệu", "Mất mạng")]
    assert AuditEntry.objects.filter(verb="reporting.plead").count() == 1


@pytest.mark.parametrize(
    ("wrong", "why"), [({"because": " "}, "Ghi lý do"), ({"until": LATE}, "sau lúc này")], ids=["reason", "time"]
)
def test_nothing_is_asked_without_a_reason_or_for_a_time_past(locked: Scene, wrong: dict[str, Any], why: str) -> None:
    with pytest.raises(Refused, match=why):
        asked(locked, **wrong)


def test_while_one_plea_waits_no_other_is_made(locked: Scene) -> None:
    asked(locked)
    with pytest.raises(Refused, match="Chi đã gửi đề nghị"):
        asked(locked, key="another")


def test_nothing_is_asked_for_while_nothing_is_locked(scene: Scene) -> None:
    with pytest.raises(Refused, match="không cần ngoại lệ"):
        asked(scene)


def test_a_plea_that_is_granted_lets_that_unit_through_and_tells_who_asked(locked: Scene) -> None:
    plea = granted(locked, asked(locked), word="Gửi trước 17 giờ")
    assert lock_of(locked.owed(locked.cast.commune), LATE) is None
    assert lock_of(locked.owed(locked.cast.township), LATE) is not None
    assert plea.exception is not None
    assert (plea.exception.because, plea.exception.with_below) == ("Mất mạng", False)
    assert [remark for _text, remark in told(locked.officer)] == ["Gửi trước 17 giờ"]


def test_a_plea_that_is_refused_leaves_the_lock_and_tells_why(locked: Scene) -> None:
    refused(locked, asked(locked))
    assert lock_of(locked.owed(locked.cast.commune), LATE) is not None
    heard = [("Không được cấp ngoại lệ khóa số liệu", "Đã chốt số liệu gửi Bộ")]
    assert told(locked.officer) == told(locked.head) == heard
    asked(locked, key="again, with better reasons")


def test_nobody_refuses_without_a_word(locked: Scene) -> None:
    with pytest.raises(Refused, match="vì sao"):
        refused(locked, asked(locked), word=" ")


def test_what_was_answered_first_stands(locked: Scene) -> None:
    plea = refused(locked, asked(locked))
    assert granted(locked, plea) == refused(locked, plea, "Lý do khác") == plea
    assert not LockException.objects.exists()
    assert LockPlea.objects.get().word == "Đã chốt số liệu gửi Bộ"


def page_of(scene: Scene) -> str:
    return f"/bao-cao/{scene.owed(scene.cast.commune).pk}/"


def answer_page(scene: Scene, plea: LockPlea) -> str:
    return f"/chien-dich/{scene.campaign.pk}/khoa-so-lieu/de-nghi/{plea.pk}/"


def test_the_unit_asks_on_a_page_and_reads_there_that_it_waits(locked: Scene) -> None:
    client = signed_in_as(locked.officer)
    assert "Đề nghị cấp ngoại lệ" in words(client.get(page_of(locked)))
    posted = {"because": "Mất mạng", "until": f"{localdate(LATE):%d/%m/%Y}", "request_key": "k"}
    answer = client.post(f"{page_of(locked)}de-nghi-ngoai-le/", posted, follow=True)
    assert "Chi đã đề nghị ngoại lệ" in words(answer)
    assert LockPlea.objects.get().until > LATE


def test_a_plea_typed_wrong_is_said_and_kept(locked: Scene) -> None:
    posted = {"because": "Mất mạng hai hôm", "until": "01/01/2025", "request_key": "k"}
    answer = signed_in_as(locked.officer).post(f"{page_of(locked)}de-nghi-ngoai-le/", posted)
    assert answer.status_code == 422
    assert "cần ở sau lúc này" in words(answer)
    assert "Mất mạng hai hôm" in words(answer)


def test_the_unit_reads_why_it_was_refused(locked: Scene) -> None:
    refused(locked, asked(locked))
    page = words(signed_in_as(locked.officer).get(page_of(locked)))
    assert "Lan không cấp ngoại lệ" in page
    assert "Đề nghị lần nữa" in page


def test_it_stands_among_what_needs_those_who_may_grant_it(locked: Scene) -> None:
    asked(locked)
    client = signed_in_as(locked.coordinator)
    for page in (f"/chien-dich/{locked.campaign.pk}/", f"/viec/{locked.cast.department.pk}/"):
        assert "1 đề nghị ngoại lệ chờ trả lời" in words(client.get(page))
    officer = signed_in_as(hire("Minh", (Role.OFFICER, locked.cast.department)))
    assert "đề nghị ngoại lệ" not in words(officer.get(f"/chien-dich/{locked.campaign.pk}/"))


def test_it_is_answered_on_a_page(locked: Scene) -> None:
    plea, client = asked(locked), signed_in_as(locked.coordinator)
    assert "Mất mạng" in words(client.get(answer_page(locked, plea)))
    assert client.post(answer_page(locked, plea), {"verdict": "refuse", "until": "", "word": ""}).status_code == 422
    assert client.post(answer_page(locked, plea), {"verdict": "grant", "until": "", "word": ""}).status_code == 422
    until = f"{localdate(LATE):%d/%m/%Y}"
    answer = client.post(answer_page(locked, plea), {"verdict": "grant", "until": until, "word": ""}, follow=True)
    assert "Đã cấp ngoại lệ cho Xã Gò Cao." in words(answer)
    assert client.get(answer_page(locked, plea)).status_code == 302


def test_others_neither_ask_for_a_unit_nor_answer(locked: Scene) -> None:
    plea = asked(locked)
    posted = {"verdict": "grant", "until": f"{localdate(LATE):%d/%m/%Y}", "word": ""}
    assert signed_in_as(locked.officer).post(answer_page(locked, plea), posted).status_code == 404
    officer = hire("Minh", (Role.OFFICER, locked.cast.department))
    assert signed_in_as(officer).post(answer_page(locked, plea), posted).status_code == 403
    asking = f"{page_of(locked)}de-nghi-ngoai-le/"
    assert signed_in_as(locked.district_officer).get(asking).status_code == 403
    assert signed_in_as(hire("Khoa", (Role.OFFICER, locked.cast.ward))).get(asking).status_code == 404
    assert LockPlea.objects.get().answered_at is None


def test_the_pages_ask_the_database_little(locked: Scene, django_assert_max_num_queries: Any) -> None:
    plea = asked(locked)
    unit, owner = signed_in_as(locked.officer), signed_in_as(locked.coordinator)
    with django_assert_max_num_queries(21):
        unit.get(f"{page_of(locked)}de-nghi-ngoai-le/")
    with django_assert_max_num_queries(12):
        owner.get(answer_page(locked, plea))
