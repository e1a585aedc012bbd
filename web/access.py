"""Who acts, and whether they may: every route states its right, and one without a statement is shut.

A key comes as ``Authorization: Bearer …``, a person with the cookie of a session. A route that
names a report by ``report_id``, or a draft by ``draft_id``, is asked for the unit it is of, whatever
the view does: what lies outside of the actor's units is not there (404).
"""

from __future__ import annotations

import hmac
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, TypeVar
from urllib.parse import urlsplit

from flask import Flask, current_app, g, redirect, request, url_for
from werkzeug.wrappers import Response

from access.accounts import Account, account_at, actor_of
from access.keys import key_actor, key_actor_at
from access.rights import READ, Actor
from access.sessions import is_long_unseen, note_seen, session_account
from access.units import Unit, all_units, key_of, unit_of, unit_of_report, units_below
from archive.records import Missing, Unavailable
from desk.drafts import draft_at
from generators.model import ERROR, Finding, OrgUnit
from web.callers import ON_BEHALF, known_as
from web.problems import Problem, RefusedRequest
from web.shelf import the_archive

OPEN, SIGNED_IN = "open to all", "any key or account"
_NEED, _DECLARED = "bao_cao_need", "bao_cao_declared_needs"
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_FORMS = frozenset({"multipart/form-data", "application/x-www-form-urlencoded"})
_COOKIE = "bao_cao_phien"
View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True)
class Visitor:
    """Who sent the request, if anybody did: an actor, the account of a session and its token."""

    actor: Actor | None = None
    account: Account | None = None
    token: str = ""


# ---------------------------------------------------------------- what routes state


def needs(right: str) -> Callable[[View], View]:
    """State that a view is for those who have `right` (access.rights), or are SIGNED_IN at all."""

    def state(view: View) -> View:
        setattr(view, _NEED, right)
        return view

    return state


def open_to_all(view: View) -> View:
    """State that a view is for everybody."""
    return needs(OPEN)(view)


def declare(app: Flask, endpoint: str, need: str) -> None:
    """State the right of a route whose view a library made."""
    app.extensions.setdefault(_DECLARED, {})[endpoint] = need


def need_of(app: Flask, endpoint: str) -> str | None:
    """Return what a route states, None where it states nothing and so is shut."""
    declared: str | None = app.extensions.get(_DECLARED, {}).get(endpoint)
    return getattr(app.view_functions.get(endpoint), _NEED, declared)


def attach(app: Flask) -> None:
    """Put the guard before every route of `app`."""
    app.before_request(_guard)
    app.context_processor(lambda: {"csrf_token": csrf_token, "visitor": visitor()})


# ---------------------------------------------------------------- who acts


def visitor() -> Visitor:
    """Return who sent the current request; nobody where the guard has not found out."""
    found: Visitor = g.get("visitor") or Visitor()
    return found


def actor() -> Actor:
    """Return who acts; only in a view that is not open to all."""
    found = visitor().actor
    if found is None:
        raise RefusedRequest(_nobody())
    return found


def who() -> str:
    """Return who is said to have acted; a key may name a person in the parameter "by"."""
    return actor().signs_as(request.args.get("by") or request.form.get("by", ""))


def unit_in_reach(right: str, told: OrgUnit) -> Unit:
    """Return the unit that data are of; refuse the request where the actor lacks `right` there."""
    with the_archive().database.reading() as connection:
        unit = unit_of(connection, key_of(told.name, told.within))
        if unit and actor().may(right, unit.path):
            return unit
        own = [one.full_name for one in units_below(connection, actor().paths(right))]
    message = f"Số liệu ghi của đơn vị «{', '.join((told.name, *told.within))}», ngoài phạm vi được giao."
    near = "; ".join(f"«{name}»" for name in own[:3]) + (" …" if len(own) > 3 else "")
    remedy = f"Hãy ghi đúng tên đơn vị và cấp trên như trong phạm vi: {near}."
    finding = Finding("unit.out_of_reach", ERROR, "org_unit", message, remedy)
    raise RefusedRequest(Problem(403, f"{message} {remedy}", (finding,)))


