"""The table on screen: a draft's figures typed where no spreadsheet is, part by part."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from access.rights import READ, SUBMIT
from archive.beginning import next_form
from archive.records import Conflict
from desk.drafts import Draft, Received, add_pictures, correct, receive, reopen, source_of
from generators.intake.pictures import read_picture
from generators.model import OrgUnit
from generators.pipeline import Source, form_of, table_line, table_parts
from web.access import needs, who
from web.catalogue import kind_named
from web.desk.page import page
from web.desk.reach import draft_to_change, draft_to_read, examined_of, uploaded
from web.desk.typed import Placing, Sent, placing_of, sent_in
from web.problems import Problem, RefusedRequest
from web.shelf import the_archive

routes = Blueprint("desk_typing", __name__, url_prefix="/desk/<draft_id>/table")
NEXT, DONE, _LINE = "next", "xong", "dong-"
_MOST = 20  # pictures of one draft, and their megabytes together
_NO_TABLE = (
    "Tệp đang dùng không mở thành bảng trên màn hình được: hãy sửa trong tệp rồi gửi lại, hoặc tải biểu "
    "Excel của phần mềm, chép số sang và gửi lên."
)

_TYPED_OVER = (
    "Số liệu của tệp này đã được sửa trên màn hình; mở thành bảng thì không còn ghi ai đã sửa. Hãy sửa các "
    "số ấy trong tệp, gửi lại tệp, rồi mở bảng."
)


@routes.post("")
@needs(SUBMIT)
def begin_table(draft_id: str) -> AnyResponse:
    """Open the table of a draft: of what it received, or of the period's form where that is nothing."""
    draft = draft_to_change(draft_id)
    source = _received(draft)
    try:
        if source is None:
            form = next_form(
                the_archive(), kind_named(draft.kind), draft.period, _unit_of(draft)
            )
            _receive(draft, Received(f"bieu-{draft.kind}-{draft.period}.xlsx", form), [])
        elif form_ := form_of(source, kind_named(draft.kind)):
            if source.corrections:
                raise RefusedRequest(Problem(409, _TYPED_OVER))
            pictures = [Received(*one) for one in source.pictures.items()]
            _receive(draft, Received(f"{source.name}.xlsx", form_), pictures)
    except Conflict as conflict:
        raise RefusedRequest(Problem(409, str(conflict))) from conflict
    return redirect(url_for("desk_typing.show_table", draft_id=draft_id), 303)


def _receive(draft: Draft, form: Received, pictures: list[Received]) -> None:
    with the_archive().database.writing() as connection:
        receive(connection, reopen(connection, draft, who()), form, pictures, who())


def _unit_of(draft: Draft) -> OrgUnit:
    return OrgUnit(draft.unit.name, draft.unit.within)


def _received(draft: Draft) -> Source | None:
    with the_archive().database.reading() as connection:
        return source_of(connection, draft, who())


@routes.get("")
@needs(READ)
def show_table(draft_id: str) -> AnyResponse:
    """Go to the first part of the table."""
    draft = draft_to_read(draft_id)
    source = _received(draft)
    parts = table_parts(source, kind_named(draft.kind)) if source else ()
    if not parts:
        raise RefusedRequest(Problem(404, _NO_TABLE))
    return redirect(
        url_for("desk_typing.show_part", draft_id=draft_id, part_id=parts[0].id), 303
    )


@routes.get("/<part_id>")
@needs(READ)
def show_part(draft_id: str, part_id: str) -> Response:
    """Show one part: its rows, what stands in them, what is found there."""
    return _shown(placing_at(draft_to_read(draft_id), part_id))


@routes.post("/<part_id>")
@needs(SUBMIT)
def take_part(draft_id: str, part_id: str) -> AnyResponse:
    """Take what was typed into a part; all of it is written, whatever is found in it."""
    draft = draft_to_change(draft_id)
    placing = placing_at(draft, part_id)
    sent, pictures = sent_in(request.form, placing.part), uploaded("pictures")
    told = {"sent": sent, "pictures_left": len(pictures)}
    if fault := _too_long(sent) or _no_pictures(draft, pictures):
        return _shown(placing, 422, fault=fault, **told)
    try:
        _write(draft, sent, pictures)
    except Conflict as conflict:
        now = placing_at(draft_to_read(draft_id), part_id)
        return _shown(now, 409, fault=str(conflict), **told)
    return redirect(_onward(placing, sent, len(pictures)), 303)


