"""Signing in and out, the first account, and the change of a given password: the pages for it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from secrets import token_urlsafe

from flask import Blueprint, g, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from access.faults import AccessFault, SignInRefused
from access.sessions import close_session, open_session
from access.sign_in_links import First, begin, is_open
from access.signing_in import change_password, sign_in
from archive.records import ArchiveFault, Unavailable
from generators.wire import sendable
from web.access import (
    ask_for_own_form,
    cookie_name,
    give_cookie,
    load_visitor,
    open_to_all,
    visitor,
)
from web.problems import Problem
from web.set_aside import set_aside
from web.shelf import the_archive

routes = Blueprint("sign_in", __name__, template_folder="html")
_LARGEST = 64 << 10


@routes.before_request
def read_little() -> None:
    """Let a form that anybody may send be small: one that is larger is not read (413)."""
    request.max_content_length = min(_LARGEST, request.max_content_length or _LARGEST)


@routes.get("/sign-in")
@open_to_all
def show_sign_in() -> Response:
    """Show the form; who is signed in is sent on."""
    if load_visitor().actor:
        return redirect(_next(), 303)
    return _page("sign_in.html", 200, next=_next())


@routes.post("/sign-in")
@open_to_all
def take_sign_in() -> Response:
    """Begin a session with a token of its own, whatever the browser brought along."""
    ask_for_own_form()
    try:
        account, token = sign_in(
            the_archive().database, _typed("login", 60), _typed("password", 200)
        )
    except SignInRefused as refused:
        return _page("sign_in.html", 422, fault=str(refused), login=_typed("login", 60),
                     next=_next())  # fmt: skip
    target = url_for("sign_in.show_password") if account.must_change else _next()
    return give_cookie(redirect(target, 303), token)


@routes.post("/sign-out")
@open_to_all
def take_sign_out() -> Response:
    """End the session; the browser forgets its token."""
    ask_for_own_form()
    with the_archive().database.writing() as connection:
        close_session(connection, request.cookies.get(cookie_name(), ""))
    response = redirect(url_for("sign_in.show_sign_in"), 303)
    response.delete_cookie(cookie_name(), path="/", secure=request.is_secure, httponly=True,
                           samesite="Lax")  # fmt: skip
    return response


@routes.get("/password")
@open_to_all
def show_password() -> Response:
    """Show the form for a password of one's own."""
    if not load_visitor().account:
        return redirect(url_for("sign_in.show_sign_in", next="/password"), 303)
    return _page("password.html", 200)


@routes.post("/password")
@open_to_all
def take_password() -> Response:
    """Change the password; every other session of the account ends."""
    account = load_visitor().account
    if account is None:
        return redirect(url_for("sign_in.show_sign_in", next="/password"), 303)
    ask_for_own_form()
    new = _typed("new", 200)
    try:
        if new != _typed("again", 200):
            raise AccessFault("Hai lần gõ mật khẩu mới không giống nhau.")
        token = change_password(the_archive().database, account, _typed("old", 200), new)
    except AccessFault as fault:
        return _page("password.html", 422, fault=str(fault))
    return give_cookie(redirect("/", 303), token)


@routes.get("/begin")
@open_to_all
def show_begin() -> Response:
    """Show the form of the first account, to whoever has the link of the console."""
    token = request.args.get("token", "")
    with the_archive().database.reading() as connection:
        works = is_open(connection, token, datetime.now(UTC))
    return _page("begin.html", 200 if works else 404, token=token, works=works, typed={})


@routes.post("/begin")
@open_to_all
def take_begin() -> Response:
    """Make the first account and sign it in; the link works no more."""
    ask_for_own_form()
    typed = {name: _typed(name, 200) for name in ("unit", "within", "name", "login")}
    now, token = datetime.now(UTC), request.form.get("token", "")
    within = tuple(part.strip() for part in typed["within"].split(",") if part.strip())
    first = First(typed["unit"], within, typed["name"], typed["login"], _typed("password", 200))
    try:
        with the_archive().database.writing() as connection:
            account = begin(connection, token, first, now)
            session = open_session(connection, account.id, now)
    except Unavailable:
        raise
    except ArchiveFault as fault:
        return _page("begin.html", 422, fault=str(fault), typed=typed, token=token, works=True)
    return give_cookie(redirect("/", 303), session)


def show_refused(problem: Problem) -> Response:
    """Show the form to somebody whose session ended meanwhile; what was sent is set aside."""
    kept = set_aside()
    told = problem.detail + (
        " Điều vừa gửi được giữ 30 phút: đăng nhập rồi gửi tiếp." if kept else ""
    )
    going_on = url_for("desk_resuming.show_form", form_id=kept) if kept else "/"
    response = _page("sign_in.html", problem.status, fault=told, next=going_on)
    response.headers.update(problem.headers)
    return response


# ---------------------------------------------------------------- pages


def _page(template: str, status: int, **told: str | bool | Mapping[str, str]) -> Response:
    """A page whose form proves itself by a cookie; a browser that has none gets a new one."""
    token = visitor().token or request.cookies.get(cookie_name(), "")
    g.cookie = token or token_urlsafe(32)
    page = sendable(render_template(template, **told))
    response = make_response(page, status, {"Content-Type": "text/html; charset=utf-8"})
    return response if token else give_cookie(response, g.cookie)


def _typed(name: str, longest: int) -> str:
    return request.form.get(name, "")[:longest]


def _next() -> str:
    """Where to go on: a path of this service, never another site."""
    asked = request.values.get("next", "/")
    is_own = asked.startswith("/") and not asked.startswith(("//", "/\\", "/sign-"))
    return asked if is_own and asked.isprintable() else "/"
