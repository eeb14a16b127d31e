"""Chains of requests by the document's links: make, read, change, remove, with ids of answers.

A few chains here; ``python -m tests.embedded.server.test_stateful 600`` tries them for as long as
it is told.
"""

from __future__ import annotations

import sys
import time
from typing import Any

import schemathesis
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from dashwidgets.embedded.server.openapi import MADE, document
from tests.embedded.server.test_schema import CHECKS
from tests.local import Running, running

SCHEMA = schemathesis.openapi.from_dict(document("http://127.0.0.1"))
SCHEMA.config.generation.update(with_security_parameters=False)
STATEFUL = [
    *CHECKS,
    schemathesis.checks.CHECKS.get_one("use_after_free"),
    schemathesis.checks.CHECKS.get_one("ensure_resource_availability"),
]


def chains(server: Running, seen: dict[str, int], **options: Any) -> None:
    """Run chains against a server; count the answers of each operation and status."""

    class Chains(SCHEMA.as_state_machine()):
        def get_call_kwargs(self, case: Any) -> dict[str, Any]:
            key = server.keys["owner"]
            return {"base_url": server.url, "headers": {"Authorization": f"Bearer {key}"}}

        def validate_response(self, response: Any, case: Any, **_: Any) -> None:
            label = f"{case.operation.label} {response.status_code}"
            seen[label] = seen.get(label, 0) + 1
            case.validate_response(response, checks=STATEFUL)

    found = settings(
        deadline=None,
        phases=[Phase.generate],  # the project remembers: a chain run again is another
        suppress_health_check=list(HealthCheck),
        **options,
    )
    run_state_machine_as_test(Chains, settings=found)


def test_what_was_made_is_read_changed_and_removed() -> None:
    seen: dict[str, int] = {}
    with running() as server:
        chains(server, seen, max_examples=20, stateful_step_count=8, derandomize=True)
    done = {label.rpartition(" ")[0] for label in seen if label.endswith(("200", "201", "204"))}
    assert len(done) > 8, sorted(seen)


def test_every_link_leads_somewhere() -> None:
    operations = document("http://127.0.0.1")["paths"].values()
    ids = {one["operationId"] for verbs in operations for one in verbs.values()}
    links = [
        link
        for verbs in document("http://127.0.0.1")["paths"].values()
        for one in verbs.values()
        for answer in one["responses"].values()
        for link in answer.get("links", {}).values()
    ]
    assert len(links) > len(MADE)
    assert {link["operationId"] for link in links} <= ids


def main(seconds: float) -> None:
    seen: dict[str, int] = {}
    end, number = time.monotonic() + seconds, int(time.time())
    with running() as server:
        while time.monotonic() < end:
            number += 1
            print(f"seed {number}", flush=True)
            chains(server, seen, max_examples=5, stateful_step_count=20, database=None)
    for label in sorted(seen):
        print(f"{seen[label]:6,} {label}")


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 600.0)
