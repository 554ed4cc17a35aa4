"""A return that was sent up is mended openly: the old number counts until the new one is approved, and both are shown above."""

import re
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from cast import NOW, hire, signed_in_as
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st
from recounting import approve
from scenes import Scene, words_for

from lachan.engine.amendments import Moved, moved, typed_again
from lachan.engine.answers import Asked, Column, Kind, check
from lachan.foundation.models import AuditEntry
from lachan.foundation.refused import Refused
from lachan.notices.models import Notice
from lachan.orgs.models import Role
from lachan.reporting.actions import amending, returns
from lachan.reporting.actions.consolidating import consolidate
from lachan.reporting.changed import changes_in, questions_of, told
from lachan.reporting.figures import OWNER, figures
from lachan.reporting.models import Amendment, Obligation, Return

State = Obligation.State
WHY = "Thôn Trung gửi bổ sung hai buổi."
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def accepted(scene: Scene) -> Scene:
    """The commune's 12 has gone up and was accepted."""
    version = written(scene, 12, "Loa hỏng")
    approve(scene, version)
    returns.accept(version, unit=scene.cast.district, by=scene.district_officer, now=NOW)
    return scene


def written(scene: Scene, number: int, words: str = "Loa hỏng") -> Return:
    owed = scene.owed(scene.cast.commune)
    key = f"{owed.returns.count()}:{number}"
    return returns.submit(owed, typed=scene.typed(number, words), request_key=key, by=scene.officer, now=LATER)


def begun(scene: Scene, key: str = "k") -> Amendment:
    return amending.begin(scene.owed(scene.cast.commune), because=WHY, request_key=key, by=scene.officer, now=LATER)


def amended(scene: Scene, number: int, words: str = "Loa hỏng") -> Return:
    begun(scene, f"{number}{words}")
    version = written(scene, number, words)
    returns.approve(version, by=scene.head, now=LATER)
    return version


def counts(scene: Scene) -> object:
    return figures(scene.campaign).value(OWNER, scene.number)


def test_what_is_approved_counts_until_the_amended_version_is(accepted: Scene) -> None:
    begun(accepted)
    version = written(accepted, 14)
    assert counts(accepted) == 12
    approve(accepted, version)
    assert counts(accepted) == 14


def test_an_amended_number_is_accepted_anew(accepted: Scene) -> None:
    amended(accepted, 14)
    assert accepted.owed(accepted.cast.commune).state == State.APPROVED


@pytest.mark.parametrize("words", ["Loa hỏng", "Loa đã sửa xong"])
def test_an_amendment_of_words_alone_leaves_it_accepted(accepted: Scene, words: str) -> None:
    version = amended(accepted, 12, words)
    owed = accepted.owed(accepted.cast.commune)
    assert (owed.state, owed.counted) == (State.ACCEPTED, version)


def test_a_version_of_new_words_may_be_accepted_too(accepted: Scene) -> None:
    version = amended(accepted, 12, "Loa đã sửa xong")
    above = {"unit": accepted.cast.district, "by": accepted.district_officer, "now": LATER}
    assert returns.accept(version, **above) == returns.accept(version, **above)


def test_the_change_is_told_above_with_who_and_why(accepted: Scene) -> None:
    amended(accepted, 14)
    (change,) = told(changes_in(accepted.campaign, None), questions_of(accepted.campaign))
    (shift,) = change.shifts
    assert (change.unit, shift.what, shift.was, shift.now, shift.effect) == (
        "Xã Gò Cao",
        "Số buổi tuyên truyền",
        12,
        14,
        2,
    )
    assert (change.by, change.why) == (accepted.head.name, WHY)


def test_the_change_is_in_the_audit_trail_number_by_number(accepted: Scene) -> None:
    amended(accepted, 14)
    entry = AuditEntry.objects.filter(verb="reporting.approved").latest("id")
    assert entry.detail["moved"] == [[accepted.number.key, "", "12", "14"]]
    assert entry.detail["because"] == WHY


def test_what_is_sent_back_and_approved_again_shows_as_two_changes(accepted: Scene) -> None:
    owed = accepted.owed(accepted.cast.commune)
    assert owed.counted is not None
    returns.send_back(
        owed.counted, unit=accepted.cast.district, remark="Thiếu quý IV", by=accepted.district_officer, now=LATER
    )
    approve(accepted, written(accepted, 14))
    newest, before = told(changes_in(accepted.campaign, None), questions_of(accepted.campaign))
    assert [(one.was, one.now) for one in (*before.shifts, *newest.shifts)] == [(12, None), (None, 14)]


def test_dropping_it_leaves_everything_as_it_was(accepted: Scene) -> None:
    amendment = begun(accepted)
    written(accepted, 14)
    amending.drop(amendment, by=accepted.officer, now=LATER)
    amending.drop(amendment, by=accepted.officer, now=LATER)
    owed = accepted.owed(accepted.cast.commune)
    assert (owed.state, counts(accepted), owed.is_open) == (State.ACCEPTED, 12, False)
    assert owed.typed[accepted.number.key] == "12"


