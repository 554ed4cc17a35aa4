"""A made-up country whose units have reported month by month for years: to measure figures on at the size of a country.

The last round is written through the models; those before it are copied from it by the database, and answered there.
"""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import connection
from django.db.models import Model

from lachan.campaigns import actions as campaigns
from lachan.campaigns.models import Assignment, Campaign, Dispatch, Regime
from lachan.engine.periods import Counting, Period, Rhythm, containing
from lachan.engine.report_form import QuestionDraft
from lachan.letters.models import Letter
from lachan.orgs.actions import Founding, add_person, found_unit, found_units, grant_role, load_catalogue
from lachan.orgs.models import Grant, Kind, Person, Role, Unit, UnitVersion
from lachan.project.language import chosen, speak
from lachan.reporting.actions import forms, regimes
from lachan.reporting.drafts import draft_of
from lachan.reporting.models import Form, Obligation, Question
from lachan.reporting.settling import settle_all

OWNER = "do-luong@lachan.example"
PROVINCES = 34
A_COMMUNE = 4.5  # units of a commune, its own office counted in
EMPTY_EVERY = 9  # one unit in so many has nothing to report but zeros
ASKED = Obligation.questions.through
STRIDE = 1_000_000  # between the keys of a round's rows and those of the next
Tell = Callable[[str], None]

_ = speak(chosen((), os.environ))


@dataclass(frozen=True)
class Size:
    """How much of it there is."""

    units: int
    indicators: int
    periods: int
    owing: int  # units that have not yet reported in the last round


def found_rounds(size: Size, *, now: datetime, tell: Tell) -> Regime:
    """Units, people, a monthly report and its rounds, all of them reported but for the last; their figures are settled."""
    _sql("SET synchronous_commit = off; SET maintenance_work_mem = '512MB'; SET work_mem = '128MB'")
    tell(_("Lập {units} đơn vị").format(units=size.units))
    load_catalogue()
    ministry = found_unit(Founding(code="BO-DO", name="Bộ Đo lường", kind="department", parent=None), by=None, now=now)
    owner = add_person(email=OWNER, name="Lê Thị An", by=None, now=now)
    for role in (Role.COORDINATOR, Role.OPERATOR, Role.OFFICER, Role.HEAD):
        grant_role(owner, role, ministry, by=None, now=now)
    _people(_units(ministry, size.units, now), now)
    regime = _regime(ministry, size.indicators, owner, now)
    last = containing(now.date() - timedelta(days=31), Rhythm.MONTH, 31)
    with _without_indexes(ASKED), _unmarked():
        pattern = _round(regime, last, now)
        _hand_down(pattern, now)
        for back in range(1, size.periods):
            tell(_("Kỳ {number}/{periods}").format(number=back, periods=size.periods))
            _answer(_copy(regime, pattern, last.moved(-back), back * STRIDE, now), owing=0)
        _answer(pattern, owing=size.owing)
        tell(_("Lập chỉ mục"))
    _sql("ANALYZE")
    tell(_("Cộng lần đầu"))
    settle_all()
    _sql("VACUUM ANALYZE reporting_branchfigures")
    return regime


def _units(ministry: Unit, count: int, now: datetime) -> list[Unit]:
    """Provinces, their communes, and the schools of each."""
    communes = int((count - PROVINCES) / A_COMMUNE)

    def under(above: Sequence[Unit], number: int, name: str, kind: str) -> list[Unit]:
        return found_units(
            [
                Founding(code=f"{one.code}-{n}", name=f"{name} {one.code}-{n}", kind=kind, parent=one)
                for n, one in ((n, above[n % len(above)]) for n in range(number))
            ],
            by=None,
            now=now,
        )

    provinces = under([ministry], PROVINCES, "Tỉnh", "province")
    first = under(provinces, communes, "Xã", "commune")
    return [*provinces, *first, *under(first, count - PROVINCES - communes, "Trường", "lower-secondary-school")]


def _people(units: Sequence[Unit], now: datetime) -> None:
    """One in each unit, officer and head at once."""
    unusable = make_password(None)
    people = Person.objects.bulk_create(
        (
            Person(email=f"{one.pk}@lachan.example", name=f"Trần {one.pk}", password=unusable, joined_at=now)
            for one in units
        ),
        batch_size=2000,
    )
    Grant.objects.bulk_create(
        (
            Grant(person=person, role=role, unit=unit, given_at=now)
            for unit, person in zip(units, people, strict=True)
            for role in (Role.OFFICER, Role.HEAD)
        ),
        batch_size=2000,
    )


