"""Returns that other systems send: many in one transaction, each judged on its own, with the same rules as those typed here."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from json import dumps
from typing import Any, TypeVar

from django.db import connection, transaction
from django.db.models import Model
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from lachan.campaigns.models import Assignment, Campaign
from lachan.engine.answers import Asked, rows_as_text, unmistakable
from lachan.engine.checks import Check
from lachan.engine.drafts import Draft, Page, as_json
from lachan.engine.locks import Lock
from lachan.foundation import audit
from lachan.foundation.by_hand import insert
from lachan.foundation.refused import Refused
from lachan.orgs.access import Reach
from lachan.orgs.models import Person
from lachan.reporting import telling
from lachan.reporting.actions.returns import Known, approve, judged
from lachan.reporting.locks import locks_on
from lachan.reporting.models import Decision, Form, Obligation, Question, Return

State = Obligation.State
Cell = int | float | str | None
Given = Cell | Sequence[Mapping[str, Cell]]
"""An answer as other systems send it; of a list its rows, by the keys of their columns."""


@dataclass(frozen=True)
class Sent:
    """One return as another system sends it: answers by the code of their question. With `approves` it counts at once."""

    obligation: int
    answers: Mapping[str, Given]
    request_key: str
    reach: Reach  # what the sender may send for
    by: Person
    approves: bool = False
    via: str = ""  # by which way it came, for the audit trail


class NotTheirs(Refused):
    """There is no such obligation within the sender's reach."""

    def __init__(self) -> None:
        super().__init__(_("Không có nghĩa vụ báo cáo này trong phạm vi của mã truy cập."))


class NotAsked(Refused):
    """Answers came to questions that are not put to the unit: `codes`."""

    def __init__(self, codes: Sequence[str]) -> None:
        super().__init__(_("Nội dung gửi có chỉ tiêu mà biểu mẫu không hỏi đơn vị này."))
        self.codes = codes


@dataclass(frozen=True)
class Asking:
    """What a version of a form asks of a unit."""

    questions: Mapping[str, Question]  # by code, in the form's order
    asked: Sequence[Asked]
    checks: Sequence[Check]


@dataclass(frozen=True)
class _Made:
    sent: Sent
    version: Return
    draft: Draft

    @property
    def goes_up(self) -> bool:
        """It came with its approval, and nothing can stand against it."""
        return self.sent.approves and self.version.number == 1


@transaction.atomic(savepoint=False)
def submit_many(sent: Sequence[Sent], *, now: datetime) -> list[Return | Refused]:
    """Submit each as `returns.submit` does, and approve those that say so; a refusal stands in the place of its version.

    Each names another obligation. The number of queries does not depend on how many there are.
    """
    if len({one.obligation for one in sent}) < len(sent):
        raise ValueError("an obligation comes twice")
    owed = _locked([one.obligation for one in sent], now)
    versions = _versions(owed)
    locks = locks_on([one for one in owed.values() if one.may_lock], now)  # type: ignore[attr-defined]  # told with it
    outcomes: list[Return | Refused] = []
    made: list[_Made] = []
    for one in sent:
        try:
            known, typed = _known(one, owed.get(one.obligation), versions, locks)
            version, draft = judged(
                known, typed, Page(one.request_key), request_key=one.request_key, by=one.by, now=now
            )
        except Refused as refused:
            outcomes.append(refused)
            continue
        outcomes.append(version)
        if draft is not None:
            made.append(_Made(one, version, draft))
    # the trail last: everybody waits for its end, so nothing else is waited for while it is held
    audit.record_all([*_keep(made, now), *_approve([one for one in made if one.goes_up], now)], now=now)
    return [_approved_too(one, outcome, now) for one, outcome in zip(sent, outcomes, strict=True)]


def _approved_too(sent: Sent, outcome: Return | Refused, now: datetime) -> Return | Refused:
    """One that came with its approval and still waits for it: a correction, or one submitted before."""
    if sent.approves and isinstance(outcome, Return) and outcome.obligation.state == State.SUBMITTED:
        try:
            approve(outcome, by=sent.by, now=now)
        except Refused as refused:
            return refused
    return outcome


