"""``ph.sql`` against a server that is not ours."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pandas as pd
import pytest

import dashwidgets as dw
from dashwidgets.api.budget import Budget
from dashwidgets.api.endpoints import query as query_api
from dashwidgets.frames import arrow
from dashwidgets.frames.arrays import TEXT
from dashwidgets.queries import sql
from tests.queries.conftest import Foreign, Said, rows

NUMBERS = {"id": "UInt64", "name": "Nullable(String)"}


def test_dtypes_come_from_clickhouse_types(foreign: Foreign, ph: dw.Project) -> None:
    types: dict[str, tuple[str, Any]] = {
        "n": ("UInt64", 2**64 - 1),
        "small": ("Nullable(Int8)", -3),
        "big": ("UInt256", str(2**200)),
        "share": ("Float64", 0.5),
        "price": ("Decimal(38, 20)", "1.00000000000000000001"),
        "yes": ("Bool", True),
        "text": ("LowCardinality(Nullable(String))", "a"),
        "uuid": ("UUID", "01930aa2-77d0-0000-93b7-0d6be2f1c410"),
        "day": ("Date", "2026-11-27"),
        "at": ("DateTime64(6, 'Europe/Lisbon')", "2026-07-01T12:00:00.123456Z"),
        "naive": ("DateTime('Europe/Lisbon')", "2026-07-01 12:00:00"),
        "level": ("Enum8('low' = 1, 'a=b, c' = 2)", "a=b, c"),
        "tags": ("Array(Nullable(String))", ["a", None]),
        "pair": ("Tuple(a UInt8, b DateTime64(3, 'UTC'))", [1, "2026-07-01T12:00:00Z"]),
        "map": ("Map(UInt8, Array(Decimal(9, 2)))", {"1": ["1.50"]}),
    }
    values = [value for _, value in types.values()]
    foreign.says(rows({name: kind for name, (kind, _) in types.items()}, values))
    frame = ph.sql("SELECT 1")
    assert frame.attrs["warnings"] == []
    assert frame.dtypes.astype(str).to_dict() == {
        "n": "UInt64",
        "small": "Int8",
        "big": "object",
        "share": "float64",
        "price": "object",
        "yes": "boolean",
        "text": TEXT,
        "uuid": TEXT,
        "day": "datetime64[s]",
        "at": "datetime64[us, Europe/Lisbon]",
        "naive": "datetime64[us, Europe/Lisbon]",
        "level": "category",
        "tags": "object",
        "pair": "object",
        "map": "object",
    }
    row = frame.iloc[0]
    assert row["n"] == 2**64 - 1
    assert row["big"] == 2**200
    assert row["price"] == Decimal("1.00000000000000000001")
    assert row["at"] == pd.Timestamp("2026-07-01T12:00:00.123456Z")
    assert row["naive"] == pd.Timestamp("2026-07-01T11:00:00Z")
    assert row["pair"] == (1, pd.Timestamp("2026-07-01T12:00:00Z"))
    assert row["map"] == {1: [Decimal("1.50")]}
    assert row["tags"] == ["a", None]


def test_no_rows_have_the_same_dtypes(foreign: Foreign, ph: dw.Project) -> None:
    kinds = {"n": "Int32", "at": "DateTime64(6, 'UTC')", "t": "String", "e": "Enum8('a' = 1)"}
    foreign.says(rows(kinds))
    found = ph.sql("SELECT 1").dtypes.astype(str).tolist()
    assert found == ["Int32", "datetime64[us, UTC]", TEXT, "category"]


def test_a_decimal_that_came_as_a_number_keeps_its_digits(foreign: Foreign, ph: dw.Project) -> None:

    body = b'{"results": [[1.00000000000000000001, 0.5]], "columns": ["a", "b"]}'
    [[[exact, _]]] = query_api.read_rows(query_api.read_answer(body), exact=True)
    assert exact == Decimal("1.00000000000000000001")


def test_a_fraction_in_a_column_of_integers_is_kept(foreign: Foreign, ph: dw.Project) -> None:
    foreign.says(rows({"n": "Int64", "m": "Int64"}, [1.5, 1.0], [2, 2]))
    frame = ph.sql("SELECT 1")
    assert frame["n"].tolist() == [1.5, 2]
    assert (frame["m"].tolist(), str(frame["m"].dtype)) == ([1, 2], "Int64")
    assert [text.split(" ")[0] for text in frame.attrs["warnings"]] == ["n"]


def test_a_misfit_is_kept_and_said(foreign: Foreign, ph: dw.Project) -> None:
    foreign.says(rows({"n": "UInt8", "n2": "Quantum(1)"}, ["many", {"a": 1}]))
    frame = ph.sql("SELECT 1")
    assert frame["n"].tolist() == ["many"]
    assert [text.split(" ")[0] for text in frame.attrs["warnings"]] == ["n"]


ODD = {
    "brackets in text": ("String", ["a", '"],[1,"', "],[", "b"]),
    "lists in lists": ("Array(Array(UInt8))", [[[1], [2]], [[3], [4]], [], [[5]]]),
    "a fraction among integers": ("Int64", [1, 2, 1.5, 4]),
    "text among floats": ("Float64", [1.5, 2, "nan", None]),
    "zones that differ": ("DateTime", ["2026-01-01 00:00:00", "2026-01-01T00:00:00Z"] * 2),
    "nothing, then times": ("Nullable(DateTime)", [None, None, "2026-01-01T00:00:00Z", None]),
    "unfit": ("UInt8", [1, 2, "many", 300]),
    "no type": (None, [1, "a", None, [2]]),
}


def test_rows_read_in_pieces_are_those_read_at_once(
    foreign: Foreign, ph: dw.Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    read, pieces = query_api.read_rows, list[int]()

    def counted(*given: Any, **named: Any) -> Any:
        for piece in read(*given, **named):
            pieces.append(len(piece))
            yield piece

    monkeypatch.setattr(query_api, "read_rows", counted)
    for what, (kind, values) in ODD.items():
        found = ([value, n] for n, value in enumerate(values))
        foreign.says(rows({"x": kind or "?", "n": "Int64"}, *found))
        pieces.clear()
        monkeypatch.setattr(query_api, "PIECE", 10**6)
        once = ph.sql("SELECT 1")
        assert set(pieces) == {4}, what
        pieces.clear()
        monkeypatch.setattr(query_api, "PIECE", 1)
        frame = ph.sql("SELECT 1")
        # Where a bracket within a row looks like its end, the rest comes at once.
        assert (min(pieces) < 4) == (what != "lists in lists"), what
        pd.testing.assert_frame_equal(frame, once)
        assert frame.attrs["warnings"] == once.attrs["warnings"], what
        assert frame["n"].tolist() == [0, 1, 2, 3], what


def test_a_time_without_an_offset_is_of_the_zone_beside_one_with(
    foreign: Foreign, ph: dw.Project
) -> None:
    said = ["2026-01-01 12:00:00"], ["2026-01-01T12:00:00Z"], [None]
    foreign.says(rows({"at": "DateTime('Asia/Tokyo')"}, *said))
    frame = ph.sql("SELECT 1")
    assert str(frame["at"].dtype) == "datetime64[us, Asia/Tokyo]"
    assert frame["at"].astype(str).tolist()[:2] == [
        "2026-01-01 12:00:00+09:00",
        "2026-01-01 21:00:00+09:00",
    ]
    assert frame["at"].isna().tolist() == [False, False, True]


def test_values_are_never_in_the_text(foreign: Foreign, ph: dw.Project) -> None:
    foreign.says(rows(NUMBERS))
    when = datetime(2026, 11, 1, tzinfo=UTC)
    query = "SELECT 1 WHERE a = {a} AND at > {at} AND x IN {x} AND t = '{not}' -- {nor}"
    ph.sql(query, a="'; DROP", at=when, x=pd.Series([1, 2]))
    body = foreign.asked[0][2]["query"]
    assert body["query"] == query
    assert body["values"] == {"a": "'; DROP", "at": "2026-11-01T00:00:00+00:00", "x": [1, 2]}


@pytest.mark.parametrize(
    "query",
    [
        "",
        "DROP TABLE events",
        "-- SELECT\nINSERT INTO a SELECT 1",
        "/* SELECT */ ALTER TABLE a",
        "SELECT 1; SELECT 2",
        "SELECT {name}",
    ],
)
def test_what_is_not_one_select_is_not_sent(foreign: Foreign, ph: dw.Project, query: str) -> None:
    with pytest.raises(dw.ConfigurationError):
        ph.sql(query)
    assert not foreign.asked


def test_100_rows_without_a_limit_are_not_called_complete(foreign: Foreign, ph: dw.Project) -> None:
    foreign.says(rows(NUMBERS, *[[n, "a"] for n in range(100)], hasMore=True, hogql="SELECT 2"))
    with pytest.warns(UserWarning, match="limit=None"):
        frame = ph.sql("SELECT id, name FROM t")
    attrs = frame.attrs
    assert (attrs["complete"], attrs["has_more"], attrs["hogql"]) == (False, True, "SELECT 2")
    assert attrs["requests_spent"] == 1


def paging(keys: list[int], *, fail_at: int | None = None) -> Any:
    """A table by key, pages of `sql.MOST`."""
    asked: list[int] = []

    def answer(_verb: str, _path: str, body: Any) -> Said | None:
        asked.append(1)
        if fail_at is not None and len(asked) >= fail_at:
            return None
        last = body["query"].get("values", {}).get("dw_last")
        found = [key for key in sorted(keys) if last is None or key > last]
        return rows(NUMBERS, *[[key, "a"] for key in found[: sql.MOST]])

    return answer


def test_reads_every_row_by_key_though_keys_repeat(
    foreign: Foreign, ph: dw.Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sql, "MOST", 4)
    keys = [1, 2, 3, 4, 4, 4, 5, 6, 7, 8, 9]
    foreign.answer = paging(keys)
    frame = ph.sql("SELECT id, name FROM t", limit=None)
    assert frame["id"].tolist() == keys
    assert frame.attrs["complete"] is True
    assert frame.attrs["requests_spent"] == len(foreign.asked)
    assert "OFFSET" not in "".join(foreign.statements)
    foreign.answer = paging([1] * 9)
    with pytest.raises(dw.ConfigurationError, match="share one id"):
        ph.sql("SELECT id, name FROM t", limit=None, by="id")


def test_a_lost_connection_loses_no_page(
    foreign: Foreign, ph: dw.Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sql, "MOST", 4)
    foreign.answer = paging(list(range(9)), fail_at=3)
    with pytest.raises(dw.QueryInterrupted) as caught:
        ph.sql("SELECT id, name FROM t", limit=None, by="id")
    assert caught.value.arrived["id"].tolist() == [0, 1, 2, 3, 4, 5]
    assert caught.value.arrived.attrs["complete"] is False


def test_a_wrong_statement_shows_the_servers_sentence_and_the_place(
    foreign: Foreign, ph: dw.Project
) -> None:
    detail = "line 1, column 7: mismatched input 'FORM'"
    foreign.says((400, {"type": "validation_error", "code": "x", "detail": detail, "attr": None}))
    with pytest.raises(dw.BadRequest, match="mismatched input 'FORM'") as caught:
        ph.sql("SELECT FORM")
    assert caught.value.__notes__ == ["SELECT FORM\n       ^"]


def test_waits_for_a_query_that_runs_on(foreign: Foreign, ph: dw.Project) -> None:
    _, done = rows({"n": "UInt8"}, [7])
    running = {"query_status": {"id": "q", "complete": False}}
    finished = {"query_status": {"id": "q", "complete": True, "results": done}}
    foreign.says((202, {"results": None} | running), (202, running), (200, finished))
    assert ph.sql("SELECT 7")["n"].tolist() == [7]
    assert [path for _, path, _ in foreign.asked] == ["query/", "query/q/", "query/q/"]


def test_stopping_the_cell_stops_the_query(
    foreign: Foreign, ph: dw.Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    foreign.says((202, {"query_status": {"id": None, "complete": False}}), (204, None))

    def stopped(_seconds: float) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("dashwidgets.queries.ask.time.sleep", stopped)
    with pytest.raises(KeyboardInterrupt):
        ph.sql("SELECT 1")
    (_, _, body), (verb, path, _) = foreign.asked
    assert (verb, path) == ("DELETE", f"query/{body['client_query_id']}/")


def test_sql_has_a_budget_of_its_own() -> None:
    budget = Budget(lambda: 0.0)
    assert [budget.take("query/") for _ in range(120)] == [0.0] * 120
    assert budget.take("query/") == 3600.0
    assert budget.take("dashboards/") == 0.0


@pytest.mark.parametrize("fast", [True, False], ids=["pyarrow", "no pyarrow"])
def test_columns_are_the_same_with_and_without_pyarrow(
    fast: bool, foreign: Foreign, ph: dw.Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not fast:
        monkeypatch.setattr(arrow, "pyarrow", lambda: None)
    types: dict[str, tuple[str, list[Any], list[Any]]] = {
        "big": ("UInt64", [2**64 - 1, 0], [2**64 - 1, 0]),
        "quoted": ("UInt64", [str(2**64 - 1), 1], [2**64 - 1, 1]),
        "share": ("Nullable(Float64)", ["nan", 2**53 + 1], [None, float(2**53 + 1)]),
        "single": ("Nullable(Float32)", [None, 0.5], [None, 0.5]),
        "yes": ("Nullable(Bool)", [1, None], [True, None]),
        "day": ("Date", ["2026-11-27", "1970-01-01"], [*map(pd.Timestamp, ["2026-11-27", 0])]),
        "text": ("String", ["", "ä"], ["", "ä"]),
        "zoned": (
            "DateTime('Europe/Lisbon')",
            ["2026-07-01T12:00:00+02:00", "2026-07-01T10:00:00Z"],
            [pd.Timestamp("2026-07-01T10:00:00Z")] * 2,
        ),
        "fine": (
            "DateTime64(9, 'UTC')",
            ["2026-07-01T12:00:00.123456789Z", None],
            [pd.Timestamp("2026-07-01T12:00:00.123456789Z"), None],
        ),
    }
    kinds = {name: kind for name, (kind, _, _) in types.items()}
    foreign.says(rows(kinds, *zip(*(came for _, came, _ in types.values()), strict=True)))
    frame = ph.sql("SELECT 1")
    assert frame.attrs["warnings"] == []
    for name, (_, _, expected) in types.items():
        found = [None if pd.isna(value) else value for value in frame[name]]
        assert found == expected, name
        frame.loc[0, name] = frame.loc[1, name]  # what users write into


def test_rows_of_another_width_are_refused(foreign: Foreign, ph: dw.Project) -> None:
    foreign.says(rows(NUMBERS, [1, "a"], [2]))
    with pytest.raises(dw.UnexpectedAnswer, match="2 columns"):
        ph.sql("SELECT 1")


@pytest.mark.parametrize(("status", "kind"), [(404, dw.NotFound), (405, dw.NotAllowed)])
def test_a_server_without_sql_says_what_to_do(
    status: int, kind: type[Exception], foreign: Foreign, ph: dw.Project
) -> None:
    foreign.says((status, {"detail": "Nein."}))
    with pytest.raises(kind, match=r"Nein: this server offers no SQL .* do without\."):
        ph.sql("SELECT 1")
