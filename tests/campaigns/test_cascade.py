from collections.abc import Callable
from datetime import timedelta

import pytest
from cascades import DUE, a_campaign, a_letter, of, own_letter, passed_on
from cast import DAY, NOW, Cast

from lachan.campaigns import actions
from lachan.campaigns.models import Assignment, Campaign, Dispatch
from lachan.foundation.models import AuditEntry
from lachan.foundation.refused import Refused
from lachan.letters.models import Letter, Register
from lachan.orgs import actions as orgs
from lachan.orgs.models import Unit
from lachan.reporting.actions import giving
from lachan.reporting.models import Obligation

LATER = NOW + timedelta(days=1)


@pytest.fixture
def campaign(cast: Cast) -> Campaign:
    return a_campaign(cast.department, [cast.district, cast.city, cast.press], by=cast.an)


@pytest.fixture
def given(campaign: Campaign, cast: Cast) -> Assignment:
    return of(cast.district, campaign)


def test_receiving_twice_changes_nothing(given: Assignment, cast: Cast) -> None:
    actions.receive(given, by=cast.binh, now=NOW)
    actions.receive(given, by=cast.dung, now=LATER)
    given.refresh_from_db()
    assert (given.received_at, given.received_by) == (NOW, cast.binh)
    assert AuditEntry.objects.filter(verb="campaigns.receive").count() == 1


def test_receiving_also_opens(given: Assignment, cast: Cast) -> None:
    actions.receive(given, by=cast.binh, now=NOW)
    given.refresh_from_db()
    assert (given.opened_at, given.opened_by) == (NOW, cast.binh)


def test_receiving_keeps_the_first_opening(given: Assignment, cast: Cast) -> None:
    actions.open_assignment(given, by=cast.dung, now=NOW)
    actions.receive(given, by=cast.binh, now=LATER)
    given.refresh_from_db()
    assert (given.opened_at, given.received_at) == (NOW, LATER)


def test_passing_on_gives_the_units_below_an_assignment_and_a_debt(given: Assignment, cast: Cast) -> None:
    dispatch = passed_on(given, [cast.commune, cast.township], by=cast.binh, now=LATER)
    given.refresh_from_db()
    assert (given.received_at, given.passed_on_at) == (LATER, LATER)
    assert {(a.unit, a.parent) for a in dispatch.assignments.all()} == {(cast.commune, given), (cast.township, given)}
    assert Obligation.objects.filter(assignment__dispatch=dispatch, due_at=DUE).count() == 2
    assert dispatch.letter.references.get().target == given.dispatch.letter


def test_passing_on_twice_is_refused_and_leaves_no_letter_and_no_number(given: Assignment, cast: Cast) -> None:
    passed_on(given, [cast.commune], by=cast.binh)
    before = Letter.objects.count(), Dispatch.objects.count(), Register.objects.get(unit=cast.district).last
    with pytest.raises(Refused):
        passed_on(given, [cast.commune], by=cast.binh)
    assert (Letter.objects.count(), Dispatch.objects.count(), Register.objects.get(unit=cast.district).last) == before


def test_units_can_be_added_later_and_the_first_passing_on_stands(given: Assignment, cast: Cast) -> None:
    passed_on(given, [cast.commune], by=cast.binh)
    added = passed_on(given, [cast.commune, cast.township], by=cast.binh, now=LATER)
    given.refresh_from_db()
    assert [a.unit for a in added.assignments.all()] == [cast.township]
    assert given.passed_on_at == NOW


OUTSIDE: list[Callable[[Cast], Unit]] = [
    lambda cast: cast.ward,
    lambda cast: cast.city,
    lambda cast: cast.province,
    lambda cast: cast.district,
]


@pytest.mark.parametrize("unit", OUTSIDE, ids=["another district's", "beside", "above", "itself"])
def test_a_unit_not_below_is_refused(given: Assignment, cast: Cast, unit: Callable[[Cast], Unit]) -> None:
    with pytest.raises(Refused, match="trực thuộc"):
        passed_on(given, [cast.commune, unit(cast)], by=cast.binh)
    assert not Dispatch.objects.filter(unit=cast.district).exists()
    assert not Letter.objects.filter(holder=cast.district).exists()


def test_a_unit_that_ended_is_given_nothing(given: Assignment, cast: Cast) -> None:
    orgs.close(cast.commune, on=DAY, by=cast.an, now=NOW)
    with pytest.raises(Refused, match="Xã Gò Cao"):
        passed_on(given, [cast.commune], by=cast.binh)


def test_a_unit_that_ended_passes_nothing_on(campaign: Campaign, cast: Cast) -> None:
    given = of(cast.city, campaign)
    orgs.close(cast.ward, on=DAY, by=cast.an, now=NOW)
    orgs.close(cast.city, on=DAY, by=cast.an, now=NOW)
    with pytest.raises(Refused, match="kết thúc hoạt động"):
        passed_on(given, [cast.ward], by=cast.an)