def has_in_reach(rights: Iterable[str], told: OrgUnit) -> bool:
    """Whether the actor has one of these rights at the unit that data are of."""
    with the_archive().database.reading() as connection:
        unit = unit_of(connection, key_of(told.name, told.within))
    return bool(unit) and any(actor().may(right, unit.path) for right in rights if unit)


def ask_for_everywhere(right: str) -> None:
    """Refuse the request where there is a unit at which the actor lacks `right`."""
    with the_archive().database.reading() as connection:
        units = all_units(connection)
    if not all(actor().may(right, unit.path) for unit in units):
        raise RefusedRequest(_not_allowed())


def paths_to_read() -> tuple[str, ...]:
    """Return the paths of the units whose reports the actor may see."""
    return actor().paths(READ)


# ---------------------------------------------------------------- the guard


def _guard() -> Response | None:
    if request.endpoint is None:
        return None
    need = need_of(current_app, request.endpoint)
    if need == OPEN:
        return None
    if need is None:
        raise RefusedRequest(Problem(403, "Địa chỉ này chưa được mở cho ai."))
    found = load_visitor()
    if found.actor is None:
        return _send_to_sign_in()
    if found.account:
        ask_for_own_form()
    if found.actor.must_change:
        return _send_to_password()
    _ask_for_right(found.actor, need)
    return None


def load_visitor() -> Visitor:
    """Find out who sent the current request; a view that is open to all asks for it itself."""
    g.visitor = found = _visitor()
    if found.actor:
        known_as(f"{'key' if found.actor.is_key else 'user'}:{found.actor.id}")
    return found


def _visitor() -> Visitor:
    now = datetime.now(UTC)
    if asker := request.environ.get(ON_BEHALF):
        return Visitor(_asker(asker, now))
    scheme, _, told = request.headers.get("Authorization", "").partition(" ")
    token = "" if scheme else request.cookies.get(cookie_name(), "")
    if not (scheme or token):
        return Visitor()
    database = the_archive().database
    with database.reading() as connection:
        if scheme:
            is_bearer = scheme.casefold() == "bearer"
            return Visitor(key_actor(connection, told.strip(), now) if is_bearer else None)
        account = account_at(connection, session_account(connection, token, now))
        if account is None or account.locked:
            return Visitor(token=token)
        found = Visitor(actor_of(connection, account), account, token)
        is_old = is_long_unseen(connection, token, now)
    if is_old:
        with suppress(Unavailable), database.writing() as connection:
            note_seen(connection, token, now)
    return found


def _asker(caller: str, now: datetime) -> Actor | None:
    """Who put off the work that is being done: only while they could still ask for it."""
    kind, _, id_ = caller.partition(":")
    with the_archive().database.reading() as connection:
        if kind == "key":
            return key_actor_at(connection, id_, now)
        account = account_at(connection, id_)
        return actor_of(connection, account) if account and not account.locked else None


def _ask_for_right(actor: Actor, need: str) -> None:
    right = READ if need == SIGNED_IN else need
    if need != SIGNED_IN and not actor.may(right):
        raise RefusedRequest(_not_allowed())
    named = request.view_args or {}
    if "report_id" in named:
        with the_archive().database.reading() as connection:
            unit = unit_of_report(connection, named["report_id"])
        missing = f"Không có báo cáo «{named['report_id'][:40]}» trong kho."
        _ask_for_unit(actor, right, unit, missing)
    if "draft_id" in named:
        with the_archive().database.reading() as connection:
            draft = draft_at(connection, named["draft_id"])
        missing = f"Không có bản đang soạn «{named['draft_id'][:40]}»."
        _ask_for_unit(actor, right, draft.unit, missing)