def asking(form: Form, keys: Collection[int]) -> Asking:
    """What `form`, as it is now, asks of a unit to whom the questions of these keys were put."""
    return _asking(form.pk, form.version, frozenset(keys))


@lru_cache(maxsize=500)
def _asking(form: int, version: int, keys: frozenset[int]) -> Asking:
    """A version of a form never changes, so a process reads it once. `version` stands for what was read."""
    found = Form.objects.get(pk=form)
    asked = found.questions.filter(withdrawn_in=None, pk__in=keys).select_related("table")
    questions = {question.code: question for question in asked}
    return Asking(questions, [one.asked for one in questions.values()], found.checks_on(questions.values()))


_HELD = """
    SELECT o.*, f.version AS form_version, f.campaign_id, c.state AS campaign_state, c.name AS campaign_name, c.owner_id,
           c.regime_id, a.unit_name, a.path AS assignment_path, a.parent_id, v.path AS unit_path,
           ARRAY(SELECT q.question_id FROM reporting_obligation_questions q WHERE q.obligation_id = o.id) AS question_keys,
           EXISTS (SELECT FROM reporting_return r WHERE r.obligation_id = o.id) AS was_sent,
           EXISTS (SELECT FROM reporting_lockrule l WHERE l.ended_at IS NULL
                   AND (l.campaign_id = c.id OR l.regime_id = c.regime_id)) AS may_lock
    FROM reporting_obligation o JOIN reporting_form f ON f.id = o.form_id JOIN campaigns_campaign c ON c.id = f.campaign_id
    JOIN campaigns_assignment a ON a.id = o.assignment_id
    LEFT JOIN orgs_unitversion v ON v.unit_id = o.unit_id AND v.valid_from <= %s AND v.valid_to > %s
    WHERE o.id = ANY(%s) ORDER BY o.id FOR UPDATE OF o"""  # by hand: a storm of returns asks this


def _locked(keys: Sequence[int], now: datetime) -> dict[int, Obligation]:
    """The obligations, held until the transaction ends, with as much of what stands around them as is needed here."""
    day = localdate(now)
    held: list[Any] = list(Obligation.objects.raw(_HELD, [day, day, list(keys)]))
    forms: dict[int, Form] = {}
    for one in held:
        if one.form_id not in forms:
            form = _part(Form, id=one.form_id, campaign_id=one.campaign_id, version=one.form_version)
            about = {"owner_id": one.owner_id, "regime_id": one.regime_id, "name": one.campaign_name}
            form.campaign = _part(Campaign, id=one.campaign_id, state=one.campaign_state, **about)
            forms[one.form_id] = form
        one.form = forms[one.form_id]
        place = {"parent_id": one.parent_id, "path": one.assignment_path, "unit_name": one.unit_name}
        one.assignment = _part(Assignment, id=one.assignment_id, campaign_id=one.campaign_id, **place)
    return {one.pk: one for one in held}


_Row = TypeVar("_Row", bound=Model)


def _part(kind: type[_Row], **known: Any) -> _Row:
    """A row of which this is known; anything else is fetched when it is asked for."""
    names = [field.attname for field in kind._meta.concrete_fields if field.attname in known]
    return kind.from_db("default", names, [known[name] for name in names])


def _versions(owed: Mapping[int, Obligation]) -> dict[int, list[Return]]:
    """The versions there are. No query where nothing was sent before."""
    found: dict[int, list[Return]] = {}
    before = [key for key, one in owed.items() if one.was_sent]  # type: ignore[attr-defined]  # told with it
    for one in Return.objects.filter(obligation__in=before).order_by("number") if before else ():
        one.obligation = owed[one.obligation_id]
        found.setdefault(one.obligation_id, []).append(one)
    return found


def _known(
    sent: Sent, obligation: Obligation | None, versions: Mapping[int, list[Return]], locks: Mapping[int, Lock]
) -> tuple[Known, dict[str, str]]:
    if obligation is None or not sent.reach.covers(obligation.unit_path):  # type: ignore[attr-defined]  # told with it
        raise NotTheirs
    form = asking(obligation.form, obligation.question_keys)  # type: ignore[attr-defined]  # told with it
    typed = typed_of(form, sent.answers)
    kept, lock = _kept(obligation, form), locks.get(obligation.pk)
    return Known(obligation, form.asked, form.checks, versions.get(obligation.pk, []), kept, lock), typed


