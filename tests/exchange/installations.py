"""Two installations in one test: a province and the ministry above it, each with a database, files and a key of its own.

    Bộ Thông tin và Truyền thông                  Mai, coordinator
    ├ Tỉnh Sông Lam                              whose own installation is the other one
    └ Tỉnh Núi Hồng

The province is the cast of tests/cast.py; An coordinates it.
"""

import copy
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
from cascades import TWO_QUESTIONS, a_campaign, of, passed_on
from cast import NOW, Cast, assemble, found, hire
from django.db import connections, transaction
from django.db.backends.postgresql.base import DatabaseWrapper
from django.test import override_settings
from scenes import words_for

from lachan.campaigns.models import Campaign
from lachan.engine.answers import Column
from lachan.engine.report_form import QuestionDraft
from lachan.exchange import actions, own_key
from lachan.exchange.models import Partner
from lachan.orgs.actions import load_catalogue
from lachan.orgs.models import Person, Role, Unit
from lachan.reporting.actions import consolidating, returns
from lachan.reporting.models import ConsolidatedReport, Obligation, Question


@dataclass
class Installation:
    """One of the two. What is asked of its database is asked inside `with it.open():`; a test leaves nothing in it."""

    database: DatabaseWrapper
    folder: Path
    unit: Unit = field(init=False, repr=False)
    person: Person = field(init=False, repr=False)
    campaign: Campaign = field(init=False, repr=False)
    cast: Cast = field(init=False, repr=False)

    @contextmanager
    def open(self) -> Iterator[None]:
        before = connections["default"]
        connections["default"] = self.database
        try:
            with override_settings(MEDIA_ROOT=self.folder / "files", PACKAGE_KEY=self.folder / "key.pem"):
                yield
        finally:
            connections["default"] = before

    @contextmanager
    def for_one_test(self) -> Iterator[None]:
        """Whatever is done meanwhile is undone."""
        with self.open():
            whole = transaction.atomic()
            whole.__enter__()
        yield
        with self.open():
            transaction.set_rollback(True)
            whole.__exit__(None, None, None)


@contextmanager
def installed(name: str, folder: Path) -> Iterator[Installation]:
    """An installation with the empty tables of the test database."""
    model = connections["default"]
    model.close()
    made_from = model.settings_dict["NAME"]
    name = f"{made_from}_{name}"
    _ask(
        f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{made_from}'",  # noqa: S608 - our own words
        f'DROP DATABASE IF EXISTS "{name}"',
        f'CREATE DATABASE "{name}" TEMPLATE "{made_from}"',
    )
    settings = {**copy.deepcopy(model.settings_dict), "NAME": name}
    it = Installation(DatabaseWrapper(settings, "default"), folder)
    try:
        yield it
    finally:
        it.database.close()
        _ask(f'DROP DATABASE "{name}" WITH (FORCE)')


def _ask(*sentences: str) -> None:
    """What no transaction may hold."""
    of_server = {**connections["default"].get_connection_params(), "dbname": "postgres"}
    wanted = {key: of_server[key] for key in ("dbname", "user", "password", "host", "port") if key in of_server}
    with psycopg.connect(**wanted, autocommit=True) as server:
        for one in sentences:
            server.execute(one)


QUESTIONS = (
    *TWO_QUESTIONS,
    QuestionDraft("Buổi đông nhất", measure=Question.Measure.MAXIMUM, counted_in="người", required=False),
    QuestionDraft("Đơn vị có tổ công nghệ số", measure=Question.Measure.COUNT_UNITS, required=False),
    QuestionDraft(
        "Tỷ lệ hộ dân được tuyên truyền",
        kind=Question.Kind.DECIMAL,
        measure=Question.Measure.MEAN,
        counted_in="%",
        required=False,
    ),
    QuestionDraft(
        "Lớp tập huấn đã mở",
        kind=Question.Kind.ROWS,
        measure=Question.Measure.ROWS,
        required=False,
        columns=(Column("name", "Tên lớp"), Column("n", "Số người", "whole", "người")),
    ),
)
"""One for each rule by which figures merge."""


def furnish_province(it: Installation) -> None:
    """Its campaign goes to the district, from there to three communes, to the newspaper and to education."""
    it.cast = cast = assemble()
    it.unit, it.person = cast.province, cast.an
    at_first = [cast.district, cast.press, cast.education]
    it.campaign = a_campaign(cast.province, at_first, by=cast.an, questions=QUESTIONS)
    below = [cast.commune, cast.other_commune, cast.township]
    passed_on(of(cast.district, it.campaign), below, by=cast.binh)


def furnish_ministry(it: Installation) -> None:
    """Its campaign, on the same letter, goes to two provinces."""
    load_catalogue()
    it.unit = found("G09", "Bộ Thông tin và Truyền thông", "ministry", None)
    it.person = hire("Mai", (Role.COORDINATOR, it.unit))
    provinces = [found("99", "Tỉnh Sông Lam", "province", it.unit), found("98", "Tỉnh Núi Hồng", "province", it.unit)]
    it.campaign = a_campaign(it.unit, provinces, by=it.person, questions=QUESTIONS)


def befriend(province: Installation, ministry: Installation) -> None:
    """Each registers the other's key."""
    keys = []
    for one in (province, ministry):
        with one.open():
            keys.append(own_key.public_key())
    for one, key in ((province, keys[1]), (ministry, keys[0])):
        code, name = ("G09", "Bộ Thông tin và Truyền thông") if one is province else ("99", "UBND tỉnh Sông Lam")
        with one.open():
            actions.add_partner(one.unit, code=code, name=name, public_key=key, by=one.person, now=NOW)


def answer(province: Installation, unit: Unit, *texts: str) -> None:
    """The unit's return, by the form's order, sent and approved; again: its correction."""
    owed = Obligation.objects.get(unit=unit)
    if owed.counted:
        above = owed.assignment.dispatch.unit
        returns.send_back(owed.counted, unit=above, remark="xem lại", by=province.person, now=NOW)
    typed = {question.key: text for question, text in zip(owed.questions.all(), texts, strict=False)}
    key = "-".join((str(unit.pk), *texts))[:64]
    version = returns.submit(owed, typed=typed, request_key=key, by=province.person, now=NOW)
    returns.approve(version, by=province.person, now=NOW)


def report(province: Installation) -> ConsolidatedReport:
    """The consolidated report of the moment, issued and sent up."""
    made = consolidating.consolidate(
        province.campaign,
        top=None,
        words=words_for(province.campaign, None),
        request_key=f"{ConsolidatedReport.objects.count()}",
        by=province.person,
        now=NOW,
    )
    return consolidating.send_up(made, by=province.person, now=NOW)


def package(province: Installation) -> bytes:
    """The report of the moment, packed for the ministry."""
    with province.open():
        sent = actions.pack(report(province), partner=Partner.objects.get(), by=province.person, now=NOW)
        with sent.file.open("rb") as file:
            return bytes(file.read())
