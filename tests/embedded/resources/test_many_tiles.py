"""How many statements an answer takes: as many for a full board as for an empty one."""

from __future__ import annotations

from typing import Any

import pytest

from dashwidgets.embedded.queries.filters.dashboard_filters import apply_filters
from dashwidgets.embedded.resources.insights import results
from dashwidgets.embedded.storage import Storage
from tests.embedded.conftest import Api

TREND = {"kind": "TrendsQuery", "series": [{"kind": "EventsNode", "event": "$pageview"}]}


@pytest.fixture
def statements(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every read and write of the storage."""
    seen: list[str] = []

    def note(name: str) -> None:
        real = getattr(Storage, name)

        def noting(self: Storage, sql: str, *values: Any) -> Any:
            seen.append(sql)
            return real(self, sql, *values)

        monkeypatch.setattr(Storage, name, noting)

    for name in ("all", "one", "run"):
        note(name)
    return seen


def board(api: Api, tiles: int) -> int:
    made: int = api.post("dashboards/", {"name": f"{tiles} tiles"}).json()["id"]
    for number in range(tiles):
        query = {"kind": "InsightVizNode", "source": TREND, "number": number}
        api.post("insights/", {"name": f"{number}", "query": query, "dashboards": [made]})
    text = {"text": {"body": "words"}, "layouts": {}}
    assert len(api.patch(f"dashboards/{made}/", {"tiles": [text]}).json()["tiles"]) == tiles + 1
    return made


def test_no_statement_is_of_one_tile(api: Api, statements: list[str]) -> None:
    counts: list[int] = []
    for tiles in (2, 12):
        made = board(api, tiles)
        api.get(f"dashboards/{made}/", refresh="blocking")  # the results are kept from here on
        statements.clear()
        answer = api.get(f"dashboards/{made}/").json()
        found = [tile["insight"]["result"] for tile in answer["tiles"] if tile["insight"]]
        assert len(found) == tiles
        assert all(found)
        counts.append(len(statements))
    assert counts[0] == counts[1] <= 20


def test_each_query_is_worked_out_once(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    made = board(api, 2)
    worked_out: list[Any] = []

    def noting(query: Any, *rest: Any) -> Any:
        worked_out.append(query)
        return apply_filters(query, *rest)

    monkeypatch.setattr(results, "apply_filters", noting)
    api.get(f"dashboards/{made}/")
    assert len(worked_out) == 2


def test_a_result_that_is_no_number_can_be_kept(api: Api) -> None:
    made = api.post("dashboards/", {"name": "0 / 0"}).json()["id"]
    sql = {"kind": "HogQLQuery", "query": "SELECT 0 / 0, 1 / 0"}
    query = {"kind": "DataVisualizationNode", "source": sql}
    api.post("insights/", {"name": "no number", "query": query, "dashboards": [made]})
    for refresh in ("blocking", "force_cache"):
        (tile,) = api.get(f"dashboards/{made}/", refresh=refresh).json()["tiles"]
        assert tile["insight"]["result"] == [[None, None]]


@pytest.mark.parametrize(
    ("path", "options"),
    [
        ("dashboards/", {}),
        ("insights/", {"basic": "true"}),
        ("insights/", {}),
        ("insights/", {"search": "1"}),
    ],
)
def test_no_statement_is_of_one_row_of_a_list(
    api: Api, statements: list[str], path: str, options: dict[str, str]
) -> None:
    board(api, 12)
    counts: list[int] = []
    for limit in (1, 12):
        statements.clear()
        assert api.get(path, limit=limit, **options).json()["results"]
        counts.append(len(statements))
    assert counts[0] == counts[1] <= 10