def _ask_for_unit(actor: Actor, right: str, unit: Unit | None, missing: str) -> None:
    """Refuse what is of another unit as if it were not there."""
    if unit and actor.may(right, unit.path):
        return
    if unit and any(unit.path.startswith(one.path) for one in actor.reaches):
        raise RefusedRequest(_not_allowed())
    raise Missing(missing)


# ---------------------------------------------------------------- forms of our own pages


def cookie_name() -> str:
    """Return the session cookie's name; over https one that only this host can have set."""
    return f"__Host-{_COOKIE}" if request.is_secure else _COOKIE


def give_cookie(response: Response, token: str) -> Response:
    """Let the browser keep a token: no script reads it, no other site sends it with a form."""
    response.set_cookie(
        cookie_name(), token, httponly=True, samesite="Lax", secure=request.is_secure, path="/"
    )
    return response


def csrf_token() -> str:
    """Return what proves that a form is from a page of ours: made of what only its browser has."""
    token = g.get("cookie") or visitor().token or request.cookies.get(cookie_name(), "")
    return hmac.new(token.encode(), b"form", sha256).hexdigest() if token else ""


def ask_for_own_form() -> None:
    """Refuse a change that another site's page, or none of ours, asks for."""
    if request.method in _SAFE:
        return
    _refuse_other_sites()
    if not is_own_form():
        message = "Trang này đã cũ nên biểu chưa được nhận."
        remedy = "Hãy tải lại trang rồi gửi lại."
        finding = Finding("request.form_token", ERROR, "", message, remedy)
        raise RefusedRequest(Problem(403, f"{message} {remedy}", (finding,)))


def is_own_form() -> bool:
    """Whether what was sent proves to be from a page of ours that this browser has."""
    sent = request.headers.get("X-CSRF-Token", "")
    if not sent and request.mimetype in _FORMS:
        sent = request.form.get("csrf_token", "")
    expected = csrf_token()
    return bool(expected) and hmac.compare_digest(sent.encode(), expected.encode())


def is_surely_own_site() -> bool:
    """Whether the browser itself says that a page of this site sent the request."""
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin", "")
    return site == "same-origin" if site else urlsplit(origin).netloc == request.host


def _refuse_other_sites() -> None:
    site = request.headers.get("Sec-Fetch-Site")
    origin = request.headers.get("Origin")
    own = not origin or urlsplit(origin).netloc == request.host
    if not (site in ("same-origin", "none") if site else own):
        message = "Biểu được gửi từ một trang web khác nên không được nhận."
        remedy = "Hãy mở trang này rồi gửi biểu tại đây."
        finding = Finding("request.other_site", ERROR, "", message, remedy)
        raise RefusedRequest(Problem(403, f"{message} {remedy}", (finding,)))


# ---------------------------------------------------------------- who may not


def _send_to_sign_in() -> Response:
    is_page = not request.path.startswith("/api/") and request.method in _SAFE
    if not is_page or "Authorization" in request.headers:
        raise RefusedRequest(_nobody())
    return redirect(url_for("sign_in.show_sign_in", next=request.full_path.rstrip("?")), 303)


def _send_to_password() -> Response:
    if request.path.startswith("/api/") or request.method not in _SAFE:
        raise RefusedRequest(
            Problem(403, "Hãy đổi mật khẩu được giao trước khi làm việc khác.")
        )
    return redirect(url_for("sign_in.show_password"), 303)


def _nobody() -> Problem:
    detail = (
        "Cần khóa API còn hiệu lực (Authorization: Bearer …)."
        if request.path.startswith("/api/") or "Authorization" in request.headers
        else "Phiên làm việc đã hết. Hãy đăng nhập lại."
    )
    return Problem(401, detail, headers={"WWW-Authenticate": 'Bearer realm="bao-cao-an-sinh"'})


def _not_allowed() -> Problem:
    return Problem(403, "Tài khoản hoặc khóa này không có quyền làm việc đó.")
