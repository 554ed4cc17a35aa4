"""What a branch has reported, where it stands, and the consolidated reports."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from ninja import Router

from lachan.api.entering import ApiRequest, Entered
from lachan.api.problems import Problem
from lachan.api.reading import branch_within, campaigns_of, covers_branch, unit_names
from lachan.api.v1 import shapes
from lachan.engine.rollup import Row
from lachan.orgs.models import Unit
from lachan.reporting.access import Branch, branch_of_report
from lachan.reporting.consolidated import written
from lachan.reporting.models import ConsolidatedReport, Question
from lachan.reporting.report_files import TYPES, file_answer
from lachan.reporting.standing import Standing, standing, standing_by_branch
from lachan.reporting.totals import OWN, Figure, figure, totals

router = Router(tags=["Số liệu / Figures"])


@router.get("/campaigns", response=shapes.CampaignsOut, operation_id="campaigns", summary="Các chiến dịch")
def campaigns(request: ApiRequest, cursor: shapes.Cursor = None, limit: shapes.Limit = 50) -> dict[str, Any]:
    """The campaigns that units within reach own or were given, oldest first."""
    found = list(campaigns_of(request.auth).filter(pk__gt=cursor or 0).order_by("pk")[: limit + 1])
    names = unit_names([one.owner for one in found], request.auth)
    items = [
        {
            "id": one.pk,
            "name": one.name,
            "state": one.state,
            "starts_on": one.starts_on,
            "ends_on": one.ends_on,
            "owner": {"code": one.owner.code, "name": names.get(one.owner_id, "")},
        }
        for one in found[:limit]
    ]
    return {"items": items, "next_cursor": found[limit - 1].pk if len(found) > limit else None}


@router.get(
    "/campaigns/{campaign}/figures", response=shapes.FiguresOut, operation_id="figures", summary="Số liệu của một nhánh"
)
def figures(request: ApiRequest, campaign: shapes.Key, unit: shapes.UnitCode = "") -> dict[str, Any]:
    """The figures of a branch at this moment, by the branches right below it. `unit`: its code, by default the token's unit."""
    branch = branch_within(request.auth, campaign, unit)
    known = totals(branch.campaign, branch.top)
    codes = dict(Unit.objects.filter(pk__in=[one.unit for one in known.branches]).values_list("pk", "code"))
    own = known.rows.get(OWN)
    top = _unit_out(branch, request.auth)
    lines = [
        _line({"code": codes[one.unit], "name": one.name}, known.row(one.unit), known.questions, below=one.has_below)
        for one in known.branches
    ]
    return {
        "campaign": {"id": branch.campaign.pk, "name": branch.campaign.name},
        "unit": top,
        "taken_at": request.now,
        "questions": [
            {"code": one.code, "text": one.text, "kind": one.kind, "measure": one.measure, "counted_in": one.counted_in}
            for one in known.questions
        ],
        "whole": _line(top, known.whole, known.questions, below=bool(known.branches)),
        "own": _line(top, own, known.questions, below=False) if own else None,
        "branches": lines,
    }


@router.get(
    "/campaigns/{campaign}/standing",
    response=shapes.StandingOut,
    operation_id="standing",
    summary="Tình hình thực hiện của một nhánh",
)
def standing_of(request: ApiRequest, campaign: shapes.Key, unit: shapes.UnitCode = "") -> dict[str, Any]:
    """Who has not opened, received, passed on, reported below a unit; by the branches right below it."""
    branch = branch_within(request.auth, campaign, unit)
    rows = standing_by_branch(branch.campaign, now=request.now, top=branch.top)
    codes = dict(Unit.objects.filter(pk__in=[one.top for one in rows]).values_list("pk", "code"))
    return {
        "campaign": {"id": branch.campaign.pk, "name": branch.campaign.name},
        "unit": _unit_out(branch, request.auth),
        "taken_at": request.now,
        "whole": _standing(standing(branch.campaign, now=request.now, top=branch.top), None),
        "branches": [_standing(one, {"code": codes[one.top or 0], "name": one.name}) for one in rows],
    }


@router.get(
    "/campaigns/{campaign}/reports",
    response=shapes.ReportsOut,
    operation_id="reports",
    summary="Báo cáo tổng hợp đã ban hành",
)
def reports(
    request: ApiRequest,
    campaign: shapes.Key,
    unit: shapes.UnitCode = "",
    cursor: shapes.Cursor = None,
    limit: shapes.Limit = 50,
) -> dict[str, Any]:
    """The consolidated reports that a unit has issued on the campaign, oldest first, with where their files are."""
    branch = branch_within(request.auth, campaign, unit)
    issued = ConsolidatedReport.objects.filter(campaign=branch.campaign, unit=branch.unit, pk__gt=cursor or 0)
    found = list(issued.select_related("letter").defer("figures").order_by("pk")[: limit + 1])
    items = [
        {
            "id": one.pk,
            "symbol": one.letter.full_symbol,
            "abstract": one.letter.abstract,
            "made_at": one.made_at,
            "sent_at": one.sent_at,
            "files": {kind: reverse("api:v1:report_file", args=[one.pk, kind]) for kind in TYPES},
        }
        for one in found[:limit]
    ]
    return {"items": items, "next_cursor": found[limit - 1].pk if len(found) > limit else None}


@router.get(
    "/reports/{report}/file.{kind}",
    operation_id="report_file",
    url_name="report_file",
    summary="Tệp báo cáo tổng hợp",
    openapi_extra={
        "responses": {200: {"description": "OK", "content": {mime: {} for mime in TYPES.values()}}},
    },
)
def report_file(request: ApiRequest, report: shapes.Key, kind: shapes.FileKind) -> HttpResponse:
    """A consolidated report as Word, PDF or Excel, laid out from what was frozen: always the same."""
    found = ConsolidatedReport.objects.select_related("campaign__owner", "unit", "letter").filter(pk=report).first()
    if found is None or not covers_branch(request.auth, branch_of_report(found)):
        raise Problem("not-found", _("Không có báo cáo tổng hợp này trong phạm vi của mã truy cập."))
    return file_answer(written(found, kind), kind, f"bao-cao-{found.letter.number}-{found.letter.dated_on:%Y}")


def _unit_out(branch: Branch, entered: Entered) -> dict[str, str]:
    name = branch.top.unit_name if branch.top else unit_names([branch.unit], entered).get(branch.unit.pk, "")
    return {"code": branch.unit.code, "name": name}


def _line(unit: dict[str, str], row: Row, questions: Any, *, below: bool) -> dict[str, Any]:
    of = row.coverage
    counts = {"expected": of.expected, "received": of.received, "late": of.late, "empty": of.empty}
    values = {question.code: _value(figure(row, question), question) for question in questions}
    return {"unit": unit, "has_below": below, **counts, "values": values}


def _value(found: Figure, question: Question) -> int | str | None:
    """A whole number as it is, any other as text, so that no digit is lost on the way."""
    if isinstance(found, Decimal):
        return int(found) if found == found.to_integral_value() and question.kind == "whole" else f"{found:f}"
    return found


def _standing(one: Standing, unit: dict[str, str] | None) -> dict[str, Any]:
    names = shapes.StandingLine.model_fields.keys() - {"unit"}
    return {"unit": unit, **{name: getattr(one, name) for name in names}}
