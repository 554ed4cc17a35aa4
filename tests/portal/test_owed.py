"""What a unit owes in a year: the page, and the calendar that reads it."""

from datetime import date, datetime
from typing import Any

import pytest
from cascades import a_campaign, reported
from cast import NOW, Cast, hire, signed_in_as
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar
from regimes import a_pattern, drafted, in_force

from lachan.campaigns import actions as campaigns
from lachan.campaigns.models import Assignment, Campaign
from lachan.orgs.models import Grant, Role
from lachan.reporting.actions import regimes
from lachan.reporting.owed import owed_in

Clock = Any
YEAR = 2025


@pytest.fixture(autouse=True)
def regime(cast: Cast, clock: Clock) -> Any:
    """In force since March 2025; what is due in 2025 are the months from March to December."""
    return in_force(a_pattern(cast))


def page(cast: Cast, person: Any, year: int = YEAR) -> Any:
    return signed_in_as(person).get(f"/viec/{cast.commune.pk}/bao-cao-trong-nam/{year}/")


def test_given_and_coming_reports_stand_by_the_month_they_are_due_in(cast: Cast) -> None:
    owed = owed_in([cast.commune.pk], YEAR)
    assert [(one.period, str(one.due_on), one.obligation is not None) for one in owed[:3]] == [
        ("Tháng 3/2025", "2025-03-19", True),
        ("Tháng 4/2025", "2025-04-17", False),
        ("Tháng 5/2025", "2025-05-19", False),
    ]
    assert len(owed) == 10
    assert [month for month, _lines in page(cast, cast.chi).context["months"]] == list(range(3, 13))


def test_what_happens_once_stands_there_too(cast: Cast) -> None:
    campaign = a_campaign(cast.district, [cast.commune], by=cast.an)
    assert campaign.name in [one.title for one in owed_in([cast.commune.pk], YEAR) if not one.period]


def test_the_same_report_keeps_its_key_when_it_is_given_out(cast: Cast, regime: Any) -> None:
    before = {one.key for one in owed_in([cast.commune.pk], YEAR)}
    regimes.give_next(regime, period="2025-04", by=cast.an, now=NOW)
    assert {one.key for one in owed_in([cast.commune.pk], YEAR)} == before


def test_a_unit_that_ends_owes_nothing_after(cast: Cast) -> None:
    cast.commune.versions.update(valid_to=date(2025, 7, 1))
    assert [one.period for one in owed_in([cast.commune.pk], YEAR)][-1] == "Tháng 6/2025"


def test_what_was_sent_is_counted_as_sent(cast: Cast, regime: Any) -> None:
    reported(Assignment.objects.get(campaign=regime.rounds.get(), unit=cast.commune), by=cast.chi)
    shown = page(cast, cast.chi).context
    assert (shown["count"], shown["sent"], shown["late"]) == (10, 1, 0)


def test_what_is_late_is_told(cast: Cast, clock: Clock) -> None:
    clock(datetime(2025, 3, 25, 2, tzinfo=NOW.tzinfo))
    assert page(cast, cast.chi).context["late"] == 1


def test_nothing_is_late_in_what_has_ended(cast: Cast, clock: Clock, regime: Any) -> None:
    clock(datetime(2025, 3, 25, 2, tzinfo=NOW.tzinfo))
    campaigns.close(regime.rounds.get(), by=cast.an, now=NOW)
    shown = page(cast, cast.chi)
    assert shown.context["late"] == 0
    assert "Đã kết thúc, chưa gửi" in shown.content.decode()


def test_a_year_without_reports_says_so(cast: Cast) -> None:
    assert "không phải gửi báo cáo nào" in page(cast, cast.chi, 2020).content.decode()
    assert page(cast, cast.chi, 1).status_code == 404


def test_people_of_other_units_find_no_page(cast: Cast) -> None:
    assert page(cast, hire("Giang", (Role.OFFICER, cast.other_commune))).status_code == 404
    assert page(cast, cast.binh).status_code == 200  # of the district above