def _too_long(sent: Sent) -> str:
    return f"Điều gõ vào dài quá: {'; '.join(sent.long)}." if sent.long else ""


def _no_pictures(draft: Draft, pictures: list[Received]) -> str:
    """Why these pictures are not taken beside those there are, "" where they are."""
    unread = [one.name[:80] for one in pictures if read_picture(one.data) is None]
    if unread:
        return f"Không đọc được ảnh «{'», «'.join(unread)}». Hãy dùng ảnh PNG hoặc JPEG không quá 8 MB."
    source = _received(draft) if pictures else None
    held = {**(source.pictures if source else {}), **{one.name: one.data for one in pictures}}
    sent = sum(bool(one.filename) for one in request.files.getlist("pictures"))
    if pictures and (
        max(sent, len(held)) > _MOST or sum(map(len, held.values())) > _MOST << 20
    ):
        return f"Một báo cáo nhận nhiều nhất {_MOST} ảnh, cộng lại không quá {_MOST} MB."
    return ""


def _write(draft: Draft, sent: Sent, pictures: list[Received]) -> None:
    with the_archive().database.writing() as connection:
        if pictures:
            draft = add_pictures(connection, draft, pictures, who())
        if sent.changed:
            correct(connection, draft, who(), sent.changed)


def placing_at(draft: Draft, part_id: str) -> Placing:
    """Return a part of a draft's table and what is found where; refuse the request for none."""
    known, kind = examined_of(draft), kind_named(draft.kind)
    parts = table_parts(known[0], kind) if known else ()
    if known is None or not parts:
        raise RefusedRequest(Problem(404, _NO_TABLE))
    part = next((one for one in parts if one.id == part_id), None)
    number = part_id.removeprefix(_LINE)
    if part is None and part_id.startswith(_LINE) and number.isdecimal() and len(number) < 7:
        part = table_line(known[0], kind, int(number))
    if part is None:
        raise RefusedRequest(Problem(404, "Bảng không có phần này."))
    return placing_of(draft, parts, part, known[1])


def _onward(placing: Placing, sent: Sent, pictures: int) -> str:
    """Where to go on: what was asked for, but not past a part in which mistakes were just typed."""
    draft_id, part_id, go = placing.draft.id, placing.part.id, request.form.get("go", "")
    if go == DONE:
        return url_for("desk_drafting.show_draft", draft_id=draft_id, _anchor="ket-qua")
    now = placing_at(draft_to_read(draft_id), part_id) if go == NEXT and sent.changed else None
    if go == NEXT and not (now and now.has_mistakes_at(sent.changed)):
        go = placing.next_id
        if not go:
            return url_for("desk_drafting.show_draft", draft_id=draft_id, _anchor="ket-qua")
    if go in placing.known_ids and go != part_id:
        return url_for("desk_typing.show_part", draft_id=draft_id, part_id=go)
    return url_for("desk_typing.show_part", draft_id=draft_id, part_id=part_id,
                   written=len(sent.changed), pictures=pictures or None, _anchor="ket-qua")  # fmt: skip


def _shown(placing: Placing, status: int = 200, **told: Any) -> Response:
    sent = told.pop("sent", None) or Sent()
    written = request.args.get("written", type=int)
    source = _received(placing.draft)
    told |= {"placing": placing, "draft": placing.draft, "part": placing.part, "sent": sent,
             "kind": kind_named(placing.draft.kind), "written": written, "next": NEXT, "done": DONE,
             "pictures_taken": request.args.get("pictures", type=int),
             "pictures": list(source.pictures) if source else []}  # fmt: skip
    return page("table.html", status, **told)
