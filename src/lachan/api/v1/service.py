"""The API as one object: its routes, its problems, its OpenAPI file."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema
from ninja.parser import Parser

from lachan import __version__
from lachan.api.entering import UnitToken
from lachan.api.once import KEY
from lachan.api.problems import TITLES, Problem, of_refusal, said
from lachan.api.v1 import deciding, figures, owed, returns, shapes, webhooks
from lachan.api.wrong import faults_of
from lachan.foundation.away import BACK_SOON
from lachan.foundation.refused import Refused

log = logging.getLogger("django.request")
PREFIX = "/api/v1/"
ABOUT = """Gửi báo cáo, đọc số liệu từ phần mềm khác. Mỗi yêu cầu kèm `Authorization: Bearer lachan_…`, mã do thủ trưởng hoặc
người điều phối của đơn vị tạo. Mỗi lần ghi kèm `Idempotency-Key`: gửi lại cùng khóa trong 30 ngày nhận lại câu trả lời đầu tiên.

Send returns and read figures from other systems. Every request carries a token of a unit, every write an idempotency key:
sent again within 30 days, it gets the first answer. Errors are RFC 9457, in Vietnamese and English."""


class JsonBody(Parser):
    """Bodies are JSON, and say so."""

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        if request.content_type != "application/json":
            raise Problem("unsupported", _("Phần thân cần là JSON, với tiêu đề Content-Type: application/json."))
        found: dict[str, Any] = json.loads(request.body)
        return found


class Service(NinjaAPI):
    """Its OpenAPI file names the problems that every route may answer with, and the key that every write carries."""

    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:
        schema = super().get_openapi_schema(**(options | {"path_prefix": PREFIX}))
        schema["components"].setdefault("schemas", {}).update(_problem_schemas())
        for path in schema["paths"].values():
            for method, operation in path.items():
                _complete(method, operation)
        schema["webhooks"] = webhooks.described()
        return schema


def _problem_schemas() -> dict[str, Any]:
    made = shapes.ProblemOut.model_json_schema(ref_template="#/components/schemas/{model}")
    return {**made.pop("$defs"), "ProblemOut": made}


def _complete(method: str, operation: dict[str, Any]) -> None:
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/ProblemOut"}}}
    writes = method != "get"
    kinds = ["malformed", "no-token", "forbidden", "not-found", "faulty", "too-many", "away"]
    for kind in [*kinds, *(["key-used", "refused", "too-large", "unsupported"] if writes else [])]:
        status, title = TITLES[kind]
        operation["responses"][status] = {"description": said(title, "en"), "content": content}
    if writes:
        operation.setdefault("parameters", []).append(
            {
                "in": "header",
                "name": KEY,
                "required": True,
                "schema": {"type": "string", "minLength": 8, "maxLength": 64, "pattern": "^[!#-~]{8,64}$"},
            }
        )


api = Service(
    title="Lá Chắn",
    version=f"1 ({__version__})",
    description=ABOUT,
    urls_namespace="v1",
    docs_url=None,
    openapi_url="/openapi.json",
    auth=UnitToken(),
    parser=JsonBody(),
)
api.add_router("", owed.router)
api.add_router("", returns.router)
api.add_router("", deciding.router)
api.add_router("", figures.router)
api.add_router("", webhooks.router)

Handler = Callable[[HttpRequest, Any], HttpResponse]


def _answers(*kinds: type[Exception]) -> Callable[[Handler], Handler]:
    def keep(handler: Handler) -> Handler:
        for kind in kinds:
            api.add_exception_handler(kind, handler)
        return handler

    return keep


@_answers(Problem)
def _problem(_request: HttpRequest, problem: Problem) -> HttpResponse:
    return problem.answer()


@_answers(Refused)
def _refused(_request: HttpRequest, refused: Refused) -> HttpResponse:
    return of_refusal(refused).answer()


@_answers(AuthenticationError)
def _no_token(_request: HttpRequest, _error: AuthenticationError) -> HttpResponse:
    words = _("Gửi mã truy cập của đơn vị trong tiêu đề Authorization, ví dụ: Authorization: Bearer lachan_…")
    return Problem("no-token", words, headers={"WWW-Authenticate": "Bearer"}).answer()


@_answers(HttpError)
def _malformed(_request: HttpRequest, error: HttpError) -> HttpResponse:
    if isinstance(error.__cause__, Problem):  # ninja tells all that a parser raises as one
        return error.__cause__.answer()
    return Problem("malformed", _("Phần thân của yêu cầu không phải là JSON đọc được.")).answer()


@_answers(RequestDataTooBig)
def _too_large(_request: HttpRequest, _error: RequestDataTooBig) -> HttpResponse:
    return Problem("too-large", _("Mỗi yêu cầu tối đa 5 MB. Nhiều báo cáo thì gửi vào /api/v1/returns.")).answer()


@_answers(Http404)
def _not_found(_request: HttpRequest, _error: Http404) -> HttpResponse:
    return Problem("not-found", _("Không có nội dung này trong phạm vi của mã truy cập.")).answer()


@_answers(OperationalError, InterfaceError)
def _away(_request: HttpRequest, _error: Exception) -> HttpResponse:
    words = _("Cơ sở dữ liệu tạm thời không trả lời. Gửi lại sau vài giây với cùng khóa Idempotency-Key.")
    return Problem("away", words, headers={"Retry-After": BACK_SOON}).answer()


@_answers(Exception)
def _broken(request: HttpRequest, error: Exception) -> HttpResponse:
    log.error("%s %s", request.method, request.path, exc_info=error)
    words = _("Hệ thống đang gặp lỗi, chưa ghi gì. Gửi lại sau với cùng khóa Idempotency-Key.")
    return Problem("broken", words).answer()


@_answers(ValidationError)
def _faulty(_request: HttpRequest, error: ValidationError) -> HttpResponse:
    places = [{**one, "loc": one["loc"][2:] if one["loc"][0] == "body" else one["loc"][1:]} for one in error.errors]
    return Problem("faulty", _("Nội dung gửi không đúng với mô tả trong tệp OpenAPI."), faults_of(places)).answer()
