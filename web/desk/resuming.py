"""What was sent when the session had ended: shown to who sent it, and sent on at a press."""

from __future__ import annotations

import re
from io import BytesIO

from flask import Blueprint, Flask, Response, current_app, redirect, request, url_for
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Response as AnyResponse

from web.access import SIGNED_IN, csrf_token, needs, visitor
from web.desk.acts import act_of
from web.desk.page import page
from web.problems import Problem, RefusedRequest
from web.set_aside import Form, set_aside, the_shelf

routes = Blueprint("desk_resuming", __name__, url_prefix="/resume/<form_id>")
_BAD, _OLD_PAGE = 400, "request.form_token"
_NAMES = {
    "rows": "Bảng đã dán", "reason": "Lý do", "number": "Số", "notation": "Ký hiệu", "date": "Ngày",
    "signer_title": "Chức vụ người ký", "signer_name": "Họ tên người ký", "file": "Tệp",
    "pictures": "Ảnh",
}  # fmt: skip
_UNSAID = frozenset({"version", "unit", "kind", "period", "action", "role", "go"})
_CELL = re.compile(r"[A-Z]{1,3}\d+", re.ASCII)
_SEEN = "was:"  # what a cell had shown before it was typed over


@routes.get("")
@needs(SIGNED_IN)
def show_form(form_id: str) -> Response:
    """Show what was sent and not taken, to its account alone."""
    form = _own(form_id)
    return page("resume.html", form_id=form_id, act=act_of(form), told=_told(form))


@routes.post("")
@needs(SIGNED_IN)
def send_on(form_id: str) -> AnyResponse:
    """Send it on as if it came now; it is forgotten once it was taken."""
    form = _own(form_id)
    answer = _sent(current_app, form)
    if answer.status_code < _BAD:
        the_shelf().drop(form_id)
    return answer


def offer_again(problem: Problem) -> AnyResponse | None:
    """Lead to what was sent from a page older than the session; None where that is not the problem."""
    is_old = any(finding.code == _OLD_PAGE for finding in problem.findings)
    id_ = set_aside() if is_old else ""
    return redirect(url_for("desk_resuming.show_form", form_id=id_), 303) if id_ else None


def _own(form_id: str) -> Form:
    account = visitor().account
    form = the_shelf().find(form_id, account.id) if account else None
    if form is None:
        raise RefusedRequest(
            Problem(404, "Điều gửi dở không còn được giữ ở đây. Hãy mở lại báo cáo và gửi lại.")
        )
    return form


def _told(form: Form) -> list[tuple[str, str]]:
    seen = {name.removeprefix(_SEEN): _plain(text) for name, text in form.fields
            if name.startswith(_SEEN)}  # fmt: skip
    fields = [(name, text if _plain(text) else "(để trống)") for name, text in form.fields
              if _plain(text) != seen.get(name, "")
              and name not in _UNSAID and not name.startswith(_SEEN)]  # fmt: skip
    files = [(file.part, file.name) for file in form.files if file.name]
    return [(_name(name), text) for name, text in fields + files]


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


def _name(field: str) -> str:
    kind, _, place = field.partition(":")
    if place:
        return "Lý do giữ nguyên" if kind == "why" else f"Ô {place}"
    return f"Ô {field}" if _CELL.fullmatch(field) else _NAMES.get(field, field)


def _sent(app: Flask, form: Form) -> Response:
    data: MultiDict[str, str | FileStorage] = MultiDict(form.fields)
    for file in form.files:
        data.add(file.part, FileStorage(BytesIO(file.data), file.name, content_type=file.media))
    own = ("Cookie", "Accept", "User-Agent")
    headers = [(name, request.headers[name]) for name in own if name in request.headers]
    builder = EnvironBuilder(
        path=form.path, method="POST", data=data, base_url=request.host_url,
        headers=[*headers, ("X-CSRF-Token", csrf_token())],
        environ_overrides={"REMOTE_ADDR": request.remote_addr},
    )  # fmt: skip
    with app.request_context(builder.get_environ()):
        return app.full_dispatch_request()
