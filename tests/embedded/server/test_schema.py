"""The server against its own OpenAPI document, with schemathesis."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings

from dashwidgets.embedded.server.openapi import document
from tests.local import Running, running

SCHEMA = schemathesis.openapi.from_dict(document("http://127.0.0.1"))
OPERATIONS = {found.ok().label: found.ok() for found in SCHEMA.get_all_operations()}
CHECKS = [
    schemathesis.checks.not_a_server_error,
    *(
        schemathesis.checks.CHECKS.get_one(name)
        for name in (
            "status_code_conformance",
            "content_type_conformance",
            "response_schema_conformance",
        )
    ),
]


@pytest.fixture(scope="module")
def one_server() -> Iterator[Running]:
    with running() as found:
        yield found


@pytest.mark.parametrize("label", OPERATIONS)
def test_every_answer_is_documented(one_server: Running, label: str) -> None:
    headers = {"Authorization": f"Bearer {one_server.keys['owner']}"}

    @settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
    @given(case=OPERATIONS[label].as_strategy())
    def ask(case: Any) -> None:
        answer = case.call(base_url=one_server.url, headers=headers)
        case.validate_response(answer, checks=CHECKS)

    ask()


def test_the_served_document_is_the_one_that_was_tested(one_server: Running) -> None:
    served = httpx.get(f"{one_server.url}/api/schema/", trust_env=False).json()
    assert served == document(one_server.url)
    assert len(served["paths"]) >= 25
