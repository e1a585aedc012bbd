"""The OpenAPI 3.1 document, made of the routes and of what they state of themselves."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from flask import Flask
from werkzeug.routing import Rule

from generators import VERSION
from web import components
from web.described import PROBLEM, Operation, is_keyed, operation_of
from web.problems import title_of
from web.shapes import ProblemTold

_PREFIX = "/api/v1/"
View = Callable[..., Any]
_ARGUMENT = re.compile(r"<(?:(\w+):)?(\w+)>")
_EVERYWHERE = (401, 403, 429, 500, 503)
_WITH_BODY = (400, 413)
_OF_STATUS: Mapping[int, tuple[str, ...]] = {
    304: ("ETag",), 401: ("WWW-Authenticate",), 429: ("Retry-After",), 503: ("Retry-After",),
}  # fmt: skip
_ABOUT = (
    "A period's figures become an official Vietnamese social-welfare report that is right. Every answer "
    "that is no success is application/problem+json. What the words mean: docs/api.md."
)


def document(app: Flask) -> Mapping[str, Any]:
    """Return the document of every route of `app` under /api/v1 that states something."""
    from apispec import APISpec

    spec = APISpec("Báo cáo an sinh", VERSION, "3.1.0", info={"description": _ABOUT},
                   security=[{"key": []}])  # fmt: skip
    spec.components.security_scheme("key", {"type": "http", "scheme": "bearer"})
    found = sorted(_operations(app), key=lambda one: (one[0].rule, one[1]))
    for name, schema in components.schemas(_shapes(one for *_, one in found)).items():
        spec.components.schema(name, dict(schema))
    for name, parameter in components.parameters().items():
        spec.components.parameter(name, parameter["in"], dict(parameter))
    for name, header in components.headers().items():
        spec.components.header(name, dict(header))
    bodies = components.bodies()
    for rule, method, operation in found:
        told = _told(rule, method, operation, bodies, app.view_functions[rule.endpoint])
        spec.path(_ARGUMENT.sub(r"{\2}", rule.rule), operations={method: told})
    return spec.to_dict()


def undescribed(app: Flask) -> list[str]:
    """Return the routes under /api/v1 that state nothing of themselves."""
    return sorted(rule.rule for rule in _rules(app)
                  if operation_of(app.view_functions[rule.endpoint]) is None)  # fmt: skip


# ---------------------------------------------------------------- one route


def _rules(app: Flask) -> Iterator[Rule]:
    return (rule for rule in app.url_map.iter_rules()
            if rule.rule.startswith(_PREFIX) and not rule.endpoint.startswith("reference."))  # fmt: skip


def _operations(app: Flask) -> Iterator[tuple[Rule, str, Operation]]:
    for rule in _rules(app):
        operation = operation_of(app.view_functions[rule.endpoint])
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            if operation:
                yield rule, method.lower(), operation


def _shapes(operations: Iterator[Operation]) -> set[Any]:
    given = [one for operation in operations for one in operation.gives.values()]
    shapes = {shape for one in given for shape in one.media.values() if _is_shape(shape)}
    return shapes | {ProblemTold}


def _is_shape(shape: Any) -> bool:
    return isinstance(shape, type) and shape is not str


def _told(
    rule: Rule, method: str, operation: Operation, bodies: Mapping[str, Any], view: View
) -> dict[str, Any]:
    headers = ["X-Request-Id", *_conditions(method, operation)]
    headers += ["Idempotency-Key"] if is_keyed(view) else []
    said = (view.__doc__ or "").strip()
    told: dict[str, Any] = {
        "operationId": rule.endpoint.rpartition(".")[2],
        "tags": [rule.rule.removeprefix(_PREFIX).partition("/")[0]],
        "summary": said.partition("\n")[0],
        "description": said,
        "parameters": [*_arguments(rule), *operation.asks, *headers],
        "responses": _responses(method, operation),
    }
    if operation.takes:
        told["requestBody"] = bodies[operation.takes]
    return told


def _conditions(method: str, operation: Operation) -> Iterator[str]:
    if method == "get" and 304 in operation.gives:
        yield "If-None-Match"
    if 412 in operation.fails:
        yield "If-Match"
    if 202 in operation.gives:
        yield "Prefer"


def _arguments(rule: Rule) -> Iterator[dict[str, Any]]:
    for kind, name in _ARGUMENT.findall(rule.rule):
        schema = {"type": "integer", "minimum": 0} if kind == "int" else {"type": "string"}
        yield {"name": name, "in": "path", "required": True, "schema": schema}


def _responses(method: str, operation: Operation) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for status, given in operation.gives.items():
        content = {media: {"schema": _schema(shape)} for media, shape in given.media.items()}
        names = ("X-Request-Id", *given.headers, *_OF_STATUS.get(status, ()))
        found[str(status)] = {"description": given.meaning, "headers": _named(names),
                              **({"content": content} if content else {})}  # fmt: skip
    body = _WITH_BODY if method != "get" else ()
    for status in sorted({*operation.fails, *body, *_EVERYWHERE}):
        names = ("X-Request-Id", *_OF_STATUS.get(status, ()))
        found[str(status)] = {"description": title_of(status), "headers": _named(names),
                              "content": {PROBLEM: {"schema": _schema(ProblemTold)}}}  # fmt: skip
    return found


def _named(headers: tuple[str, ...]) -> dict[str, str]:
    return {name: name for name in headers}


def _schema(shape: Any) -> Mapping[str, Any]:
    if shape is None:
        return {"type": "string", "format": "binary"}
    if shape is str or shape is dict:
        return {"type": "string" if shape is str else "object"}
    return {"$ref": components.SCHEMAS.format(model=shape.__name__)}