def test_passing_on_to_nobody_is_refused(given: Assignment, cast: Cast) -> None:
    with pytest.raises(Refused, match="Chưa chọn đơn vị nào"):
        passed_on(given, [], by=cast.binh)


def test_the_level_below_reports_no_later_than_the_unit_itself(given: Assignment, cast: Cast) -> None:
    with pytest.raises(Refused, match="trước hoặc bằng"):
        passed_on(given, [cast.commune], by=cast.binh, due=DUE + timedelta(minutes=1))


def test_a_deadline_in_the_past_is_refused(given: Assignment, cast: Cast) -> None:
    with pytest.raises(Refused, match="đã qua"):
        passed_on(given, [cast.commune], by=cast.binh, due=NOW)


def test_a_unit_that_is_late_itself_can_still_pass_on(given: Assignment, cast: Cast) -> None:
    late = DUE + timedelta(days=1)
    passed_on(given, [cast.commune], by=cast.binh, due=late + timedelta(days=3), now=late)
    assert of(cast.commune, given.campaign).parent == given


def test_a_wished_number_already_taken_is_refused(given: Assignment, cast: Cast) -> None:
    giving.pass_on(given, own=own_letter(number=7), to=[cast.commune], report_due=DUE, by=cast.binh, now=NOW)
    with pytest.raises(Refused, match="Số 7"):
        giving.pass_on(given, own=own_letter(number=7), to=[cast.township], report_due=DUE, by=cast.binh, now=NOW)


def test_who_has_nobody_below_need_not_pass_on(campaign: Campaign, cast: Cast) -> None:
    assert of(cast.district, campaign).must_pass_on
    assert not of(cast.press, campaign).must_pass_on


def test_whose_units_were_all_given_it_directly_need_not_pass_on(cast: Cast) -> None:
    campaign = a_campaign(cast.department, [cast.city, cast.ward, cast.district, cast.commune], by=cast.an)
    assert not of(cast.city, campaign).must_pass_on
    assert of(cast.district, campaign).must_pass_on


def test_the_owner_may_start_with_units_not_below_it(campaign: Campaign) -> None:
    assert campaign.assignments.count() == 3


def test_the_owner_is_not_given_its_own_campaign(cast: Cast) -> None:
    campaign = a_campaign(cast.province, [cast.province, cast.district], by=cast.an)
    assert [a.unit for a in campaign.assignments.all()] == [cast.district]


def test_an_addressee_without_units_holds_the_start_back(cast: Cast) -> None:
    draft = actions.CampaignDraft(name="Thử", addressees=[actions.AddresseeDraft("Hội không rõ")])
    letter = a_letter(cast.department, by=cast.an)
    campaign = actions.prepare(letter, owner=cast.department, draft=draft, by=cast.an, now=NOW)
    with pytest.raises(Refused, match="Hội không rõ"):
        actions.start(campaign, letter=letter, by=cast.an, now=NOW)
    campaign.refresh_from_db()
    assert campaign.state == Campaign.State.DRAFT


def test_preparing_the_same_letter_again_gives_the_campaign_there_is(campaign: Campaign, cast: Cast) -> None:
    draft = actions.CampaignDraft(name="Lần hai")
    assert actions.prepare(campaign.letter, owner=cast.department, draft=draft, by=cast.an, now=NOW) == campaign


def test_a_started_campaign_is_not_revised(campaign: Campaign, cast: Cast) -> None:
    with pytest.raises(Refused, match="đã phát động"):
        actions.revise(campaign, draft=actions.CampaignDraft(name="Khác"), by=cast.an, now=NOW)


def test_closing_a_campaign_ends_passing_on(given: Assignment, cast: Cast) -> None:
    closed = actions.close(given.campaign, by=cast.an, now=LATER)
    assert (closed.state, closed.closed_at) == (Campaign.State.CLOSED, LATER)
    with pytest.raises(Refused, match="đã kết thúc"):
        passed_on(given, [cast.commune], by=cast.binh, now=LATER)


def test_closing_twice_is_refused_and_the_first_stands(campaign: Campaign, cast: Cast) -> None:
    actions.close(campaign, by=cast.an, now=NOW)
    with pytest.raises(Refused, match="từ trước"):
        actions.close(campaign, by=cast.an, now=LATER)
    campaign.refresh_from_db()
    assert campaign.closed_at == NOW
    assert AuditEntry.objects.filter(verb="campaigns.close").count() == 1


def test_a_draft_is_not_closed(cast: Cast) -> None:
    letter = a_letter(cast.department, by=cast.an)
    draft = actions.CampaignDraft(name="Thử")
    campaign = actions.prepare(letter, owner=cast.department, draft=draft, by=cast.an, now=NOW)
    with pytest.raises(Refused, match="chưa phát động"):
        actions.close(campaign, by=cast.an, now=NOW)