def test_the_same_request_begins_it_once(accepted: Scene) -> None:
    assert begun(accepted) == begun(accepted)
    amending.drop(Amendment.objects.get(), by=accepted.officer, now=LATER)
    assert begun(accepted).dropped_at is not None


def test_nobody_accepts_numbers_that_are_being_mended(scene: Scene) -> None:
    version = written(scene, 12)
    approve(scene, version)
    begun(scene)
    with pytest.raises(Refused, match="đang sửa báo cáo này"):
        returns.accept(version, unit=scene.cast.district, by=scene.district_officer, now=LATER)


def test_an_amendment_ends_when_the_level_above_sends_the_return_back(accepted: Scene) -> None:
    amendment = begun(accepted)
    returns.send_back(amendment.mends, unit=accepted.cast.district, remark="x", by=accepted.district_officer, now=LATER)
    amendment.refresh_from_db()
    assert amendment.dropped_by == accepted.district_officer
    approve(accepted, written(accepted, 14))
    assert counts(accepted) == 14


def test_it_is_refused_without_a_reason_while_nothing_counts_and_twice(accepted: Scene) -> None:
    with pytest.raises(Refused, match="Ghi lý do"):
        amending.begin(
            accepted.owed(accepted.cast.commune), because=" ", request_key="e", by=accepted.officer, now=LATER
        )
    with pytest.raises(Refused, match="Chỉ điều chỉnh báo cáo đã được duyệt"):
        amending.begin(accepted.owed(accepted.cast.press), because=WHY, request_key="p", by=accepted.officer, now=LATER)
    begun(accepted, "first")
    with pytest.raises(Refused, match="đang được điều chỉnh"):
        begun(accepted, "second")


def test_decisions_sent_twice_are_answered_as_the_first_time(scene: Scene) -> None:
    version = written(scene, 12)
    first = returns.approve(version, by=scene.head, now=NOW, request_key="a")
    above = {"unit": scene.cast.district, "by": scene.district_officer, "now": NOW}
    back = returns.send_back(version, remark="x", request_key="s", **above)
    assert returns.approve(version, by=scene.head, now=LATER, request_key="a") == first
    assert returns.send_back(version, remark="x", request_key="s", **above) == back
    assert counts(scene) is None


def test_who_reported_the_old_number_upward_is_told_and_nobody_for_words(accepted: Scene) -> None:
    report = consolidate(
        accepted.campaign,
        top=None,
        words=words_for(accepted.campaign, None),
        request_key="r",
        by=accepted.coordinator,
        now=NOW,
    )
    hers = Notice.objects.filter(person=accepted.coordinator, href=report.get_absolute_url())
    amended(accepted, 12, "Loa đã sửa xong")
    assert not hers.exists()
    amended(accepted, 14, "Loa đã sửa xong")
    assert [one.remark for one in hers] == [WHY]


def address(scene: Scene, rest: str = "dieu-chinh/") -> str:
    return f"/bao-cao/{scene.owed(scene.cast.commune).pk}/{rest}"


