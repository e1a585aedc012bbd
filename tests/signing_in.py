"""Clients who may do something: an application on a folder of its own, with units, accounts, keys.

    thành phố Hà Nội            admin: quan
      quận Long Biên            key: the one that clients use, with every right but admin
        phường Phúc Lợi         clerk: lan; approver: hoa
        phường Việt Hưng        clerk: binh

Nobody's access is switched off: clients sign in, or bring a key.
"""

from __future__ import annotations

import hmac
import re
import shutil
import tempfile
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from access.accounts import account_called, add_own_account, give_role
from access.keys import add_key
from access.rights import ADMINISTRATOR, APPROVER, CLERK
from access.sessions import open_session
from access.units import add_unit, unit_called
from archive.opening import open_archive
from service import create_app

CITY, DISTRICT, PHUC_LOI, VIET_HUNG = (
    "thành phố Hà Nội", "quận Long Biên", "phường Phúc Lợi", "phường Việt Hưng",
)  # fmt: skip
PASSWORD = "mot cau that rieng 2026"
PEOPLE = {
    "lan": ("Nguyễn Thị Lan", CLERK, PHUC_LOI), "hoa": ("Lê Thị Hoa", APPROVER, PHUC_LOI),
    "binh": ("Trần Văn Bình", CLERK, VIET_HUNG), "quan": ("Phạm Văn Quân", ADMINISTRATOR, CITY),
}  # fmt: skip
SYSTEM = "Hệ thống thử"
COOKIE = "bao_cao_phien"
A_YEAR = timedelta(days=365)


def app_in(folder: Path, **settings: Any) -> Flask:
    """An application whose archive lies in `folder`, with everybody in it and no report."""
    shutil.copytree(_everybody(), folder / "kho", dirs_exist_ok=True)
    return create_app({"DATA_DIR": str(folder / "kho"), "DATABASE_URL": "", **settings})


def with_key(
    app: Flask,
    unit: str = DISTRICT,
    rights: Iterable[str] = ("read", "submit", "approve"),
    name: str = SYSTEM,
) -> FlaskClient:
    """A client that brings a new key with each request."""
    client = app.test_client()
    client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {new_key(app, unit, rights, name)}"
    return client


def new_key(
    app: Flask, unit: str = DISTRICT, rights: Iterable[str] = ("read", "submit"), name: str = SYSTEM
) -> str:  # fmt: skip
    """A key that was just made."""
    archive = open_archive(Path(app.config["DATA_DIR"]), app.config["DATABASE_URL"])
    try:
        with archive.database.writing() as connection:
            where = unit_called(connection, unit)
            until = datetime.now(UTC) + A_YEAR
            return add_key(connection, where, name, rights, until, "thử").secret
    finally:
        archive.database.close()


def signed_in(app: Flask, login: str = "lan") -> FlaskClient:
    """A client with the session of a person, that proves all it sends to come from its own page."""
    client = app.test_client()
    token = new_session(app, login)
    client.set_cookie(COOKIE, token)
    client.environ_base["HTTP_X_CSRF_TOKEN"] = hmac.new(
        token.encode(), b"form", sha256
    ).hexdigest()
    return client


def new_session(app: Flask, login: str = "lan") -> str:
    """The token of a session that a person just began."""
    archive = open_archive(Path(app.config["DATA_DIR"]), app.config["DATABASE_URL"])
    try:
        with archive.database.writing() as connection:
            account = account_called(connection, login)
            return open_session(connection, account.id, datetime.now(UTC))
    finally:
        archive.database.close()


def form_token(client: FlaskClient, page: str = "/") -> str:
    """What the forms of a page carry for this client."""
    found = re.search(r'name="csrf_token" value="([0-9a-f]{64})"', client.get(page).text)
    assert found, f"{page} has no form that proves itself"
    return found[1]


@lru_cache(maxsize=1)
def _everybody() -> Path:
    """The folder of an archive without reports; made once in a run."""
    folder = Path(tempfile.mkdtemp(prefix="moi-nguoi-"))
    archive = open_archive(folder)
    with archive.database.writing() as connection:
        city = add_unit(connection, CITY, "thử")
        district = add_unit(connection, DISTRICT, "thử", city)
        for ward in (PHUC_LOI, VIET_HUNG):
            add_unit(connection, ward, "thử", district)
        for login, (name, role, unit) in PEOPLE.items():
            account = add_own_account(connection, login, name, PASSWORD)
            give_role(connection, account, role, unit_called(connection, unit), "thử")
    archive.database.close()
    return folder
