"""The one page: take the form, send the workbook, get the report or what to mend."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from flask import Blueprint, Response, current_app, render_template, request

from generators.explaining import say_figure
from generators.gate import say_counts
from generators.intake.preflight import MAX_BYTES
from generators.model import NOTE, Figure
from generators.pipeline import Examined, generate, generate_draft
from generators.wire import sendable
from web.access import SIGNED_IN, needs
from web.catalogue import offered_kinds
from web.downloads import DOCX, document_attachment, document_name, draft_name
from web.examining import examine_here
from web.problems import OUR_FAULT, Problem, RefusedRequest, findings_problem, say_size
from web.telling import Group, group_findings, say_gate, say_source
from web.uploads import read_upload

routes = Blueprint(
    "pages", __name__, template_folder="html", static_folder="static", static_url_path="/static"
)
_HOW_TO_ACKNOWLEDGE = (
    "Nếu số liệu đúng, ghi mã và lý do vào trang «Xác nhận» của biểu rồi gửi lại."
)
LARGEST_LINK = 1_400_000  # browsers keep no longer data: links than 2 MB, base64 included


@dataclass(frozen=True)
class Outcome:
    """What the page tells above the form; ``link`` is the document itself, ``name`` its file."""

    title: str
    detail: str = ""
    failed: bool = False
    groups: list[Group] = field(default_factory=list)
    figures: list[Mapping[str, str]] = field(default_factory=list)
    link: str = ""
    name: str = ""
    link_label: str = "Tải báo cáo (.docx)"


@routes.get("/quick")
@needs(SIGNED_IN)
def show_home() -> Response:
    """Show the steps."""
    return _render(None, 200)


@routes.post("/quick")
@needs(SIGNED_IN)
def take_workbook() -> Response:
    """Answer with the report, or with a page that says what was found."""
    examined = examine_here(read_upload())
    if examined.unreadable:
        raise RefusedRequest(findings_problem(examined))
    if request.form.get("action") == "check":
        return _render(_checked(examined), 200)
    if examined.stopped:
        return _render(_stopped(examined), 422)
    document = generate(examined)
    if _is_doubted(examined) and len(document) <= LARGEST_LINK:
        return _render(_made(examined, document), 200)
    return document_attachment(document, document_name(examined), examined)


def show_problem(problem: Problem) -> Response:
    """Show why the request was not done, and the steps again."""
    response = _render(_told(problem), problem.status)
    response.headers.update(problem.headers)
    return response


def _render(outcome: Outcome | None, status: int) -> Response:
    # a fault may lie in a kind itself, and must not be met again while it is told
    kinds = [] if status == OUR_FAULT else offered_kinds()
    limit = min(MAX_BYTES, int(current_app.config["MAX_UPLOAD_BYTES"]))
    page = render_template("home.html", outcome=outcome, kinds=kinds, limit=say_size(limit))
    return Response(sendable(page), status, content_type="text/html; charset=utf-8")


# ---------------------------------------------------------------- what is told of a workbook


def _checked(examined: Examined) -> Outcome:
    return Outcome(
        _said_check(examined),
        failed=examined.stopped,
        detail=_said_gate(examined),
        groups=group_findings(examined.findings, examined.acknowledged),
        figures=[_figure_row(figure) for figure in examined.figures.values()],
    )


def _said_check(examined: Examined) -> str:
    if not _is_doubted(examined):
        return "Đã kiểm tra: số liệu khớp, lập báo cáo được"
    verdict = "chưa lập báo cáo được" if examined.stopped else "lập báo cáo được"
    return f"Đã kiểm tra: {verdict}, có {say_counts(examined.findings)}"


def _is_doubted(examined: Examined) -> bool:
    """Whether anything is wrong or to be looked at; notes alone doubt nothing."""
    return any(finding.severity != NOTE for finding in examined.findings)


def _made(examined: Examined, document: bytes) -> Outcome:
    return Outcome(
        f"Báo cáo đã lập xong, có {say_counts(examined.findings)}",
        _said_gate(examined) or "Hãy đọc những điều dưới đây trước khi dùng báo cáo.",
        groups=group_findings(examined.findings, examined.acknowledged),
        link=_link(document),
        name=document_name(examined),
    )


def _told(problem: Problem) -> Outcome:
    # a fault of the whole file says all in one finding; the detail would repeat it
    detail = "" if len(problem.findings) == 1 else problem.detail
    return Outcome(problem.title, detail, True, group_findings(problem.findings))


def _stopped(examined: Examined) -> Outcome:
    """What stops the report, and its draft where the data could be read."""
    outcome = _told(findings_problem(examined))
    if examined.data is None or len(draft := generate_draft(examined)) > LARGEST_LINK:
        return outcome
    return replace(
        outcome, link=_link(draft), name=draft_name(examined),
        link_label="Tải bản dự thảo (.docx)",
    )  # fmt: skip


def _link(document: bytes) -> str:
    return f"data:{DOCX};base64,{b64encode(document).decode()}"


def _said_gate(examined: Examined) -> str:
    """What keeps the report from being issued, and how to acknowledge it here."""
    said = say_gate(examined)
    return f"{said} {_HOW_TO_ACKNOWLEDGE}" if said else ""


def _figure_row(figure: Figure) -> Mapping[str, str]:
    return {"label": figure.label, "value": say_figure(figure), "rule": say_source(figure)}