def read(answer: Any) -> str:
    """The page's words, one space between them."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).replace("\u00a0", " ").split())


def test_an_officer_mends_a_return_on_the_pages(accepted: Scene) -> None:
    client = signed_in_as(accepted.officer)
    assert "Điều chỉnh báo cáo" in read(client.get(address(accepted, "ban/1/")))
    answer = client.post(address(accepted), {"because": WHY, "request_key": "one"}, follow=True)
    page = read(answer)
    assert "Đang điều chỉnh báo cáo đã gửi" in page
    assert "Bản 1 vẫn được tính" in page
    assert 'value="12"' in answer.content.decode()
    sent = client.post(address(accepted, ""), accepted.posted(14, key="two"), follow=True)
    assert "Đã gửi thủ trưởng duyệt (bản 2)" in read(sent)


def test_a_page_posted_without_a_reason_says_so_and_one_sent_twice_does_no_harm(accepted: Scene) -> None:
    client = signed_in_as(accepted.officer)
    empty = client.post(address(accepted), {"because": "", "request_key": "one"})
    assert empty.status_code == 422
    assert "Ghi lý do điều chỉnh" in read(empty)
    for _time in range(2):
        assert client.post(address(accepted), {"because": WHY, "request_key": "one"}).status_code == 302
    assert Amendment.objects.count() == 1
    for _time in range(2):
        assert client.post(address(accepted, "dieu-chinh/thoi/")).status_code == 302
    assert not accepted.owed(accepted.cast.commune).is_open


def test_only_the_units_own_people_mend_it(accepted: Scene) -> None:
    posted = {"because": WHY, "request_key": "one"}
    stranger = hire("Khoa", (Role.OFFICER, accepted.cast.ward))
    assert signed_in_as(stranger).post(address(accepted), posted).status_code == 404
    assert signed_in_as(accepted.district_officer).post(address(accepted), posted).status_code == 403
    assert not Amendment.objects.exists()


def test_the_pages_of_figures_lead_to_what_has_changed(accepted: Scene) -> None:
    amended(accepted, 14)
    client = signed_in_as(accepted.coordinator)
    figures_page = f"/chien-dich/{accepted.campaign.pk}/so-lieu/"
    assert "1 thay đổi sau khi duyệt" in read(client.get(figures_page))
    page = read(client.get(f"{figures_page}0/thay-doi/"))
    assert f"Điều chỉnh: bản 2 thay bản 1: “{WHY}”" in page
    assert "Số buổi tuyên truyền 12 14 +2" in page


def test_an_indicator_leads_to_its_own_changes(accepted: Scene) -> None:
    amended(accepted, 12, "Loa đã sửa xong")
    amended(accepted, 14, "Loa đã sửa xong")
    client = signed_in_as(accepted.coordinator)
    answer = client.get(f"/chien-dich/{accepted.campaign.pk}/so-lieu/{accepted.number.pk}/0/")
    assert "1 thay đổi sau khi duyệt" in read(answer)
    page = read(client.get(f"/chien-dich/{accepted.campaign.pk}/so-lieu/0/thay-doi/?chi-tieu={accepted.number.pk}"))
    assert "bản 3 thay bản 2" in page
    assert "bản 2 thay bản 1" not in page


def test_the_list_of_reports_says_that_figures_have_changed_since_the_newest(accepted: Scene) -> None:
    words = words_for(accepted.campaign, None)
    consolidate(accepted.campaign, top=None, words=words, request_key="r", by=accepted.coordinator, now=NOW)
    reports, client = f"/chien-dich/{accepted.campaign.pk}/tong-hop/", signed_in_as(accepted.coordinator)
    assert "đã thay đổi" not in read(client.get(reports))
    amended(accepted, 14)
    assert "có 1 báo cáo của đơn vị đã thay đổi" in read(client.get(reports))


def test_the_level_above_reads_an_amended_version_beside_the_one_that_went_up(accepted: Scene) -> None:
    dropped = begun(accepted, "dropped")
    written(accepted, 99)
    amending.drop(dropped, by=accepted.officer, now=LATER)
    amended(accepted, 14)
    page = read(signed_in_as(accepted.district_officer).get(address(accepted, "ban/3/")))
    assert "Khác so với bản 1" in page
    assert "99" not in page


def test_a_unit_reads_of_changes_in_its_own_branch_only(accepted: Scene) -> None:
    amended(accepted, 14)
    pages = f"/chien-dich/{accepted.campaign.pk}/so-lieu/"
    press, district = (
        accepted.owed(accepted.cast.press).assignment_id,
        accepted.owed(accepted.cast.district).assignment_id,
    )
    client = signed_in_as(accepted.district_officer)
    assert "12 14" in read(client.get(f"{pages}{district}/thay-doi/"))
    assert client.get(f"{pages}{press}/thay-doi/").status_code == 404


def test_the_price_of_the_page_does_not_grow_with_the_changes(accepted: Scene) -> None:
    client, page = signed_in_as(accepted.coordinator), f"/chien-dich/{accepted.campaign.pk}/so-lieu/0/thay-doi/"
    prices = []
    for number in (13, 14, 15):
        amended(accepted, number)
        with CaptureQueriesContext(connection) as asked:
            client.get(page)
        prices.append(len(asked))
    assert len(set(prices)) == 1
    assert prices[0] <= 15


OF_LIST = Asked("l", Kind.ROWS, required=False, columns=(Column("a", "Tên"), Column("n", "Số", "whole")))
ASKED = (Asked("n", Kind.DECIMAL, required=False), Asked("t", Kind.TEXT, required=False), OF_LIST)


def test_a_list_counts_by_its_rows_and_its_columns_of_numbers() -> None:
    before = {"n": "12.50", "t": "a", "l": [{"a": "x", "n": 3}, {"a": "y", "n": 4}]}
    same = {"n": "12.5", "t": "b", "l": [{"a": "z", "n": 4}, {"a": "x", "n": 3}]}
    assert moved(ASKED, before, same) == ()
    after = {"l": [{"a": "x", "n": 3}, {"a": "y", "n": 5}]}
    assert moved(ASKED, before, after) == (
        Moved("n", Decimal("12.5"), None),
        Moved("l", Decimal(7), Decimal(8), column="n"),
    )


@given(
    st.fixed_dictionaries(
        {},
        optional={
            "n": st.decimals(0, 10**9, places=3).map(lambda n: f"{n:f}"),
            "t": st.sampled_from(["Có", "1.250", "a | b"]),
            "l": st.lists(
                st.fixed_dictionaries({"n": st.integers(0, 10**9)}, optional={"a": st.just("x")}), min_size=1
            ),
        },
    )
)
def test_what_is_typed_again_is_read_as_it_was(values: dict[str, Any]) -> None:
    read_back = check(ASKED, {one.key: typed_again(one, values.get(one.key)) for one in ASKED})
    assert not read_back.faults
    assert moved(ASKED, values, read_back.values) == ()
    assert read_back.values.get("t") == values.get("t")
