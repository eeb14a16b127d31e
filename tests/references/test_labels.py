"""Precision and recall on the labelled set, and renaming there and back."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashwidgets.references.pointers import value_at
from dashwidgets.references.queries.kinds import references
from dashwidgets.references.reference import KINDS, ROLES
from dashwidgets.references.rename import rename
from dashwidgets.references.sql import parse
from dashwidgets.references.sql.parse import is_exact
from tests.references.labels import EP, SQLS, Label, json_set, sql_set

exactly = pytest.mark.skipif(not is_exact(), reason="PostHog's parser needs Python 3.12")


def sql(text: str) -> dict[str, Any]:
    source = {"kind": "HogQLQuery", "query": text}
    return {"kind": "DataVisualizationNode", "source": source}


def found(query: Any, legacy: Any = None) -> Counter[Label]:
    read = references(query, legacy)
    return Counter((one.kind, one.name, one.role, one.certain) for one in read.references)


def test_the_labelled_set_is_large_and_has_every_kind_and_role() -> None:
    queries, texts = json_set(), sql_set()
    assert len(queries) >= 300
    assert len(texts) >= 200
    labels = [label for *_, some in queries for label in some]
    labels += [label for _, some in texts for label in some]
    assert {label[0] for label in labels} == set(KINDS)
    assert {label[2] for label in labels} == set(ROLES)


@pytest.mark.parametrize("what", sorted({what.split(":")[0] for what, *_ in json_set()}))
def test_json_is_read_exactly(what: str) -> None:
    for name, query, legacy, labels in json_set():
        if name.split(":")[0] == what:
            assert found(query, legacy) == Counter(labels), name


def test_every_pointer_of_json_leads_to_the_name() -> None:
    elsewhere = ("formula", "SQL")  # a letter for the name, and a text that holds it
    for what, query, legacy, _ in json_set():
        document = query or {"filters": legacy}
        for one in references(query, legacy).references:
            value = value_at(document, one.pointer)
            if one.role in elsewhere or one.line:
                assert isinstance(value, str), what
            elif one.certain:
                assert str(value) in (one.name, f"$feature/{one.name}"), (what, one)


@exactly
@pytest.mark.parametrize("at", range(len(sql_set())))
def test_sql_is_read_exactly(at: int) -> None:
    text, labels = sql_set()[at]
    assert found(sql(text)) == Counter(labels), text


@exactly
def test_every_token_of_sql_is_the_name() -> None:
    from dashwidgets.references.sql.tokens import unquoted

    for text, _ in sql_set():
        for one in references(sql(text)).references:
            token = unquoted(text[one.start : one.end])
            assert token in (one.name, f"$feature/{one.name}", "stripe.charge"), text


@pytest.fixture
def without_posthogs_parser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parse, "_posthog", lambda: None)


@pytest.mark.usefixtures("without_posthogs_parser")
@pytest.mark.parametrize("at", range(len(SQLS)))
def test_without_posthogs_parser_the_same_names_are_found_and_none_is_certain(at: int) -> None:
    for text, labels in sql_set()[at :: len(SQLS)]:
        read = references(sql(text))
        assert not any(one.certain for one in read.references)
        found = Counter((one.kind, one.name, one.role) for one in read.references)
        assert found == Counter(label[:3] for label in labels), text


def renamed_and_back(query: Any, legacy: Any, kind: str, old: str, new: str) -> None:
    there = rename(query, legacy, {kind}, old, new)
    if there.refused:
        return
    back = rename(there.query, legacy, {kind}, new, old)
    assert json.dumps(back.query) == json.dumps(query)
    if there.changed:
        left = [one for one in references(there.query, legacy).references if one.kind == kind]
        assert not any(one.certain and one.name == old for one in left)


names = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)


@settings(max_examples=60, deadline=None)
@given(new=names, at=st.integers(0, 10_000), kind=st.sampled_from(["event", EP]))
def test_renaming_and_renaming_back_gives_the_same_bytes(new: str, at: int, kind: str) -> None:
    new = f"new {new}"
    everything = json_set()
    _, query, legacy, labels = everything[at % len(everything)]
    texts = sql_set()
    text, more = texts[at % len(texts)]
    for one, old_filters, some in ((query, legacy, labels), (sql(text), None, more)):
        for name in {label[1] for label in some if label[0] == kind}:
            renamed_and_back(one, old_filters, kind, name, new)


@exactly
def test_a_rename_touches_one_token_and_nothing_else() -> None:
    text = "select  event,\n\tcount( ) -- 'signed_up'\nFROM events where event='signed_up'  ;"
    made = rename(sql(text), None, {"event"}, "signed_up", "it's done").query
    assert made["source"]["query"] == text.replace("='signed_up'", "='it\\'s done'")
