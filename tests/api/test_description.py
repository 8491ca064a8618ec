"""The API's description follows the NLGov REST API Design Rules; Spectral looks at it too, in `make assure`."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.fixture
def described(client: Client) -> dict[str, Any]:
    """The description, as anybody reads it."""
    answer = client.get("/api/v1/openapi.json")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["API-Version"] == "1.0.0"
    return json.loads(answer.content)


def _operations(described: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    return [(path, verb, said) for path, item in described["paths"].items() for verb, said in item.items()]


def test_it_is_openapi_31_with_a_version_a_contact_and_a_server_of_that_version(described):
    assert described["openapi"].startswith("3.1")
    assert re.fullmatch(r"\d+\.\d+\.\d+", described["info"]["version"])
    assert set(described["info"]["contact"]) >= {"name", "email", "url"}
    assert all(server["url"].endswith("/v1") for server in described["servers"])


def test_addresses_are_in_kebab_case_without_a_slash_at_the_end(described):
    for path in described["paths"]:
        assert path == "/openapi.json" or re.fullmatch(r"(/([a-z0-9-]+|\{\w+\}))+", path), path


def test_every_answer_has_the_version_and_every_problem_is_a_problem(described):
    for path, verb, said in _operations(described):
        for status, answer in said["responses"].items():
            assert "API-Version" in answer["headers"], (path, verb, status)
            if status[0] in "45":
                assert list(answer["content"]) == ["application/problem+json"], (path, verb, status)


def test_names_are_in_camel_case(described):
    for path, verb, said in _operations(described):
        for parameter in said.get("parameters", ()):
            assert re.fullmatch(r"[a-z][a-zA-Z0-9]*", parameter["name"]), (path, verb, parameter["name"])
    for name, schema in described["components"]["schemas"].items():
        assert re.fullmatch(r"[A-Z][a-zA-Z0-9]*", name)
        assert all(re.fullmatch(r"[a-z][a-zA-Z0-9]*", key) for key in schema.get("properties", ())), name


def test_every_operation_says_what_it_is_for_and_asks_for_a_key(described):
    for path, verb, said in _operations(described):
        assert said["summary"], (path, verb)
        assert said["description"], (path, verb)
        assert said["security"] == ([] if path == "/openapi.json" else [{"key": []}]), (path, verb)
