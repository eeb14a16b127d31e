"""Arithmetic over series: ``A / B * 100`` (contract 13.1)."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping, Sequence
from typing import Any, cast

from dashwidgets.embedded.queries.problem import InvalidQuery

_BINARY: dict[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    # A day without a denominator is shown as zero, not as an error.
    ast.Div: lambda a, b: a / b if b else 0.0,
}


def of(shown: Mapping[str, Any]) -> list[tuple[str, str | None]]:
    """A query's formulas with their names, whichever way they are written."""
    nodes = cast("list[dict[str, Any]]", shown.get("formulaNodes") or [])
    if nodes:
        return [(str(node.get("formula")), node.get("custom_name")) for node in nodes]
    several = cast("list[Any]", shown.get("formulas") or [])
    if not several and shown.get("formula"):
        several = [shown["formula"]]
    return [(str(formula), None) for formula in several]


def over(
    formula: str,
    series: Sequence[Mapping[Any, tuple[list[float], float]]],
    value: Any,
    length: int,
) -> tuple[list[float], float]:
    """A formula over one breakdown value of every series: by interval, and over totals."""
    tree = _parsed(formula, len(series))
    lines = [one.get(value, ([0.0] * length, 0.0)) for one in series]
    by_interval = [
        # Series may differ in length where one has no values at all.
        _value(tree, [line[at] if at < len(line) else 0.0 for line, _ in lines])
        for at in range(length)
    ]
    total = _value(tree, [total for _, total in lines])
    return by_interval, total


def _parsed(formula: str, letters: int) -> ast.expr:
    if len(formula) > 500:
        raise InvalidQuery("The formula is too long.", "invalid_formula")
    try:
        # Python's parser, but never its evaluation: only the nodes below are walked.
        tree = ast.parse(formula.strip().upper(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise InvalidQuery(f"{formula!r} is not a formula.", "invalid_formula") from None
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            if len(node.id) != 1 or not 0 <= ord(node.id) - ord("A") < letters:
                raise InvalidQuery(f"The formula names a series {node.id!r} that is not there.")
        elif not isinstance(
            node,
            ast.BinOp | ast.UnaryOp | ast.Constant | ast.operator | ast.unaryop | ast.expr_context,
        ):
            raise InvalidQuery(f"{formula!r} may hold only series, numbers and + - * /.")
    return tree


def _value(node: ast.expr, letters: Sequence[float]) -> float:
    if isinstance(node, ast.Name):
        return letters[ord(node.id) - ord("A")]
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        return float(node.value)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub | ast.UAdd):
        inner = _value(node.operand, letters)
        return -inner if isinstance(node.op, ast.USub) else inner
    if isinstance(node, ast.BinOp) and type(node.op) in _BINARY:
        return _BINARY[type(node.op)](_value(node.left, letters), _value(node.right, letters))
    raise InvalidQuery("A formula may hold only series, numbers and + - * /.")
