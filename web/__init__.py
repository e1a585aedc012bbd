"""HTTP: a request becomes a Source, what the pipeline says of it becomes an answer.

    uploads ─▶ Source ─▶ generators.pipeline ─▶ Examined ─▶ api (JSON, .docx) or pages (HTML, .docx)

Every refusal on the way is one ``problems.Problem``, told as problem+json or on the page.
"""

from __future__ import annotations

from flask import Flask, request
from werkzeug.wrappers import Response

from web import (
    access,
    api,
    approvals,
    headers,
    health,
    imports,
    inspecting,
    jobs,
    journal,
    later,
    limits,
    linting,
    pages,
    pdf,
    reference,
    reports,
    set_aside,
    shelf,
    sign_in,
)
from web.desk import drafting, finding, kept, mine, past, preview, resuming, typing
from web.desk.page import show_problem
from web.problems import problem_of, problem_response
from web.uploads import MemoryRequest

_BLUEPRINTS = tuple(module.routes for module in (
    health, api, linting, reports, approvals, imports, inspecting, jobs, reference, pages, sign_in,
    mine, drafting, typing, finding, kept, past, preview, resuming,
))  # fmt: skip
_QUICK = "/quick"


def mount(app: Flask) -> None:
    """Put all routes, error answers and headers on `app`."""
    app.request_class = MemoryRequest
    for blueprint in _BLUEPRINTS:
        app.register_blueprint(blueprint)
    shelf.attach(app)
    set_aside.attach(app)
    pdf.attach(app)
    access.declare(app, "pages.static", access.OPEN)
    later.attach(app)
    app.register_error_handler(Exception, _answer_error)
    headers.attach(app)
    journal.attach(app)
    limits.attach_before(app)
    access.attach(app)
    limits.attach_after(app)


def _answer_error(error: Exception) -> Response:
    problem = problem_of(error)
    if not _wants_page():
        return problem_response(problem)
    if problem.status == 401:
        return sign_in.show_refused(problem)
    if request.path == _QUICK:
        return pages.show_problem(problem)
    return resuming.offer_again(problem) or show_problem(problem)


def _wants_page() -> bool:
    if request.path.startswith("/api/"):
        return False
    offered = ["application/problem+json", "application/json", "text/html"]
    return (
        request.path in ("/", _QUICK)
        or request.accept_mimetypes.best_match(offered) == "text/html"
    )
