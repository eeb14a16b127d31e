"""A server that answers the query endpoint as another PostHog would, from a script."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

import dashwidgets as dw
from dashwidgets.api.client import Client

Said = tuple[int, Any]


def rows(columns: dict[str, str], *found: list[Any], **fields: Any) -> Said:
    """A good answer: columns with their types, and rows."""
    envelope = {"columns": list(columns), "types": [list(each) for each in columns.items()]}
    return 200, {"results": found, "hasMore": False, "timezone": "UTC"} | envelope | fields


class Foreign:
    """What was asked, and what says the answers."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str, Any]] = []
        self.answer: Callable[[str, str, Any], Said | None] = lambda *_: (404, {"detail": "none"})
        foreign = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def handle_any(self) -> None:
                size = int(self.headers.get("Content-Length") or 0)
                body = json.loads(self.rfile.read(size)) if size else None
                path = self.path.partition("/projects/1/")[2] or self.path
                foreign.asked.append((self.command, path, body))
                said = foreign.answer(self.command, path, body)
                if said is None:
                    self.close_connection = True
                    return
                text = json.dumps(said[1], separators=(",", ":")).encode()  # as PostHog writes
                self.send_response(said[0])
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(text)))
                self.end_headers()
                self.wfile.write(text)

            do_GET = do_POST = do_PATCH = do_DELETE = handle_any  # noqa: N815

            def log_message(self, *_: Any) -> None: ...

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def statements(self) -> list[str]:
        return [body["query"]["query"] for verb, _, body in self.asked if verb == "POST"]

    def says(self, *answers: Said | None) -> Foreign:
        """These answers to statements, one after another; the last again and again."""
        left = list(answers)
        self.answer = lambda *_: left.pop(0) if len(left) > 1 else left[0]
        return self


class Tables(Foreign):
    """A PostHog with system tables: name to rows, which it gives by id."""

    def __init__(self, boards: list[dict[str, Any]], tables: dict[str, list[dict[str, Any]]]):
        super().__init__()
        self.boards, self.tables, self.most = boards, tables, 50_000
        self.warnings: list[str] = []
        self.answer = self._answer

    def _answer(self, verb: str, path: str, body: Any) -> Said:
        if path == "query/":
            return self._query(body["query"])
        if verb == "GET" and path.startswith("dashboards/?"):
            return 200, {"count": len(self.boards), "next": None, "results": self.boards}
        if verb == "GET" and path.startswith("dashboards/"):
            key = int(path.split("/")[1].partition("?")[0])
            board = next(board for board in self.boards if board["id"] == key)
            return 200, board | {"tiles": []}
        return 404, {"type": "invalid_request", "detail": "Not found.", "attr": None}

    def _query(self, query: dict[str, Any]) -> Said:
        form = r"SELECT (?!\* FROM \()(.+?)\sFROM (?:system\.)?([\w.]+)"
        found = re.search(form, query["query"], re.DOTALL)
        assert found is not None
        names, table = found.groups()
        if table == "information_schema.columns":
            told = [[name, column] for name, held in self.tables.items() for column in held[0]]
            return rows({"table_name": "String", "column_name": "String"}, *told)
        if table not in self.tables:
            detail = f"Unknown table `{table}`."
            return 400, {"type": "validation_error", "code": "x", "detail": detail, "attr": None}
        columns = [name.split(" AS ")[-1].strip() for name in re.split(r",\s(?![^(]*\))", names)]
        last = query.get("values", {}).get("dw_last")
        held = sorted(self.tables[table], key=lambda row: row.get("id", 0))
        if "ifNull(deleted, 0) = 0" in query["query"]:
            held = [row for row in held if not row["deleted"]]
        if f"{table} WHERE deleted = 1" in query["query"]:
            held = [row for row in held if row["deleted"]]
        given = [
            [row[name] for name in columns] for row in held if last is None or row["id"] > last
        ]
        kinds = dict.fromkeys(columns, "Nullable(String)")
        kinds |= {n: "Nullable(Int64)" for n in columns if n == "id" or n.endswith("_id")}
        return rows(kinds, *given[: self.most], warnings=self.warnings)


@pytest.fixture
def foreign() -> Iterator[Foreign]:
    server = Foreign()
    yield server
    server.server.shutdown()
    server.server.server_close()


@pytest.fixture
def ph(foreign: Foreign) -> Iterator[dw.Project]:
    host = f"http://127.0.0.1:{foreign.server.server_port}"
    with dw.Project(Client(host, "phx_test_key_0123456789", 1)) as project:
        yield project
