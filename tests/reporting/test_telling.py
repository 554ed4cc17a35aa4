"""Who is told of what, with the change itself or not at all."""

from dataclasses import replace

import pytest
from cascades import DUE, a_campaign, of
from cast import NOW, Cast, found, hire, signed_in_as
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate
from scenes import Scene

from lachan.engine.report_form import QuestionDraft
from lachan.foundation.refused import Refused
from lachan.notices.models import Kind, Notice
from lachan.orgs.ledger import Ledger
from lachan.orgs.models import Role
from lachan.orgs.passing_on import Passing, pass_on
from lachan.reporting.actions import forms, returns
from lachan.reporting.actions.ending import Ending, end_unit
from lachan.reporting.drafts import draft_of
from lachan.reporting.models import Return


def told(*kinds: Kind) -> dict[str, str]:
    """Who was told which words, of the kinds asked for."""
    return {one.person.name: one.words for one in Notice.objects.filter(kind__in=kinds).select_related("person")}


def submitted(scene: Scene, number: int = 3) -> Return:
    owed = scene.owed(scene.cast.commune)
    return returns.submit(owed, typed=scene.typed(number), request_key=f"{number}", by=scene.officer, now=NOW)


def approved(scene: Scene) -> Return:
    version = submitted(scene)
    returns.approve(version, by=scene.head, now=NOW)
    return version


def test_officer_and_head_of_a_unit_learn_that_it_was_given_work(scene: Scene) -> None:
    given = Notice.objects.filter(kind=Kind.GIVEN)
    assert set(given.values_list("person__name", "unit")) == {
        ("Bình", "Huyện Bến Đá"),
        ("Dũng", "Huyện Bến Đá"),
        ("Chi", "Xã Gò Cao"),
    }
    assert set(given.values_list("campaign", "due_at")) == {(scene.campaign.name, DUE)}


def test_the_head_learns_that_a_return_waits(scene: Scene) -> None:
    submitted(scene)
    assert told(Kind.TO_APPROVE) == {"Giang": "Báo cáo chờ anh/chị duyệt"}


def test_the_officer_learns_why_the_head_sends_it_back(scene: Scene) -> None:
    returns.send_back(submitted(scene), unit=scene.cast.commune, remark="Thiếu số học sinh.", by=scene.head, now=NOW)
    notice = Notice.objects.get(kind=Kind.SENT_BACK)
    assert (notice.person.name, notice.words) == ("Chi", "Thủ trưởng trả lại báo cáo để sửa")
    assert notice.remark == "Thiếu số học sinh."


def test_officer_and_head_learn_that_the_level_above_sends_it_back(scene: Scene) -> None:
    version = approved(scene)
    returns.send_back(version, unit=scene.cast.district, remark="Sửa.", by=scene.district_officer, now=NOW)
    words = "Cấp trên trả lại báo cáo để sửa"
    assert told(Kind.SENT_BACK) == {"Chi": words, "Giang": words}


def test_an_approved_return_arrives_at_the_unit_that_gave_the_work(scene: Scene) -> None:
    approved(scene)
    assert told(Kind.ARRIVED) == {"Bình": "1 báo cáo mới của cấp dưới"}
    assert told(Kind.ACCEPTED) == {"Chi": "Thủ trưởng đã duyệt và gửi báo cáo"}


def test_returns_that_arrive_before_the_notice_is_read_are_counted_in_it(scene: Scene) -> None:
    approved(scene)
    owed = scene.owed(scene.cast.township)
    version = returns.submit(owed, typed=scene.typed(), request_key="t", by=scene.officer, now=NOW)
    returns.approve(version, by=scene.head, now=NOW)
    assert told(Kind.ARRIVED) == {"Bình": "2 báo cáo mới của cấp dưới"}
    [notice] = Notice.objects.filter(kind=Kind.ARRIVED)
    assert signed_in_as(scene.district_officer).get(notice.href).status_code == 200


def test_the_unit_learns_that_its_return_was_accepted(scene: Scene) -> None:
    version = approved(scene)
    Notice.objects.all().delete()
    returns.accept(version, unit=scene.cast.district, by=scene.district_officer, now=NOW)
    returns.accept(version, unit=scene.cast.district, by=scene.district_officer, now=NOW)
    words = "Cấp trên đã nhận báo cáo"
    assert told(Kind.ACCEPTED) == {"Chi": words, "Giang": words}


