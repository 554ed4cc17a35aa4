"""The country as it was on the eve of the reform, with a campaign half reported in every commune: to replay the reform on."""

import random
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta

from django.contrib.auth.hashers import make_password

from lachan.campaigns import actions as campaigns
from lachan.campaigns.models import Assignment, Campaign, Dispatch
from lachan.engine.report_form import QuestionDraft
from lachan.letters.models import Letter
from lachan.orgs.actions import Founding, add_person, found_unit, grant_role, load_units
from lachan.orgs.models import Grant, Level, Person, Role, Unit, UnitVersion
from lachan.orgs.official import REFORM
from lachan.reporting.actions import forms, giving
from lachan.reporting.models import Obligation, Question, Return

EVE = REFORM - timedelta(days=1)
EVE_MOMENT = datetime(2025, 6, 30, 3, tzinfo=UTC)
OWNER = "do-luong@lachan.example"
REPORTED, BEGUN = 0.6, 0.2  # of the communes; the others have not begun


def found_country(*, now: datetime, questions: int, provinces: Collection[str] | None = None) -> Campaign:
    """The units of three levels (of `provinces`, codes of today, or all), and a ministry's campaign that all of them have."""
    load_units(by=None, now=now, provinces=provinces, until=EVE)
    ministry = found_unit(Founding(code="BO-DO", name="Bộ Đo lường", kind="department", parent=None), by=None, now=now)
    owner = add_person(email=OWNER, name="Lê Thị An", by=None, now=now)
    for role in (Role.COORDINATOR, Role.OPERATOR):
        grant_role(owner, role, ministry, by=None, now=now)
    versions = {one.unit_id: one for one in UnitVersion.objects.on(EVE).exclude(unit=ministry).select_related("kind")}
    officers = _officers(list(versions), now)
    campaign = _campaign(ministry, [one.unit for one in _level(versions, Level.PROVINCE)], questions, owner, now)
    given = _pass_on(campaign, versions)
    _report(campaign, given, officers, now)
    return campaign


def _level(versions: Mapping[int, UnitVersion], level: Level) -> list[UnitVersion]:
    return [one for one in versions.values() if one.kind.level == level]


def _officers(units: Sequence[int], now: datetime) -> dict[int, int]:
    unusable = make_password(None)
    people = Person.objects.bulk_create(
        (
            Person(email=f"{unit}@lachan.example", name=f"Trần {unit}", password=unusable, joined_at=now)
            for unit in units
        ),
        batch_size=2000,
    )
    Grant.objects.bulk_create(
        (
            Grant(person=person, role=Role.OFFICER, unit_id=unit, given_at=now)
            for unit, person in zip(units, people, strict=True)
        ),
        batch_size=2000,
    )
    return {unit: person.pk for unit, person in zip(units, people, strict=True)}


def _campaign(owner: Unit, units: Sequence[Unit], questions: int, by: Person, now: datetime) -> Campaign:
    letter = Letter.objects.create(
        holder=owner,
        direction=Letter.Direction.RECEIVED,
        state=Letter.State.CHECKED,
        issuer="CHÍNH PHỦ",
        number=1,
        symbol="KH-CP",
        dated_on=date(2025, 3, 1),
        abstract="phòng, chống lừa đảo trực tuyến",
        entered_by=by,
        entered_at=now,
    )
    draft = campaigns.CampaignDraft(
        name="Phòng, chống lừa đảo trực tuyến",
        starts_on=date(2025, 3, 1),
        report_due=now + timedelta(days=20),
        tasks=(campaigns.TaskDraft("1", "Tuyên truyền."),),
        addressees=(campaigns.AddresseeDraft("UBND các tỉnh", frozenset(one.pk for one in units), "nhóm", 1),),
    )
    campaign = campaigns.prepare(letter, owner=owner, draft=draft, by=by, now=now)
    asked = [QuestionDraft(f"Chỉ tiêu số {n}", counted_in="lượt") for n in range(1, questions)]
    peak = QuestionDraft("Buổi đông nhất", counted_in="người", measure=Question.Measure.MAXIMUM)
    forms.write_form(campaign, title="Kết quả thực hiện", questions=[*asked, peak], by=by, now=now)
    giving.launch(campaign, own=None, by=by, now=EVE_MOMENT)
    campaign.refresh_from_db()
    return campaign


