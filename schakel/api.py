"""The API: rooms' routers under one address, described in OpenAPI 3.1 as the NLGov REST API Design Rules ask.

The rules: https://logius-standaarden.github.io/API-Design-Rules/ (version in address and header, problem details by
RFC 9457, the description at /openapi.json, no trailing slashes).
"""

from __future__ import annotations

import json
import logging
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema

from schakel.api_faults import fault_told
from schakel.documents.actions import FileRefused
from schakel.intake.actions import DeliveryRefused
from schakel.intake.api import FaultyRowsError
from schakel.intake.api import router as deliveries
from schakel.intake.api_words import Problem
from schakel.sharing.keys import KeyRefused
from schakel.web.no_room import no_room

log = logging.getLogger(__name__)

VERSION = "1.0.0"
BASE = "/api/v1"
_PROBLEM = "application/problem+json"
_PROBLEMS = {
    "400": "The request cannot be understood; detail says which part.",
    "401": "No key came with it, or one that opens nothing.",
    "403": "The key is not for this.",
    "404": "There is no such thing among what this key may see.",
    "409": "What is asked does not go with how far it is; detail says what to do.",
    "413": "It is more than is taken at once; detail says how much is.",
    "422": "The content cannot be taken; errors holds the findings where there are any.",
    "507": "The server could not keep it, as its disk may be full; nothing of this request was kept. Send it later.",
}
_HEADER = {"API-Version": {"description": "The full version of the API.", "schema": {"type": "string"}}}


class Described(NinjaAPI):
    """An API whose description is what the design rules ask for; every answer says its version."""

    def create_temporal_response(self, request: HttpRequest) -> HttpResponse:
        """The answer that operations may put headers on."""
        response = super().create_temporal_response(request)
        response.headers["API-Version"] = VERSION
        return response

    def get_openapi_schema(self, *args: Any, **kwargs: Any) -> OpenAPISchema:  # noqa: ANN401 - as it is inherited
        """The description, with paths below the server's address, the version's header and problems on each answer."""
        schema = super().get_openapi_schema(*args, **kwargs)
        schema["paths"] = {path.removeprefix(BASE): item for path, item in schema["paths"].items()}
        schema["paths"]["/openapi.json"] = {"get": _description_operation()}
        schema["components"]["schemas"] |= {
            "Problem": Problem.model_json_schema(),
            "ProblemWithFindings": _with_findings(),
        }
        schema["components"]["securitySchemes"] = {"key": {"type": "http", "scheme": "bearer"}}
        for path, item in schema["paths"].items():
            for operation in item.values():
                _complete(operation, open_to_all=path == "/openapi.json")
        said = json.dumps(schema)
        known = schema["components"]["schemas"]
        schema["components"]["schemas"] = {n: s for n, s in known.items() if f'schemas/{n}"' in said}  # no query's own
        return schema


def _complete(operation: dict[str, Any], *, open_to_all: bool) -> None:
    operation.setdefault("description", operation["summary"])
    operation["responses"] = {str(status): answer for status, answer in operation["responses"].items()}
    for answer in operation["responses"].values():
        answer["headers"] = _HEADER | answer.get("headers", {})
    if open_to_all:
        operation["security"] = []
        return
    operation["security"] = [{"key": []}]
    for status, meaning in _PROBLEMS.items():
        name = "ProblemWithFindings" if status == "422" else "Problem"
        content = {_PROBLEM: {"schema": {"$ref": f"#/components/schemas/{name}"}}}
        operation["responses"][status] = {"description": meaning, "headers": _HEADER, "content": content}


def _with_findings() -> dict[str, Any]:
    errors = {"type": "array", "items": {"$ref": "#/components/schemas/FindingTold"}}
    return {
        "title": "ProblemWithFindings",
        "description": "A problem, with the findings that are behind it.",
        "allOf": [{"$ref": "#/components/schemas/Problem"}, {"type": "object", "properties": {"errors": errors}}],
    }