def test_nobody_is_told_of_what_they_did_themselves(scene: Scene) -> None:
    hire("Sơn", (Role.OFFICER, scene.cast.township), (Role.HEAD, scene.cast.township))
    owed = scene.owed(scene.cast.township)
    by = scene.cast.township.grants.get(role=Role.HEAD).person
    version = returns.submit(owed, typed=scene.typed(), request_key="a", by=by, now=NOW)
    returns.approve(version, by=by, now=NOW)
    assert "Sơn" not in told(*Kind)


def test_what_is_refused_tells_nobody(scene: Scene) -> None:
    version = submitted(scene)
    Notice.objects.all().delete()
    with pytest.raises(Refused):
        returns.accept(version, unit=scene.cast.district, by=scene.district_officer, now=NOW)
    assert not Notice.objects.exists()


def test_officers_with_something_to_answer_anew_learn_that_the_form_changed_and_why(scene: Scene) -> None:
    approved(scene)
    old = draft_of(scene.campaign.form)
    draft = replace(old, items=(*old.items, QuestionDraft("Số bài viết", required=False)))
    forms.revise(scene.campaign.form, draft, terms=forms.Terms("Thêm một câu."), by=scene.coordinator, now=NOW)
    notice = Notice.objects.get(kind=Kind.FORM_CHANGED)  # not Chi, whose return was sent up and is kept
    assert (notice.person.name, notice.remark) == ("Bình", "Thêm một câu.")


def test_telling_many_units_takes_no_more_queries(cast: Cast) -> None:
    taken = []
    for size in (2, 40):
        units = [found(f"99{size}{n:03}", f"Xã {size} {n}", "commune", cast.district) for n in range(size)]
        for unit in units:
            hire(f"cb{unit.code}", (Role.OFFICER, unit))
        owner = cast.department if size == 2 else cast.education
        with CaptureQueriesContext(connection) as queries:
            a_campaign(owner, units, by=cast.an)
        taken.append(len([one for one in queries if "notices_" in one["sql"] or "orgs_grant" in one["sql"]]))
    assert taken[0] == taken[1] <= 3
    assert Notice.objects.filter(kind=Kind.GIVEN).count() == 42


def test_a_unit_that_takes_over_from_one_that_ended_learns_that_it_has_work(scene: Scene) -> None:
    hire("Sơn", (Role.OFFICER, scene.cast.ward))
    end_unit(scene.cast.commune, ending=Ending(on=localdate(NOW), successor=scene.cast.ward), by=scene.cast.an, now=NOW)
    assert told(Kind.GIVEN)["Sơn"] == "Đơn vị được giao việc mới"


def district_passes_to(scene: Scene, heir: int | None) -> None:
    held = [f"assignment:{of(scene.cast.district, scene.campaign).pk}"]
    pass_on(Passing({scene.cast.district.pk: heir}, "Sắp xếp", scene.coordinator, NOW, Ledger(), only=held))


def test_when_the_level_above_has_ended_returns_arrive_at_the_one_above_it(scene: Scene) -> None:
    district_passes_to(scene, None)
    approved(scene)
    assert set(told(Kind.ARRIVED)) == {"Lan"}


def test_when_the_level_above_was_taken_over_returns_arrive_at_its_successor(scene: Scene) -> None:
    hire("Sơn", (Role.OFFICER, scene.cast.ward))
    district_passes_to(scene, scene.cast.ward.pk)
    approved(scene)
    assert told(Kind.ARRIVED) == {"Sơn": "1 báo cáo mới của cấp dưới"}


def test_the_successor_of_a_unit_that_ended_sends_its_return_to_the_same_level_above(scene: Scene) -> None:
    son = hire("Sơn", (Role.OFFICER, scene.cast.ward), (Role.HEAD, scene.cast.ward))
    end_unit(scene.cast.commune, ending=Ending(on=localdate(NOW), successor=scene.cast.ward), by=scene.cast.an, now=NOW)
    version = returns.submit(scene.owed(scene.cast.ward), typed=scene.typed(), request_key="a", by=son, now=NOW)
    returns.approve(version, by=son, now=NOW)
    assert told(Kind.ARRIVED) == {"Bình": "1 báo cáo mới của cấp dưới"}
