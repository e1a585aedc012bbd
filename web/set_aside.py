"""A form that came when its session had ended is set aside, and sent on by the same person signed in again.

It is kept in this process for half an hour, for the account that the session was of and no other.
Only a form that proves itself to be of our own page is kept, and none that holds a password.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from secrets import token_urlsafe
from threading import Lock

from flask import Flask, current_app, request

from access.sessions import ended_account
from web.access import cookie_name, csrf_token, is_own_form, is_surely_own_site, visitor
from web.shelf import the_archive

KEPT_FOR = timedelta(minutes=30)
_MOST_BYTES, _MOST_OF_ONE = 64 << 20, 3
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
        return texts + sum(len(file.data) for file in self.files)


class Shelf:
    """Forms by their id; the oldest give way where there are too many."""

    def __init__(self) -> None:
        self._lock, self._forms = Lock(), OrderedDict[str, Form]()

    def put(self, form: Form) -> str:
        """Keep a form, and return its id; "" for one that is too large."""
        if form.size > _MOST_BYTES:
            return ""
        with self._lock:
            self._forget(form)
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

    def _forget(self, new: Form) -> None:
        """Forget what is too old, and the oldest where there is too much for a new one."""
        for id_, form in list(self._forms.items()):
            own = [one for one in self._forms.values() if one.account == new.account]
            room = _MOST_BYTES - sum(one.size for one in self._forms.values())
            is_crowded = new.size > room or (
                form.account == new.account and len(own) >= _MOST_OF_ONE
            )
            if form.at <= new.at - KEPT_FOR or is_crowded:
                del self._forms[id_]


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
    account = _of_whom()
    if not account:
        return ""
    fields = [
        (name, value) for name, value in request.form.items(multi=True) if name != "csrf_token"
    ]
    files = [
        File(part, file.filename or "", file.mimetype, file.stream.read())
        for part, file in request.files.items(multi=True)
    ]
    kept = Form(account, request.path, datetime.now(UTC), tuple(fields), tuple(files))
    return the_shelf().put(kept)


def _of_whom() -> str:
    """Whose the form is: of a session that ended, or of who signed in again beside an old page."""
    account = visitor().account
    if account:
        return account.id if is_surely_own_site() else ""
    if not csrf_token() or not is_own_form():
        return ""
    token = request.cookies.get(cookie_name(), "")
    with the_archive().database.reading() as connection:
        return ended_account(connection, token, datetime.now(UTC))