def _description_operation() -> dict[str, Any]:
    allowed = {"access-control-allow-origin": {"schema": {"type": "string"}, "description": "Anybody may read it."}}
    content = {"application/json": {"schema": {"type": "object"}}}
    return {
        "operationId": "getDescription",
        "summary": "This description",
        "tags": ["description"],
        "responses": {"200": {"description": "OpenAPI 3.1", "headers": allowed, "content": content}},
    }


api = Described(
    title="Schakel",
    version=VERSION,
    description="Deliver files or records, read what was found, and accept. A data steward makes the key for it.",
    docs_url=None,
    openapi_url=None,
    servers=[{"url": f"{settings.SITE_URL}{BASE}", "description": "This installation"}],
    openapi_extra={
        "info": {
            "contact": settings.API_CONTACT,
            "license": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
        },
        "tags": [
            {"name": "deliveries", "description": "From files to accepted records."},
            {"name": "description", "description": "What the API is."},
        ],
    },
)
api.add_router("", deliveries)


@api.get("/openapi.json", include_in_schema=False)
def description(request: HttpRequest) -> HttpResponse:
    """The description, for anybody to read."""
    headers = {"API-Version": VERSION, "Access-Control-Allow-Origin": "*"}
    return JsonResponse(api.get_openapi_schema(), headers=headers)


def problem(status: int, title: str, detail: str, **more: object) -> HttpResponse:
    """An answer that says what is wrong and what to do, as RFC 9457 has it."""
    said = {"type": "about:blank", "title": title, "status": status, "detail": detail, **more}
    return JsonResponse(said, status=status, content_type=_PROBLEM, headers={"API-Version": VERSION})


@api.exception_handler(KeyRefused)
def _key_refused(request: HttpRequest, error: KeyRefused) -> HttpResponse:
    answer = problem(error.status, _("Not with this key"), str(error))
    if error.status == 401:
        answer.headers["WWW-Authenticate"] = "Bearer"
    return answer


@api.exception_handler(Http404)
def _not_found(request: HttpRequest, error: Http404) -> HttpResponse:
    return problem(404, _("Not found"), _("There is no such thing among what this key may see; look at the number."))


@api.exception_handler(ValidationError)
def _not_valid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    first = error.errors[0]
    return problem(400, _("Not understood"), fault_told(first))


@api.exception_handler(HttpError)
def _http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
    said = _("This cannot be read; send JSON as /openapi.json says.")
    return problem(error.status_code, _("Not understood"), said)


@api.exception_handler(RequestDataTooBig)
def _too_large(request: HttpRequest, error: RequestDataTooBig) -> HttpResponse:
    return problem(413, _("Too large"), _("A page of records may be 10 MB; send fewer a page, or a file."))


@api.exception_handler(Exception)
def _failed(request: HttpRequest, error: Exception) -> HttpResponse:
    """Whatever else fails; the status has the middleware undo what the request wrote."""
    log.error("%s %s failed", request.method, request.path, exc_info=error)
    if no_room(error):
        said = _(
            "The server's disk is full. Nothing of this request was kept, all that came before was; send it later."
        )
        return problem(507, _("No room"), said)
    said = _("Nothing of this request was kept. Send it again in a few minutes; or else tell the administrator.")
    return problem(500, _("Something failed here"), said)


@api.exception_handler(DeliveryRefused)
def _refused(request: HttpRequest, error: DeliveryRefused) -> HttpResponse:
    return problem(409, _("Not now"), str(error))


@api.exception_handler(FileRefused)
def _file_refused(request: HttpRequest, error: FileRefused) -> HttpResponse:
    return problem(422, _("Not this file"), str(error))


@api.exception_handler(FaultyRowsError)
def _faulty(request: HttpRequest, error: FaultyRowsError) -> HttpResponse:
    return problem(422, _("Rows in error"), str(error), errors=error.findings)
