"""A form that came when its session had ended is set aside, and sent on by the same person signed in again.

It is kept in this process for half an hour, for the account that the session was of and no other;
one account's forms never push out another's. Nothing is read before the session's account is known.
Only a form that proves itself to be of our own page is kept, and none that holds a password.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from secrets import token_urlsafe
from threading import Lock

from flask import Flask, current_app, request
from werkzeug.exceptions import RequestEntityTooLarge

from access.sessions import ended_account
from web.access import cookie_name, is_own_form, is_surely_own_site, visitor
from web.problems import RefusedRequest
from web.shelf import the_archive

KEPT_FOR = timedelta(minutes=30)
_MOST_BYTES, _MOST_BYTES_OF_ONE, _MOST_OF_ONE = 96 << 20, 24 << 20, 3
_MOST_FIELDS, _FIELD_BYTES = 5_000, 200  # what a field takes beside its text
_PROOFS = frozenset({"csrf_token", "of_account"})
_KEY, _PAGES = "bao_cao_set_aside", ("desk_", "pages")


@dataclass(frozen=True, slots=True)
class File:
    """A file of a form: the part's name, its own, its type and its bytes."""

    part: str
    name: str
    media: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Form:
    """A form as it was sent, without what proved where it is from."""

    account: str
    path: str
    at: datetime
    fields: tuple[tuple[str, str], ...]
    files: tuple[File, ...]

    @property
    def size(self) -> int:
        """Its bytes, about."""
        texts = sum(len(name) + len(value) for name, value in self.fields)
        parts = len(self.fields) + len(self.files)
        return texts + _FIELD_BYTES * parts + sum(len(file.data) for file in self.files)


class Shelf:
    """Forms by their id; an account's oldest give way to its own, and to nobody else's."""

    def __init__(self) -> None:
        self._lock, self._forms = Lock(), OrderedDict[str, Form]()

    def put(self, form: Form) -> str:
        """Keep a form, and return its id; "" where there is no room for it."""
        if form.size > _MOST_BYTES_OF_ONE or len(form.fields) > _MOST_FIELDS:
            return ""
        with self._lock:
            self._forget_old(form.at)
            gone = self._giving_way(form)
            held = sum(one.size for id_, one in self._forms.items() if id_ not in gone)
            if held + form.size > _MOST_BYTES:
                return ""
            for id_ in gone:
                del self._forms[id_]
            self._forms[id_ := token_urlsafe(16)] = form
        return id_

    def find(self, id_: str, account: str) -> Form | None:
        """Return a form of this account; None for another's, and where it is gone."""
        with self._lock:
            form = self._forms.get(id_)
        is_there = form and form.account == account and form.at > datetime.now(UTC) - KEPT_FOR
        return form if is_there else None

    def drop(self, id_: str) -> None:
        """Forget a form."""
        with self._lock:
            self._forms.pop(id_, None)

    def _forget_old(self, now: datetime) -> None:
        for id_ in [id_ for id_, one in self._forms.items() if one.at <= now - KEPT_FOR]:
            del self._forms[id_]

    def _giving_way(self, new: Form) -> set[str]:
        """The ids of the oldest forms of the same account that exceed its share with a new one."""
        own = [
            (id_, one.size) for id_, one in self._forms.items() if one.account == new.account
        ]
        gone: set[str] = set()
        while own and (
            len(own) >= _MOST_OF_ONE
            or sum(size for _, size in own) + new.size > _MOST_BYTES_OF_ONE
        ):
            gone.add(own.pop(0)[0])
        return gone


def attach(app: Flask) -> None:
    """Give `app` its shelf."""
    app.extensions[_KEY] = Shelf()


def the_shelf() -> Shelf:
    """Return the application's shelf."""
    shelf: Shelf = current_app.extensions[_KEY]
    return shelf


def set_aside() -> str:
    """Keep the form of the current request where it may be; return its id, "" where not."""
    if request.method != "POST" or not (request.blueprint or "").startswith(_PAGES):
        return ""
    try:
        account = _of_whom()
        return the_shelf().put(_sent_by(account)) if account else ""
    except (RefusedRequest, RequestEntityTooLarge):  # more than is read of a form
        return ""


def _sent_by(account: str) -> Form:
    fields = [
        (name, value) for name, value in request.form.items(multi=True) if name not in _PROOFS
    ]
    files = [
        File(part, file.filename or "", file.mimetype, file.stream.read())
        for part, file in request.files.items(multi=True)
    ]
    return Form(account, request.path, datetime.now(UTC), tuple(fields), tuple(files))


def _of_whom() -> str:
    """Whose the form is: of a session that ended, or of who signed in again beside an old page.

    An ended session's form carries what only that session's pages had; an old page names its
    account, for on a shared browser somebody else may have signed in since.
    """
    account = visitor().account
    if account:
        is_theirs = is_surely_own_site() and request.form.get("of_account", "") == account.id
        return account.id if is_theirs else ""
    token = request.cookies.get(cookie_name(), "")
    if not token:
        return ""
    with the_archive().database.reading() as connection:
        ended = ended_account(connection, token, datetime.now(UTC))
    return ended if ended and is_own_form() else ""