def typed_of(form: Asking, answers: Mapping[str, Given]) -> dict[str, str]:
    """Answers by code as an officer would have typed them, by key. Raises NotAsked where they answer what is not asked."""
    if unknown := [code for code in answers if code not in form.questions]:
        raise NotAsked(unknown)
    return {form.questions[code].key: _typed(form.questions[code], given) for code, given in answers.items()}


def _kept(obligation: Obligation, form: Asking) -> dict[str, Any]:
    """What the counted version says to questions the form has withdrawn since."""
    counted = obligation.counted
    if counted is None:
        return {}
    asked = {one.key for one in form.asked}
    put = {str(key) for key in obligation.question_keys}  # type: ignore[attr-defined]  # told with it
    return {key: value for key, value in counted.values.items() if key in put - asked}


def _typed(question: Question, given: Given) -> str:
    """An answer as an officer would have typed it."""
    if isinstance(given, str):
        return given
    if isinstance(given, int | float) or given is None:
        return _cell(given)
    rows = [{key: _cell(cell) for key, cell in row.items()} for row in given]
    return rows_as_text(question.list_columns, rows)


def _cell(given: Cell) -> str:
    if isinstance(given, float):
        return unmistakable(Decimal(str(given)))
    return "" if given is None else str(given)


def _keep(made: Sequence[_Made], now: datetime) -> list[audit.Done]:
    if not made:
        return []
    insert([one.version for one in made])
    for one in made:
        one.version.obligation.state = State.SUBMITTED
    with connection.cursor() as cursor:
        cursor.execute(
            """UPDATE reporting_obligation AS o
               SET draft = new.draft, draft_saved_by_id = new.by, draft_saved_at = %s, state = %s
               FROM jsonb_to_recordset(%s::jsonb) AS new (id bigint, draft jsonb, by bigint) WHERE o.id = new.id""",
            [
                now,
                State.SUBMITTED,
                dumps(
                    [
                        {"id": one.version.obligation_id, "draft": as_json(one.draft), "by": one.sent.by.pk}
                        for one in made
                    ],
                    ensure_ascii=False,
                ),
            ],
        )
    telling.all_to_approve([one.version for one in made if not one.sent.approves], now=now)
    return [
        audit.Done("reporting.submit", one.version, one.sent.by, {"number": one.version.number, **_way(one.sent)})
        for one in made
    ]


def _approve(made: Sequence[_Made], now: datetime) -> list[audit.Done]:
    """First versions just made: no number changes that counted before."""
    if not made:
        return []
    owed, by = [one.version.obligation_id for one in made], [one.sent.by.pk for one in made]
    with connection.cursor() as cursor:
        cursor.execute(
            """UPDATE reporting_obligation AS o
               SET counted_id = new.version, state = %s, received_at = coalesce(received_at, %s),
                   asked_again_by = NULL, asked_again_must = false
               FROM unnest(%s::bigint[], %s::bigint[]) AS new (id, version) WHERE o.id = new.id""",
            [State.APPROVED, now, owed, [one.version.pk for one in made]],
        )
        cursor.execute(
            """UPDATE reporting_remark r SET settled_by_id = new.by, settled_at = %s
               FROM unnest(%s::bigint[], %s::bigint[]) AS new (id, by) JOIN reporting_obligation o ON o.id = new.id
               WHERE r.obligation_id = new.id AND r.unit_id = o.unit_id AND r.settled_at IS NULL""",
            [now, owed, by],
        )
    decisions = [
        Decision(
            version=one.version,
            verdict=Decision.Verdict.APPROVED,
            unit_id=one.version.obligation.unit_id,
            by=one.sent.by,
            at=now,
        )
        for one in made
    ]
    insert(decisions)
    for one in made:
        one.version.obligation.state, one.version.obligation.counted = State.APPROVED, one.version
    telling.all_approved(decisions, now=now)
    return [
        audit.Done(
            "reporting.approved",
            one.version,
            one.sent.by,
            {"unit": one.version.obligation.unit_id, "remark": "", **_way(one.sent)},
        )
        for one in made
    ]


def _way(sent: Sent) -> dict[str, str]:
    return {"via": sent.via} if sent.via else {}
