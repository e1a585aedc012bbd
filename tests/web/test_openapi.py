"""The OpenAPI document: every route stands in it, and what it says is what happens."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, settings
from jsonschema import Draft202012Validator
from referencing import Registry
from referencing.jsonschema import DRAFT202012
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.signing_in import CITY, app_in, new_key
from web.components import SAMPLE
from web.openapi import document, undescribed

ROOT = Path(__file__).resolve().parents[2]
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance,
          response_headers_conformance, response_schema_conformance]  # fmt: skip


@pytest.fixture
def told(client: FlaskClient) -> dict[str, Any]:
    answer = client.get("/api/v1/openapi.json")
    body: dict[str, Any] = json.loads(answer.data)
    return body


def test_every_route_states_what_it_asks_and_gives(app: Flask) -> None:
    assert undescribed(app) == []


def test_the_document_names_every_route_and_no_other(app: Flask, told: dict[str, Any]) -> None:
    routes = {
        (rule.rule, method.lower())
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if rule.rule.startswith("/api/v1/") and not rule.endpoint.startswith("reference.")
    }
    named = {(path, method) for path, of in told["paths"].items() for method in of}
    assert told["openapi"] == "3.1.0"
    assert len(named) == len(routes)


def test_every_reference_leads_somewhere_and_every_schema_is_one(told: dict[str, Any]) -> None:
    for schema in told["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)
    for reference in references(told):
        here: Any = told
        for step in reference.removeprefix("#/").split("/"):
            here = here[step]


def references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("$ref"), str):
            yield value["$ref"]
        for one in value.values():
            yield from references(one)
    elif isinstance(value, list):
        for one in value:
            yield from references(one)


def test_every_operation_has_a_name_of_its_own_and_a_sentence(told: dict[str, Any]) -> None:
    operations = [one for of in told["paths"].values() for one in of.values()]
    assert len({one["operationId"] for one in operations}) == len(operations)
    assert [one["operationId"] for one in operations if not one["summary"].endswith(".")] == []


@pytest.mark.parametrize("name", ["phuc-loi-2020"])
def test_what_is_accepted_fits_the_payload(told: dict[str, Any], name: str) -> None:
    store = Registry().with_resource("urn:api", DRAFT202012.create_resource(told))
    schema = {"$ref": "urn:api#/components/schemas/Payload"}
    validator = Draft202012Validator(schema, registry=store)
    body = json.loads((ROOT / f"fixtures/accepted/{name}/input.json").read_bytes())
    assert [error.message for error in validator.iter_errors(body)] == []
    assert [error.message for error in validator.iter_errors(SAMPLE)] == []
    assert list(validator.iter_errors({**SAMPLE, "kind": "khac"})) != []


def test_the_sample_is_a_report(client: FlaskClient) -> None:
    assert client.post("/api/v1/documents", json=dict(SAMPLE)).status_code == 200


# ---------------------------------------------------------------- whatever is sent


# what schemathesis does inside its own strategies is not ours to mend
RANDOM = pytest.mark.filterwarnings("ignore::hypothesis.errors.HypothesisDeprecationWarning")


def fuzz(app: Flask, headers: dict[str, str], examples: int) -> None:
    """Send what the document allows and what it does not; hold each answer to it."""
    seen: Counter[int] = Counter()
    schema = schemathesis.openapi.from_dict(json.loads(json.dumps(document(app))))
    schema.app = app
    for result in schema.get_all_operations():
        assert isinstance(result, Ok), result
        operation = result.ok()
        for mode in schemathesis.GenerationMode:
            hold(operation.as_strategy(generation_mode=mode), headers, examples, seen)
    assert {200, 400, 404, 415, 422} <= set(seen), seen  # it came past the door, and to the end


def hold(strategy: Any, headers: dict[str, str], examples: int, seen: Counter[int]) -> None:
    from hypothesis import given

    @given(case=strategy)
    @settings(max_examples=examples, deadline=None, derandomize=True, database=None,
              suppress_health_check=list(HealthCheck))  # fmt: skip
    def run(case: Any) -> None:
        seen[case.call_and_validate(headers=headers, checks=CHECKS).status_code] += 1

    run()


def unlimited(folder: Path) -> tuple[Flask, dict[str, str]]:
    """A service that counts nobody's requests, and the header of a key that may do everything."""
    app = app_in(folder, RATE_LIMIT="")
    rights = ("read", "submit", "approve", "admin")
    return app, {"Authorization": f"Bearer {new_key(app, CITY, rights)}"}


@RANDOM
def test_whatever_is_sent_is_answered_as_described(tmp_path: Path) -> None:
    fuzz(*unlimited(tmp_path), 4)


@RANDOM
@pytest.mark.soak
def test_whatever_is_sent_is_answered_as_described_for_long(tmp_path: Path) -> None:
    fuzz(*unlimited(tmp_path), 500)
