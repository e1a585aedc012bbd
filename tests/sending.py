"""Requests kept as files, sent to the service; what it answers, as findings."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from flask import Flask, template_rendered
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from generators.model import Finding
from tests.signing_in import app_in, signed_in


def findings_of_request(path: Path) -> Sequence[Finding]:
    """Send the request at `path`; return the findings that the answer tells.

    The file holds ``method`` and ``path``; ``headers``; ``body``, or ``files`` (``part``,
    ``name``, ``text``) with the fields of ``form``; ``settings`` of the service.
    """
    asked: Mapping[str, Any] = json.loads(path.read_bytes())
    told: list[Finding] = []
    with TemporaryDirectory() as folder:
        app = app_in(Path(folder), **asked.get("settings", {}))
        client = signed_in(app)
        with template_rendered.connected_to(_gathering(told), app):
            answer = _answered(client, asked)
    records = answer.get_json().get("findings", []) if answer.is_json else ()
    return [*told, *(_finding(record) for record in records)]


def _answered(client: FlaskClient, asked: Mapping[str, Any]) -> TestResponse:
    return client.open(
        asked["path"], method=asked["method"], headers=asked.get("headers"),
        data=_form(asked) if "files" in asked else asked.get("body"),
    )  # fmt: skip


def _form(asked: Mapping[str, Any]) -> dict[str, Any]:
    files: dict[str, Any] = {}
    for file in asked["files"]:
        stream = io.BytesIO(file["text"].encode())
        files.setdefault(file["part"], []).append((stream, file["name"]))
    return {**asked.get("form", {}), **files}


def _gathering(told: list[Finding]) -> Any:
    """What listens to the page being made and keeps the findings put on it."""

    def keep(_app: Flask, template: object, context: Mapping[str, Any], **_: object) -> None:
        outcome = context.get("outcome")
        for group in outcome.groups if outcome else ():
            told.extend(placed.finding for placed in group.findings)

    return keep


def _finding(record: Mapping[str, Any]) -> Finding:
    facts = {name: value for name, value in record.items() if name not in ("id", "difference")}
    facts["places"] = tuple(facts.get("places", ()))
    for name in {"stated", "computed"} & set(facts):
        facts[name] = Decimal(str(facts[name]))
    return Finding(**facts)
