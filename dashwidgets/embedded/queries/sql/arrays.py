"""ClickHouse's functions and joins of arrays in DuckDB."""

from __future__ import annotations

from collections.abc import Callable

from sqlglot import exp

from dashwidgets.embedded.queries.problem import QueryError


def call(name: str, *given: exp.Expr | str) -> exp.Expr:
    """A function that sqlglot need not know."""
    arguments = [exp.Literal.string(one) if isinstance(one, str) else one for one in given]
    return exp.Anonymous(this=name, expressions=arguments)


def over(of: Callable[[exp.Expr, exp.Expr], exp.Expr]) -> Callable[[exp.Expr], exp.Expr]:
    """Translate a function of a lambda and lists, which are walked together."""

    def translate(node: exp.Expr) -> exp.Expr:
        function, *lists = _given(node)
        if not lists or not isinstance(function, exp.Lambda):
            return node
        if len(lists) != len(function.expressions):
            raise QueryError(
                f"A function of {len(function.expressions)} values needs as many lists, "
                f"not {len(lists)}.",
                "invalid_input",
                user_visible=True,
            )
        return of(*_together(function, lists))

    return translate


def _given(node: exp.Expr) -> list[exp.Expr]:
    """The arguments, the function first: sqlglot turns those round of functions that it knows."""
    known = [one for one in (node.this, node.args.get("expression")) if isinstance(one, exp.Expr)]
    return sorted(node.expressions or known, key=lambda one: not isinstance(one, exp.Lambda))


def _together(function: exp.Lambda, lists: list[exp.Expr]) -> tuple[exp.Expr, exp.Expr]:
    """A function of several values as one of a tuple."""
    if len(lists) == 1:
        return function, lists[0]
    names = [one.name for one in function.expressions]
    whole = exp.to_identifier("_".join(["of", *names]))
    body = function.this.copy()
    # A parent to replace in: a body that is only one name could not be replaced otherwise.
    holder = exp.Paren(this=body)
    for found in list(holder.find_all(exp.Identifier)):
        if found.name not in names or isinstance(found.parent, exp.TableAlias):
            continue
        at = exp.Literal.number(names.index(found.name) + 1)
        of = found.parent if isinstance(found.parent, exp.Column) else found
        of.replace(call("struct_extract_at", whole.copy(), at))
    return exp.Lambda(this=holder, expressions=[whole]), call("list_zip", *lists)


def kept(function: exp.Expr, items: exp.Expr) -> exp.Expr:
    """Those of a list for which a function holds."""
    return call("list_filter", items, function)


def number_kept(function: exp.Expr, items: exp.Expr) -> exp.Expr:
    """How many those are."""
    return call("len", kept(function, items))


def mapped(function: exp.Expr, items: exp.Expr) -> exp.Expr:
    """What a function makes of each."""
    return call("list_transform", items, function)


def filtered(node: exp.Expr) -> exp.Expr:
    """``arrayFilter``: of several lists, the first one's items are kept."""
    function, *lists = _given(node)
    if len(lists) < 2 or not isinstance(function, exp.Lambda):
        return over(kept)(node)
    of_all, items = _together(function, lists)
    one = exp.to_identifier("one")
    first = call("struct_extract_at", one.copy(), exp.Literal.number(1))
    return mapped(exp.Lambda(this=first, expressions=[one]), kept(of_all, items))


def join_arrays(select: exp.Select) -> None:
    """``ARRAY JOIN`` is a join with the items, a row each."""
    _join_selected(select)
    for number, join in enumerate(select.args.get("joins") or []):
        if str(join.args.get("kind") or "").upper() != "ARRAY":
            continue
        rows = f"_joined_{number}"
        items: list[exp.Expr] = []
        for one in [join.this, *join.expressions]:
            named = one.alias_or_name
            array = one.this if isinstance(one, exp.Alias) else one
            items.append(exp.alias_(exp.Explode(this=_elements(array)), named, quoted=True))
            _qualify(select, named, rows, join)
        made = exp.select(*items).subquery(rows)
        outer = str(join.args.get("side") or "").upper() == "LEFT"
        on = {"side": "LEFT", "on": exp.true()} if outer else {"kind": "CROSS"}
        join.replace(exp.Join(this=made, **on))


def _elements(array: exp.Expr) -> exp.Expr:
    """An element of each tuple of a list is a list too."""
    if not isinstance(array, exp.Anonymous) or str(array.this) != "tupleElement":
        return array.copy()
    items, at = array.expressions
    one = exp.to_identifier("one")
    return mapped(exp.Lambda(this=call("struct_extract_at", one, at), expressions=[one]), items)


def _join_selected(select: exp.Select) -> None:
    """``arrayJoin(x) AS y`` where rows are picked by ``y``: DuckDB unnests only what it selects."""
    where = select.args.get("where")
    picked = {one.name for one in where.find_all(exp.Column)} if where else set[str]()
    found: list[exp.Expr] = []
    for one in select.selects:
        made = one.this if isinstance(one, exp.Alias) else None
        if not isinstance(made, exp.Explode) or made.find(exp.AggFunc):
            continue
        if one.alias in picked:
            found.append(exp.alias_(made.this.copy(), one.alias, quoted=True))
            one.replace(exp.column(exp.to_identifier(one.alias, quoted=True)))
    if found:
        first, *rest = found
        select.append("joins", exp.Join(this=first, expressions=rest, kind="ARRAY"))


def _qualify(select: exp.Select, named: str, table: str, join: exp.Expr) -> None:
    """The array may have the name of its items: what is selected are the items."""
    for column in list(select.find_all(exp.Column)):
        if column.name != named or column.table or column.find_ancestor(exp.Join) is join:
            continue
        if column.find_ancestor(exp.Select) is select:
            column.set("table", exp.to_identifier(table))
