"""What a plan and the runs say: no server is asked."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import dashwidgets as dw
from dashwidgets.plans import display
from dashwidgets.plans.change import Change
from dashwidgets.plans.file import read_plan, write_plan
from dashwidgets.plans.journal.journal import begin, read_run

CLIENT: Any = SimpleNamespace(host="https://a.example", project_id=7)


def change(field: str, old: Any, new: Any, **more: Any) -> Change:
    return Change(1, "Board", more.pop("tile", None), field, old, new, **more)


@pytest.mark.parametrize(
    ("one", "told"),
    [
        (change("pinned", False, True), "~~no~~ -> yes"),
        (change("color", None, "blue", tile=5), "tile 5 color"),
        (change("color", None, "blue", tile=5), "~~(none)~~ -> blue"),
        (change("name", "", "New"), "~~(empty)~~ -> New"),
        (change("tags", ["a", "b"], ["b", "c"]), "~~- a~~ -> + c"),
        (change("tags", [], ["c"]), "tags             + c"),
        (change("tags", ["a", "b"], ["b", "a"]), "~~a, b~~ -> b, a"),
        (change("x", 1, 2.5, tile=5), "~~1~~ -> 2.5"),
        (change("insight 5 query", {"a": 1, "b": 2}, {"a": 1, "b": 3}), "/b ~~2~~ -> 3"),
        (change("name", "Old", "New", state="refused", reason="why"), "refused"),
        (change("name", "Old", "New", state="refused", reason="why"), "(why)"),
    ],
)
def test_a_change_is_a_line(one: Change, told: str) -> None:
    assert told in display.text([one], "2 requests", [])


def test_a_long_plan_shows_forty_and_counts_the_rest() -> None:
    many = [Change(at, "B", None, "pinned", False, True) for at in range(41)]
    text = display.text(many, "2 requests", ["A note."])
    assert text.splitlines()[0] == "41 changes of 41 dashboards: 41 ready; 2 requests."
    assert text.splitlines()[-2:] == ["… and 1 more in .changes.", "A note."]
    assert len(text.splitlines()) == 43
    html = display.html(many, "2 requests", ["A <note>."])
    assert html.count("<tr>") == 41
    assert "<p>… and 1 more in .changes.</p><p>A &lt;note&gt;.</p>" in html
    assert display.page(many, "2 requests", []).count("<tr>") == 42
    assert "more in .changes" not in display.page(many, "2 requests", [])
    assert "more in .changes" not in display.text(many[:40], "", [])
    assert "<table>" not in display.html([], "nothing to send", [])
    one = display.headline(many[:1], "1 request")
    assert one == "1 change of 1 dashboard: 1 ready; 1 request."
    assert display.headline([], "nothing to send").endswith(": nothing; nothing to send.")


def test_a_file_leaves_out_what_is_only_shown(tmp_path: Path) -> None:
    refused = change("insight 5 query at /x", "a", "b", state="refused", reason="why")
    rest = [change("name", "Old", "New"), change("x", 1, 2, tile=5)]
    path = write_plan(tmp_path / "plan.csv", CLIENT, [refused, *rest])
    assert [(one.field, one.tile, one.old, one.new) for one in read_plan(path, CLIENT)] == [
        ("name", None, "Old", "New"),
        ("x", 5, 1, 2),
    ]
    other: Any = SimpleNamespace(host="https://a.example", project_id=8)
    with pytest.raises(dw.ConfigurationError, match="line 3: it is for project 7"):
        read_plan(path, other)


@pytest.mark.parametrize(
    ("name", "written"),
    [("=1+1", "'=1+1"), ("-x", "'-x"), ("@x", "'@x"), ("\tx", "'\tx"), ("x=1", "x=1"), (None, "")],
)
def test_a_name_is_no_formula_to_a_spreadsheet(
    tmp_path: Path, name: str | None, written: str
) -> None:
    import csv

    one = Change(1, name, None, "pinned", False, True)
    path = write_plan(tmp_path / "plan.csv", CLIENT, [one])
    with path.open(newline="", encoding="utf-8") as file:
        (row,) = csv.DictReader(file)
    assert (row["dashboard_name"], row["tile"]) == (written, "")


def test_a_run_says_what_was_done_and_what_is_not_known() -> None:
    assert repr(dw.journal()) == "No runs yet."
    assert dw.journal()._repr_html_() == "<p>No runs yet.</p>"
    changes = [change(name, "a", "b") for name in ("name", "description")]
    name, journal = begin("https://a.example", 7, changes, None)
    with pytest.raises(dw.ConfigurationError, match="still running"):
        type(journal)(journal.path)
    journal.write(what="sending", changes=[0, 1])
    journal.write(what="note", change=1, memo={"tiles": [3]})
    journal.write(what="answer", changes=[(0, "done", "", "B")], wait=False)
    journal.close()
    (row,) = dw.journal().frame.to_dict("records")
    assert (row["run"], row["state"]) == (name, "cut off")
    assert (row["changes"], row["done"], row["left"], row["unknown"]) == (2, 1, 1, 1)
    assert str(row["began"].tz) == "UTC"
    run = read_run(journal.path)
    assert [(one.state, one.new, one.sent, one.memo) for one in run.changes] == [
        ("done", "B", True, {}),
        ("ready", "b", True, {"tiles": [3]}),
    ]
    again = type(journal)(journal.path)
    again.write(what="end")
    again.close()
    assert dw.journal().frame["state"].tolist() == ["finished"]
    assert name in repr(dw.journal())
    assert f"<td>{name}</td>" in dw.journal()._repr_html_()


def test_the_newest_run_comes_first() -> None:
    names = []
    for _ in range(2):
        name, journal = begin("https://a.example", 7, [change("name", "a", "b")], None)
        journal.close()
        names.append(name)
    assert dw.journal().frame["run"].tolist() == sorted(names, reverse=True)