def _pass_on(campaign: Campaign, versions: Mapping[int, UnitVersion]) -> list[Assignment]:
    """Everybody below holds it, as if each level had passed it on; and owes what those above owe."""
    above = {one.unit_id: one for one in campaign.assignments.select_related("obligation")}
    pattern = next(iter(above.values())).obligation
    dispatch = Dispatch.objects.filter(campaign=campaign).latest("pk")
    for level in (Level.DISTRICT, Level.COMMUNE):
        new = [
            Assignment(
                campaign=campaign,
                dispatch=dispatch,
                unit_id=one.unit_id,
                parent=above[one.parent_id or 0],
                path=f"{above[one.parent_id or 0].path}{one.unit_id}.",
                unit_name=one.name,
                unit_sort_key=one.sort_key,
                unit_kind=one.kind_id,
                must_pass_on=level == Level.DISTRICT,
            )
            for one in _level(versions, level)
        ]
        above |= {one.unit_id: one for one in Assignment.objects.bulk_create(new, batch_size=2000)}
    known = set(Obligation.objects.filter(form=campaign.form).values_list("assignment_id", flat=True))
    debts = Obligation.objects.bulk_create(
        (
            Obligation(form_id=pattern.form_id, unit_id=one.unit_id, assignment=one, due_at=pattern.due_at)
            for one in above.values()
            if one.pk not in known
        ),
        batch_size=2000,
    )
    asked = list(pattern.questions.values_list("pk", flat=True))
    through = Obligation.questions.through
    through.objects.bulk_create(
        (through(obligation_id=debt.pk, question_id=one) for debt in debts for one in asked), batch_size=10_000
    )
    return list(above.values())


def _report(campaign: Campaign, given: Sequence[Assignment], officers: Mapping[int, int], now: datetime) -> None:
    """Most communes have reported, some have begun; districts and provinces have not."""
    dice = random.Random(63)  # noqa: S311 - made-up figures, the same at every run
    communes = {one.pk for one in given if not one.must_pass_on and one.path.count(".") > 2}
    owed = list(Obligation.objects.filter(form=campaign.form, assignment__in=communes).order_by("pk"))
    questions = list(Question.objects.filter(form=campaign.form))
    fates = [dice.random() for _ in owed]
    sent = [one for one, fate in zip(owed, fates, strict=True) if fate < REPORTED]
    begun = [one for one, fate in zip(owed, fates, strict=True) if REPORTED <= fate < REPORTED + BEGUN]
    versions = Return.objects.bulk_create(
        (
            Return(
                obligation=one,
                number=1,
                values={question.key: dice.randint(0, 900) for question in questions},
                is_empty=False,
                submitted_at=now,
                submitted_by_id=officers[one.unit_id],
                request_key=str(one.pk),
            )
            for one in sent
        ),
        batch_size=2000,
    )
    for version in versions:
        one = version.obligation
        one.counted, one.state, one.received_at = version, Obligation.State.APPROVED, now
    for one in begun:
        entry = ["100", officers[one.unit_id], now.isoformat(), ""]
        one.draft = {"cells": {questions[0].key: [1, [entry]]}, "turns": []}
        one.state, one.draft_saved_at, one.draft_saved_by_id = Obligation.State.DRAFTED, now, officers[one.unit_id]
    fields = ["counted", "state", "received_at", "draft", "draft_saved_at", "draft_saved_by"]
    Obligation.objects.bulk_create(
        [*sent, *begun], batch_size=2000, update_conflicts=True, update_fields=fields, unique_fields=["pk"]
    )
