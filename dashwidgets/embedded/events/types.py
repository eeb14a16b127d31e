"""ClickHouse's names for what DuckDB answers with."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

_TYPES = {
    "BIGINT": "Int64",
    "HUGEINT": "Int128",
    "UHUGEINT": "UInt128",
    "INTEGER": "Int32",
    "SMALLINT": "Int16",
    "TINYINT": "Int8",
    "UBIGINT": "UInt64",
    "UINTEGER": "UInt32",
    "USMALLINT": "UInt16",
    "UTINYINT": "UInt8",
    "DOUBLE": "Float64",
    "FLOAT": "Float32",
    "VARCHAR": "String",
    "BOOLEAN": "Bool",
    "DATE": "Date",
    "UUID": "UUID",
}
_MEMBER = re.compile(r'("(?:[^"]|"")*"|\w+)\s+(.+)', re.DOTALL)


def clickhouse_type(duckdb_type: str) -> str:
    """The ClickHouse type of a DuckDB one; text where there is none.

    >>> clickhouse_type("MAP(VARCHAR, DECIMAL(18,2)[])")
    'Map(String, Array(Decimal(18, 2)))'
    >>> clickhouse_type('STRUCT(a INTEGER, "b c" DATE)')
    'Tuple(a Int32, `b c` Date)'
    """
    kind = duckdb_type.strip()
    if kind.endswith("]"):
        return f"Array({clickhouse_type(kind.rpartition('[')[0])})"
    name, bracket, rest = kind.partition("(")
    arguments = list(_split(rest.rpartition(")")[0])) if bracket else []
    name = name.strip().upper()
    if name.startswith("TIMESTAMP"):
        return "DateTime64(6, 'UTC')"
    if name == "DECIMAL":
        # What DuckDB means by a bare DECIMAL.
        return f"Decimal({', '.join(arguments) or '18, 3'})"
    if name == "MAP":
        return f"Map({', '.join(clickhouse_type(each) for each in arguments)})"
    if name == "STRUCT":
        return f"Tuple({', '.join(_member(each) for each in arguments)})"
    return _TYPES.get(name, "String")


def narrowed(kind: str, values: Iterator[Any]) -> str:
    """``Int64`` where a sum that DuckDB widens fits it, as ClickHouse's does."""
    if kind != "Int128":
        return kind
    fits = all(value is None or -(2**63) <= value < 2**63 for value in values)
    return "Int64" if fits else kind


def _member(text: str) -> str:
    found = _MEMBER.fullmatch(text)
    if not found:
        return clickhouse_type(text)
    name = found[1].strip('"').replace('""', '"')
    quoted = name if re.fullmatch(r"[A-Za-z_]\w*", name) else f"`{name}`"
    return f"{quoted} {clickhouse_type(found[2])}"


def _split(text: str) -> Iterator[str]:
    """Arguments at the outermost commas."""
    depth, start = 0, 0
    for found in re.finditer(r'"(?:[^"]|"")*"|[(),]', text):
        mark = found.group()
        depth += (mark == "(") - (mark == ")")
        if mark == "," and depth == 0:
            yield text[start : found.start()].strip()
            start = found.end()
    if text.strip():
        yield text[start:].strip()


def quoted(name: str) -> str:
    """A name quoted for DuckDB."""
    return '"' + name.replace('"', '""') + '"'