def _regime(ministry: Unit, indicators: int, owner: Person, now: datetime) -> Regime:
    letter = Letter.objects.create(
        holder=ministry,
        direction=Letter.Direction.RECEIVED,
        state=Letter.State.CHECKED,
        issuer="CHÍNH PHỦ",
        number=1,
        symbol="KH-CP",
        dated_on=now.date(),
        abstract="phòng, chống lừa đảo trực tuyến",
        entered_by=owner,
        entered_at=now,
    )
    draft = campaigns.CampaignDraft(name="Báo cáo tháng", starts_on=now.date())
    model = campaigns.prepare(letter, owner=ministry, draft=draft, by=owner, now=now)
    sums = [QuestionDraft(f"Chỉ tiêu số {n}", counted_in="lượt") for n in range(1, indicators - 1)]
    peak = QuestionDraft("Buổi đông nhất", counted_in="người", measure=Question.Measure.MAXIMUM)
    mean = QuestionDraft("Số người một buổi", counted_in="người", measure=Question.Measure.MEAN)
    forms.write_form(model, title="Báo cáo tháng", questions=[*sums, peak, mean], by=owner, now=now)
    drafted = regimes.RegimeDraft(
        name="Báo cáo tháng",
        rhythm=Rhythm.MONTH,
        last_day=31,
        counting=Counting.WORKING_DAYS,
        number=3,
        opens_days=0,
        newcomers=True,
        kinds=list(Kind.objects.filter(pk__in=["province", "commune", "lower-secondary-school"])),
        groups=[],
        within=[],
        but=[],
    )
    return regimes.prescribe(model, draft=drafted, by=owner, now=now)


def _round(regime: Regime, period: Period, now: datetime) -> Campaign:
    owner = regime.created_by
    campaign = Campaign.objects.create(
        letter=regime.letter,
        regime=regime,
        period=period.code,
        owner=regime.owner,
        name=f"{regime.name} – {period.label()}",
        starts_on=period.first,
        ends_on=period.last,
        report_due=datetime.combine(period.last + timedelta(days=5), now.timetz()),
        created_by=owner,
        created_at=now,
    )
    draft = draft_of(Form.objects.get(campaign=regime.form_of))
    forms.write_form(campaign, title=draft.title, questions=draft.items, checks=draft.checks, by=owner, now=now)
    Campaign.objects.filter(pk=campaign.pk).update(state=Campaign.State.RUNNING, started_at=now)
    Dispatch.objects.create(
        campaign=campaign,
        unit=regime.owner,
        letter=regime.letter,
        report_due=campaign.report_due,
        sent_at=now,
        sent_by=owner,
    )
    return campaign


def _hand_down(campaign: Campaign, now: datetime) -> None:
    """Everybody has it, under the unit they stand under, and owes all of it."""
    dispatch, form = campaign.dispatches.get(), Form.objects.get(campaign=campaign)
    due = dispatch.report_due or now
    above: dict[int | None, Assignment] = {}
    versions = UnitVersion.objects.on(now.date()).exclude(unit=campaign.owner)
    for kind in ("province", "commune", "lower-secondary-school"):
        new = [
            Assignment(
                campaign=campaign,
                dispatch=dispatch,
                unit_id=one.unit_id,
                parent=above.get(one.parent_id),
                path=f"{above[one.parent_id].path if one.parent_id in above else ''}{one.unit_id}.",
                unit_name=one.name,
                unit_sort_key=one.sort_key,
                unit_kind=kind,
                received_at=now,
            )
            for one in versions.filter(kind=kind)
        ]
        above |= {one.unit_id: one for one in Assignment.objects.bulk_create(new, batch_size=2000)}
    Obligation.objects.bulk_create(
        (
            Obligation(
                form=form,
                unit_id=one.unit_id,
                assignment=one,
                period_from=campaign.starts_on,
                period_to=campaign.ends_on,
                due_at=due,
            )
            for one in above.values()
        ),
        batch_size=2000,
    )
    _ask(form)


