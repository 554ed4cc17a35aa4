"""Returns that come in with tokens: taken together where several come at once, each answered when it is safely kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from lachan.api.entering import Entered
from lachan.api.once import Told, Wish, all_once, way_of
from lachan.api.problems import Fault, Problem, of_refusal
from lachan.api.together import Together
from lachan.engine.answers import Fault as Wrong
from lachan.foundation.refused import Refused
from lachan.reporting.actions import returns
from lachan.reporting.actions.many import Given, NotAsked, NotTheirs, Sent, asking, submit_many, typed_of
from lachan.reporting.faults import broken_sentence, sentence
from lachan.reporting.locks import sentence as why_locked
from lachan.reporting.models import Obligation, Question, Return

RIGHTS = {
    "submits": _("Mã truy cập này chỉ được đọc. Muốn gửi báo cáo, tạo mã có quyền gửi."),
    "decides": _("Mã truy cập này không được nhận, trả lại báo cáo của cấp dưới. Tạo mã có quyền đó."),
    "approves": _(
        "Mã truy cập này không được duyệt thay thủ trưởng. Gửi không kèm “approve”, hoặc tạo mã có quyền duyệt."
    ),
}


def needs(entered: Entered, *rights: str) -> None:
    """A problem unless the token has these rights."""
    for right in rights:
        if not getattr(entered.token, right):
            raise Problem("forbidden", RIGHTS[right])


def sent_with(entered: Entered, obligation: int, answers: Mapping[str, Given], *, approves: bool, key: str) -> Sent:
    """A return as it came with this token."""
    return Sent(
        obligation=obligation,
        answers=answers,
        request_key=key,
        reach=entered.reach,
        by=entered.person,
        approves=approves,
        via=way_of(entered.token),
    )


def put_questions(obligation: Obligation) -> list[int]:
    """Keys of the questions put to the unit."""
    return list(obligation.questions.values_list("pk", flat=True))


def typed_by_key(obligation: Obligation, answers: Mapping[str, Given]) -> dict[str, str]:
    """Answers by code as an officer would have typed them. A problem where they answer what is not asked."""
    form = asking(obligation.form, put_questions(obligation))
    try:
        return typed_of(form, answers)
    except NotAsked as refused:
        raise problem_of(refused, {}) from refused


def problem_of(refused: Refused, by_key: Mapping[str, Question]) -> Problem:
    """What was refused, place by place, in the words of the questions it speaks of."""
    if isinstance(refused, NotTheirs):
        return Problem("not-found", refused.args[0])
    if isinstance(refused, NotAsked):
        words = _("Biểu mẫu không hỏi đơn vị chỉ tiêu này.")
        return Problem("faulty", refused.args[0], [Fault(_pointer(code), words) for code in refused.codes])
    if isinstance(refused, returns.FaultyAnswers):
        return Problem("faulty", refused.args[0], _faults(refused, by_key))
    if isinstance(refused, returns.Locked):
        return Problem("refused", lambda: why_locked(refused.lock))
    return of_refusal(refused)


def _faults(refused: returns.FaultyAnswers, by_key: Mapping[str, Question]) -> list[Fault]:
    wrong = [Fault(_place(one, by_key), _said(one, by_key[one.key])) for one in refused.checked.faults]
    unmet = [
        Fault(_pointer(by_key[one.keys[0]].code), lambda one=one: broken_sentence(one, by_key))  # type: ignore[misc]
        for one in refused.checked.broken
    ]
    return [*wrong, *unmet]


def _said(wrong: Wrong, question: Question) -> Callable[[], str]:
    return lambda: sentence(wrong, question)


def _place(wrong: Wrong, by_key: Mapping[str, Question]) -> str:
    at = _pointer(by_key[wrong.key].code)
    return at if wrong.row is None else f"{at}/{wrong.row}/{wrong.column}"


def _pointer(code: str) -> str:
    """RFC 6901."""
    return "/answers/" + code.replace("~", "~0").replace("/", "~1")


def told_of(outcome: Return | Refused) -> Told:
    """The answer to one return that came by itself."""
    if isinstance(outcome, Return):
        return Told.of(
            {
                "obligation": outcome.obligation_id,
                "number": outcome.number,
                "state": outcome.obligation.state,
                "submitted_at": outcome.submitted_at.isoformat(),
            },
            201,
        )
    return Told.of_problem(problem_of(outcome, questions_behind([outcome])))


def questions_behind(outcomes: Sequence[Return | Refused]) -> dict[str, Question]:
    """The questions that refusals speak of, by key. No query where none does."""
    faulty = [one.checked for one in outcomes if isinstance(one, returns.FaultyAnswers)]
    keys = {fault.key for one in faulty for fault in one.faults}
    keys |= {key for one in faulty for check in one.broken for key in check.keys}
    found = Question.objects.filter(pk__in=keys).select_related("table") if keys else ()
    return {question.key: question for question in found}


class _One:
    """One return on its way in: what it says, and the request it came with."""

    def __init__(self, wish: Wish, sent: Sent, now: datetime) -> None:
        self.wish, self.sent, self.now = wish, sent, now

    @property
    def marks(self) -> set[object]:
        """No two of a group have one of these in common."""
        return {self.sent.obligation, (self.wish.token, self.wish.key)}


def _take(group: Sequence[_One]) -> list[Told]:
    now = max(one.now for one in group)

    def do(places: Sequence[int]) -> list[Told]:
        return [told_of(outcome) for outcome in submit_many([group[place].sent for place in places], now=now)]

    return all_once([one.wish for one in group], do, now=now)


_together: Together[_One, Told] = Together(_take)


def take(wish: Wish, sent: Sent, *, now: datetime) -> Told:
    """The answer to one return, when it is safely kept."""
    return _together(_One(wish, sent, now))
