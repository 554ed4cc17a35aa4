"""Many returns in one request: each row is judged, good ones are kept, bad ones told."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from pydantic import TypeAdapter, ValidationError

from lachan.api.entering import ApiRequest
from lachan.api.once import Told, Wish
from lachan.api.problems import Fault, Problem
from lachan.api.reading import owed_within
from lachan.api.sending import problem_of, questions_behind, sent_with
from lachan.api.v1.shapes import RowIn
from lachan.api.wrong import faults_of
from lachan.foundation.refused import Refused
from lachan.reporting.actions.many import NotTheirs, submit_many
from lachan.reporting.models import Return

MOST_ROWS = 10_000
MOST_BYTES = 64 * 2**20
JSON, LINES = "application/json", "application/x-ndjson"
AT_ONCE = 500  # rows in one transaction, so that nobody else waits long
Outcome = Return | Refused | Problem


@dataclass(frozen=True)
class Row:
    """One row, by its place from 1; what it says, or what is wrong with how it says it."""

    place: int
    said: RowIn | Problem


def body_of(request: HttpRequest) -> bytes:
    """The whole body, larger than a page may post. A problem beyond the limit."""
    body = request.read(MOST_BYTES + 1)
    if len(body) > MOST_BYTES:
        raise Problem("too-large", _("Mỗi lần gửi tối đa 64 MB. Chia thành nhiều lần gửi."))
    return body


def rows_of(body: bytes, *, kind: str | None) -> list[Row]:
    """The rows of a JSON array, or of lines of JSON. A problem where it is neither, empty, or too long."""
    if body and kind not in (JSON, LINES):
        raise Problem(
            "unsupported", _("Phần thân cần là application/json, hoặc application/x-ndjson với mỗi dòng một đối tượng.")
        )
    rows = list(_lines(body) if kind == LINES else _array(body))
    if not rows:
        raise Problem(
            "malformed", _("Phần thân không có dòng nào. Gửi một mảng JSON, hoặc mỗi dòng một đối tượng JSON.")
        )
    if len(rows) > MOST_ROWS:
        raise Problem("faulty", _("Mỗi lần gửi tối đa 10.000 báo cáo. Chia thành nhiều lần gửi."))
    return rows


def _array(body: bytes) -> Iterator[Row]:
    try:
        found = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Problem("malformed", _("Phần thân của yêu cầu không phải là JSON đọc được.")) from error
    if not isinstance(found, list):
        raise Problem(
            "malformed",
            _("Phần thân cần là một mảng JSON; muốn gửi mỗi dòng một đối tượng, dùng application/x-ndjson."),
        )
    for place, one in enumerate(found, start=1):
        yield Row(place, _said(one))


def _lines(body: bytes) -> Iterator[Row]:
    for place, line in enumerate((line for line in body.split(b"\n") if line.strip()), start=1):
        try:
            said = _said(json.loads(line))
        except (ValueError, RecursionError):
            said = Problem("malformed", _("Dòng này không phải là một đối tượng JSON đọc được."))
        yield Row(place, said)


_ROW: TypeAdapter[RowIn] = TypeAdapter(RowIn)


def _said(one: Any) -> RowIn | Problem:
    try:
        row = _ROW.validate_python(one)
    except ValidationError as error:
        return Problem("faulty", _("Dòng này không đúng với mô tả trong tệp OpenAPI."), faults_of(error.errors()))
    if row.obligation is None and not (row.campaign and row.unit):
        return Problem("faulty", _("Dòng này cần có “obligation”, hoặc cả “campaign” và “unit”."))
    return row


def take_rows(request: ApiRequest, rows: Sequence[Row], wish: Wish, *, approves: bool) -> Told:
    """Submit every row that can be, in pieces. Taken again with the same key, those kept before stay as they are."""
    outcomes: dict[int, Outcome] = {}
    named: dict[int, tuple[int, RowIn]] = {}  # by obligation: place and content of the row that is taken
    known = _by_unit(request, rows)
    for row in rows:
        if isinstance(row.said, Problem):
            outcomes[row.place] = row.said
            continue
        key = row.said.obligation or known.get((row.said.campaign or 0, row.said.unit))
        if key is None:
            outcomes[row.place] = NotTheirs()
        elif key in named:
            words = _("Báo cáo này đã có ở dòng trước trong cùng lần gửi. Chỉ dòng trước được nhận.")
            outcomes[row.place] = Problem("faulty", words, [Fault("/obligation", words)])
        else:
            named[key] = (row.place, row.said)
    pending = list(named.items())
    for start in range(0, len(pending), AT_ONCE):
        piece = pending[start : start + AT_ONCE]
        sent = [
            sent_with(request.auth, key, said.answers, approves=approves, key=wish.key) for key, (_at, said) in piece
        ]
        for (_key, (place, _said)), outcome in zip(piece, submit_many(sent, now=request.now), strict=True):
            outcomes[place] = outcome
    return _told([outcomes[row.place] for row in rows])


def _by_unit(request: ApiRequest, rows: Sequence[Row]) -> Mapping[tuple[int, str], int]:
    """Obligations by campaign and code of the unit, for the rows that name them so."""
    named = {(one.said.campaign, one.said.unit) for one in rows if isinstance(one.said, RowIn) and one.said.campaign}
    if not named:
        return {}
    owed = owed_within(request.auth).filter(
        form__campaign__in={campaign for campaign, _unit in named}, unit__code__in={unit for _campaign, unit in named}
    )
    return {(campaign, code): key for campaign, code, key in owed.values_list("form__campaign", "unit__code", "pk")}


def _told(outcomes: Sequence[Outcome]) -> Told:
    by_key = questions_behind([one for one in outcomes if not isinstance(one, Problem)])
    rows: list[dict[str, Any]] = []
    for place, one in enumerate(outcomes, start=1):
        if isinstance(one, Return):
            kept = {"obligation": one.obligation_id, "number": one.number, "problem": None}
            rows.append({"row": place, "status": "kept", **kept})
        else:
            problem = one if isinstance(one, Problem) else problem_of(one, by_key)
            rows.append(
                {"row": place, "status": "refused", "obligation": None, "number": None, "problem": problem.told()}
            )
    kept_ones = sum(isinstance(one, Return) for one in outcomes)
    return Told.of({"kept": kept_ones, "refused": len(rows) - kept_ones, "rows": rows})