def _copy(regime: Regime, pattern: Campaign, period: Period, far: int, now: datetime) -> Campaign:
    """An earlier round, of the same units; the keys of its rows are `far` from those of the pattern."""
    campaign = _round(regime, period, now)
    form, dispatch = Form.objects.get(campaign=campaign), campaign.dispatches.get()
    _copied(
        Assignment,
        {
            "id": f"id + {far}",
            "parent_id": f"parent_id + {far}",
            "campaign_id": campaign.pk,
            "dispatch_id": dispatch.pk,
        },
        f"campaign_id = {pattern.pk}",
    )
    fresh: dict[str, str | int] = {
        "form_id": form.pk,
        "period_from": f"'{period.first}'",
        "period_to": f"'{period.last}'",
        "due_at": f"'{dispatch.report_due}'",
    }
    _copied(
        Obligation,
        {"id": f"id + {far}", "assignment_id": f"assignment_id + {far}", **fresh},
        f"form_id = (SELECT id FROM reporting_form WHERE campaign_id = {pattern.pk})",
    )
    _ask(form)
    Campaign.objects.filter(pk=campaign.pk).update(state=Campaign.State.CLOSED, closed_at=now)
    return campaign


def _copied(model: type[Model], changed: Mapping[str, str | int], which: str) -> None:
    """The rows of which `which` is true once more, with columns changed."""
    columns = [str(field.column) for field in model._meta.concrete_fields]
    values = ", ".join(str(changed.get(column, column)) for column in columns)
    table = model._meta.db_table
    _sql(f"INSERT INTO {table} ({', '.join(columns)}) SELECT {values} FROM {table} WHERE {which}")


def _ask(form: Form) -> None:
    _sql(
        f"""INSERT INTO reporting_obligation_questions (obligation_id, question_id)
            SELECT o.id, q.id FROM reporting_obligation o JOIN reporting_question q USING (form_id)
            WHERE form_id = {form.pk}"""
    )


def _answer(campaign: Campaign, *, owing: int) -> None:
    """All of its units report numbers, some of them nothing but zeros and a tenth late; the last `owing` of them do not report."""
    form = Form.objects.get(campaign=campaign)
    _sql(
        f"""INSERT INTO reporting_return (obligation_id, number, "values", form_version, is_empty, is_valid,
                                          submitted_at, submitted_by_id, request_key)
            SELECT o.id, 1, answers, 1, o.id % {EMPTY_EVERY} = 0, true, o.due_at, g.person_id, o.id::text
            FROM (SELECT * FROM reporting_obligation WHERE form_id = {form.pk} ORDER BY id DESC OFFSET {owing}) o
            JOIN orgs_grant g ON g.unit_id = o.unit_id AND g.role = '{Role.OFFICER}'
            CROSS JOIN LATERAL (
                SELECT jsonb_object_agg(q.id::text, CASE o.id % {EMPTY_EVERY} WHEN 0 THEN 0
                                        ELSE (hashint8(o.id * 1000 + q.id) & 1023) END) AS answers
                FROM reporting_question q WHERE q.form_id = o.form_id) made"""
    )
    _sql(
        f"""UPDATE reporting_obligation o SET counted_id = r.id, state = '{Obligation.State.ACCEPTED}',
                   received_at = o.due_at + (r.id % 10 - 8) * interval '10 hours'
            FROM reporting_return r WHERE r.obligation_id = o.id AND o.form_id = {form.pk}"""
    )


@contextmanager
def _without_indexes(model: type[Model]) -> Iterator[None]:
    """Rows go in without indexes and checks, which are made over all of them at the end."""
    table = model._meta.db_table
    checks = _sql(
        f"""SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint
            WHERE conrelid = '{table}'::regclass AND contype IN ('p', 'u', 'f')"""
    )
    for name, _definition in checks:
        _sql(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    others = _sql(f"SELECT indexname, indexdef FROM pg_indexes WHERE tablename = '{table}'")
    for name, _definition in others:
        _sql(f"DROP INDEX {name}")
    yield
    for name, definition in checks:
        _sql(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}")
    for _name, definition in others:
        _sql(definition)


@contextmanager
def _unmarked() -> Iterator[None]:
    """The triggers that mark changes rest inside the block; after it everything is marked, as if each row had come by itself."""
    tables = [model._meta.db_table for model in (Assignment, Obligation, ASKED)]
    for table in tables:
        _sql(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    yield
    for table in tables:
        _sql(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        _sql(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}")
    _sql("INSERT INTO reporting_unsettled (campaign_id, assignment) SELECT campaign_id, id FROM campaigns_assignment")


def _sql(words: str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(words)
        return cursor.fetchall() if cursor.description else []