def test_the_page_takes_as_many_queries_with_more_periodic_reports(cast: Cast) -> None:
    chi, prices, pattern = signed_in_as(cast.chi), [], Campaign.objects.get(regime=None)
    for rhythm in ("quarter", "year"):
        with CaptureQueriesContext(connection) as queries:
            chi.get(f"/viec/{cast.commune.pk}/bao-cao-trong-nam/{YEAR}/")
        prices.append(len(queries))
        made = regimes.prescribe(pattern, draft=drafted(rhythm=rhythm), by=cast.an, now=NOW)
        regimes.switch_on(made, by=cast.an, now=NOW)
    assert prices[0] == prices[1] <= 30


def address_of(client: Client, cast: Cast) -> str:
    client.post("/lich-bao-cao/dia-chi/", {"unit": cast.commune.pk})
    shown: str = client.get(f"/viec/{cast.commune.pk}/bao-cao-trong-nam/{YEAR}/").context["address"]
    return "/" + shown.split("/", 3)[3]


def events(address: str) -> dict[str, Any]:
    answer = Client().get(address)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    return {str(one["uid"]): one for one in Calendar.from_ical(answer.content).walk("VEVENT")}


def test_a_calendar_reads_the_days_reports_are_due(cast: Cast, regime: Any) -> None:
    found = events(address_of(signed_in_as(cast.chi), cast))
    march = found[f"round-{regime.pk}-2025-03-{cast.commune.pk}@127.0.0.1:8000"]
    assert march["dtstart"].dt == date(2025, 3, 19)
    assert march["summary"] == "Hạn báo cáo: Báo cáo phòng, chống lừa đảo – Tháng 3/2025"
    assert march["description"] == "UBND xã Gò Cao gửi chậm nhất 17\u00a0giờ ngày 19/03/2025."
    assert march["url"].endswith(f"/bao-cao/{regime.rounds.get().assignments.get(unit=cast.commune).obligation.pk}/")
    assert len(found) == 22  # ten of this year, twelve of the next


def test_what_was_sent_says_so_in_the_calendar(cast: Cast, regime: Any) -> None:
    reported(Assignment.objects.get(campaign=regime.rounds.get(), unit=cast.commune), by=cast.chi)
    said = [str(one["summary"]) for one in events(address_of(signed_in_as(cast.chi), cast)).values()]
    assert sum(one.startswith("Đã gửi: ") for one in said) == 1


def test_a_renewed_address_leaves_the_old_one_dead(cast: Cast) -> None:
    chi = signed_in_as(cast.chi)
    old, new = address_of(chi, cast), address_of(chi, cast)
    assert Client().get(old).status_code == 404
    assert Client().get(new).status_code == 200


def test_an_address_given_up_is_dead_and_does_not_come_back(cast: Cast) -> None:
    chi = signed_in_as(cast.chi)
    old = address_of(chi, cast)
    chi.post("/lich-bao-cao/dia-chi/bo/", {"unit": cast.commune.pk})
    assert Client().get(old).status_code == 404
    assert address_of(chi, cast) != old


def test_whoever_leaves_reads_nothing_more(cast: Cast) -> None:
    address = address_of(signed_in_as(cast.chi), cast)
    Grant.objects.filter(person=cast.chi).update(ended_at=NOW)
    assert events(address) == {}
    cast.chi.is_active = False
    cast.chi.save()
    assert Client().get(address).status_code == 404


@pytest.mark.parametrize("token", ["x", "W10.x", "WzEsMV0.aaaa", "..", "%00"])
def test_an_address_that_was_made_up_leads_nowhere(token: str) -> None:
    assert Client().get(f"/lich-bao-cao/{token}.ics").status_code == 404


def test_who_reports_for_no_unit_has_no_calendar(cast: Cast) -> None:
    assert signed_in_as(cast.an).post("/lich-bao-cao/dia-chi/").status_code == 403
    editor = hire("Giang", (Role.EDITOR, cast.commune))
    assert signed_in_as(editor).post("/lich-bao-cao/dia-chi/").status_code == 403
