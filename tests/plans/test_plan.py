"""A plan says what would change, what would not and why, before anything is sent."""

from __future__ import annotations

import copy
import json
import pickle
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import dashwidgets as dw
from dashwidgets.frames.baseline import NAME
from dashwidgets.plans.plan import Plan
from dashwidgets.plans.verbs.dashboards import ids_of
from tests.local import local


def states(plan: Plan) -> dict[tuple[int, str], tuple[str, str]]:
    frame = plan.changes
    keys = zip(frame["dashboard"], frame["field"], strict=True)
    return dict(zip(keys, zip(frame["state"], frame["reason"], strict=True), strict=True))


def test_an_edited_frame_becomes_changed_cells(shared: dw.Project) -> None:
    boards = shared.dashboards()
    boards.loc[boards["id"] == 1, "name"] = " Growth, weekly "
    at = boards.index[boards["id"] == 2][0]
    boards.at[at, "tags"].append("Weekly")  # in place: the baseline must not follow
    boards["pinned"] = boards["pinned"] ^ (boards["id"] == 3)
    spent = shared.client.requests_spent
    plan = shared.plan(boards)
    assert shared.client.requests_spent - spent == 1
    found = plan.changes.set_index(["dashboard", "field"])
    assert set(found.index) == {(1, "name"), (2, "tags"), (3, "pinned")}
    assert found.loc[(1, "name"), ["old", "new"]].tolist() == ["Growth overview", "Growth, weekly"]
    assert found.loc[(2, "tags"), "new"][-1] == "weekly"
    assert (found["state"] == "ready").all()
    assert plan.requests == 1 + 3 + 1


def test_rows_and_columns_left_out_are_left_alone(shared: dw.Project) -> None:
    boards = shared.dashboards()
    few = boards[boards["id"].isin([1, 2])][["id", "description"]].copy()
    few["description"] = "Both"
    assert set(states(shared.plan(few))) == {(1, "description"), (2, "description")}


@pytest.mark.parametrize("read", ["dashboards", "tiles"])
def test_an_index_may_say_which_row_is_which(shared: dw.Project, read: str) -> None:
    frame = getattr(shared, read)()
    indexed = frame.set_index("id")
    field = "description" if read == "dashboards" else "color"
    key = int(frame["id"].iloc[0])
    indexed.loc[key, field] = "blue"
    assert shared.plan(indexed).changes["field"].tolist() == [field]


@pytest.mark.parametrize(
    "through",
    [
        copy.deepcopy,
        lambda f: pickle.loads(pickle.dumps(f)),  # noqa: S301 - our own
        lambda f: f.query("id < 9").copy(),
    ],
    ids=["deepcopy", "pickle", "filter"],
)
def test_a_frame_remembers_what_it_was(shared: dw.Project, through: Any) -> None:
    boards = through(shared.dashboards())
    boards.loc[boards["id"] == 1, "name"] = "New"
    assert states(shared.plan(boards)) == {(1, "name"): ("ready", "")}


def test_what_a_frame_remembers_costs_pandas_nothing(shared: dw.Project, tmp_path: Path) -> None:
    boards = shared.dashboards()
    halves = pd.concat([boards.iloc[:5], boards.iloc[5:]])
    assert halves.attrs[NAME] == boards.attrs[NAME]
    assert json.loads(json.dumps(boards.attrs))[NAME] == boards.attrs[NAME]
    boards.attrs[NAME].rows.loc[0, "name"] = "?"  # its rows are its own
    assert boards["name"].iloc[0] != "?"


def _with(column: str, value: Any) -> Any:
    def edit(boards: pd.DataFrame) -> pd.DataFrame:
        boards[column] = boards[column].astype("object")
        boards.at[boards.index[0], column] = value
        return boards

    return edit


def _elsewhere(boards: pd.DataFrame) -> pd.DataFrame:
    boards.attrs["project_id"] = 99
    return boards


def _forgotten(boards: pd.DataFrame) -> pd.DataFrame:
    boards.attrs = {}
    return boards


BAD: dict[str, tuple[Any, str]] = {
    "renamed column": (lambda f: f.rename(columns={"name": "title"}), "'title'"),
    "renamed id": (lambda f: f.rename(columns={"id": "key"}), "'key'"),
    "no id": (lambda f: f.drop(columns="id"), "id is missing"),
    "mistyped column": (lambda f: f.assign(tag="x"), "'tags'"),
    "duplicate ids": (lambda f: pd.concat([f, f.iloc[:1]]), "twice"),
    "row of another project": (_with("id", 424_242), "424242"),
    "id that is none": (_with("id", "one"), "not a valid id"),
    "another project": (_elsewhere, "another project"),
    "forgotten": (_forgotten, "does not remember"),
    "missing name": (_with("name", float("nan")), "name is missing"),
    "missing pinned": (_with("pinned", None), "pinned is missing"),
    "missing tags": (_with("tags", None), "tags is missing"),
    "tags as a string": (_with("tags", "growth"), "list of strings"),
    "a tag that is a number": (_with("tags", ["growth", 7]), "7"),
    "pinned as a word": (_with("pinned", "yes"), "True or False"),
    "name as a number": (_with("name", 12), "string"),
    "no frame": (lambda _: [1, 2], "edited frame"),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_input_is_one_error_before_any_request(shared: dw.Project, case: str) -> None:
    make, reason = BAD[case]
    frame = make(shared.dashboards())
    spent = shared.client.requests_spent
    with pytest.raises(dw.ConfigurationError, match=reason) as error:
        shared.plan(frame)
    assert "\n" not in str(error.value)
    assert shared.client.requests_spent == spent


def test_refusals_are_told_row_by_row(shared: dw.Project) -> None:
    boards = shared.dashboards()
    boards.loc[boards["id"] == 1, "owner"] = "Me"
    boards.loc[boards["id"] == 2, "name"] = "x" * 401
    boards.loc[boards["id"] == 3, "restriction_level"] = 22
    boards.loc[boards["id"] == 4, "name"] = "zero\0byte"
    found = states(shared.plan(boards))
    assert {state for state, _ in found.values()} == {"refused"}
    assert "PostHog sets" in found[(1, "owner")][1]
    assert "400" in found[(2, "name")][1]
    assert "37" in found[(3, "restriction_level")][1]
    assert "can't be sent" in found[(4, "name")][1]
    plan = shared.plan(boards)
    assert plan.requests == 0
    spent = shared.client.requests_spent
    assert set(plan.apply()["state"]) == {"refused"}
    assert shared.client.requests_spent == spent


def test_somebody_elses_change_is_a_conflict() -> None:
    with local() as ph:
        boards = ph.dashboards()
        boards.loc[boards["id"].isin([1, 2]), "name"] = "Mine"
        ph.dashboard(1).update(name="Theirs")
        ph.dashboard(2).update(name="Mine")
        plan = ph.plan(boards)
        assert states(plan)[(1, "name")] == (
            "conflict",
            "somebody changed it since: it is 'Theirs' now",
        )
        assert states(plan)[(2, "name")] == ("skipped", "it already has this value")
        plan = ph.plan().tag([1, 3], "mine")
        ph.dashboard(3).update(tags=["theirs"])  # between the plan and applying it
        done = plan.apply()
        assert done.set_index("dashboard")["state"].to_dict() == {1: "done", 3: "skipped"}
        assert "theirs" in done.set_index("dashboard").loc[3, "reason"]
        assert ph.dashboards().set_index("id").loc[3, "tags"] == ["theirs"]


def test_verbs_chain_and_take_each_other_back(shared: dw.Project) -> None:
    plan = shared.plan().tag([1, 2], "A ", "b").untag(1, "b").rename(1, str.upper)
    found = plan.changes.set_index(["dashboard", "field"])["new"]
    assert found[(1, "tags")][-1] == "a"
    assert found[(2, "tags")][-2:] == ["a", "b"]
    assert found[(1, "name")] == "GROWTH OVERVIEW"
    plan.untag([1, 2], "a", "b").rename({1: 1}.keys(), {1: "Growth overview"})
    assert len(plan) == 0


@pytest.mark.parametrize(
    "verb",
    [
        lambda plan: plan.tag(999_999, "x"),
        lambda plan: plan.tag(["Revenue", "No such board"], "x"),
        lambda plan: plan.tag(1),
        lambda plan: plan.tag(1, " "),
        lambda plan: plan.pin(1, "yes"),
        lambda plan: plan.rename(1, 12),
        lambda plan: plan.rename([1, 2], {1: "one"}),
        lambda plan: plan.invite(1, "nobody"),
        lambda plan: plan.layout(1, {1: {"z": 3}}),
        lambda plan: plan.delete(1, grace="soon"),
    ],
)
def test_verbs_refuse_what_can_not_be_meant(shared: dw.Project, verb: Any) -> None:
    with pytest.raises((dw.ConfigurationError, dw.NotFound, TypeError)):
        verb(shared.plan())


def test_what_is_not_there_is_named(shared: dw.Project) -> None:
    for verb in ("pin", "share"):
        with pytest.raises(dw.ConfigurationError, match="Dashboard 999999 is not in this project"):
            getattr(shared.plan(), verb)([1, 999_999])
    with pytest.raises(dw.ConfigurationError, match="Dashboard 999999 is not in this project"):
        shared.plan().layout(999_999, {1: {"x": 3}})
    with pytest.raises(dw.ConfigurationError, match="Tile 999999 is not on dashboard 1"):
        shared.plan().layout(1, {999_999: {"x": 3}})


def test_what_a_verb_is_about(shared: dw.Project) -> None:
    boards = shared.dashboards()
    report = shared.audit(["public"])
    about = [
        shared.plan().pin(boards.query("id == 2")),
        shared.plan().pin(shared.dashboard(2)),
        shared.plan().pin(pd.Series([2, 2])),
        shared.plan().pin(shared.tiles().query("dashboard_id == 2")),
    ]
    assert all(plan.changes["dashboard"].tolist() in ([2], []) for plan in about)
    assert set(shared.plan().unshare(report).changes["dashboard"]) == set(
        report.findings["dashboard_id"]
    )


def test_rights_are_told_before_sending() -> None:
    from tests.local import running

    with (
        running() as served,
        dw.connect(served.url, served.keys["owner"], served.project_id) as owner,
        dw.connect(served.url, served.keys["member"], served.project_id) as member,
    ):
        mine = owner.create("Owner's own", restriction_level=37)
        owner_email = owner.client.send(_me())["email"]
        plan = member.plan().pin(mine.id).restrict(1)
        found = states(plan)
        assert found[(mine.id, "pinned")][0] == "refused"
        assert "may view" in found[(mine.id, "pinned")][1]
        plan = owner.plan().invite([1, mine.id], owner_email)
        assert [state for state, _ in states(plan).values()] == ["refused", "refused"]
        readonly = dw.connect(served.url, served.keys["readonly"], served.project_id)
        with readonly:
            spent = readonly.client.requests_spent
            done = readonly.plan().tag(readonly.dashboards(), "x").apply()
            assert set(done["state"]) == {"refused"}
            assert done["reason"].str.contains("dashboard:write|You may view").all()
            # One list each for frame, plan and apply; not one refusal a dashboard.
            assert readonly.client.requests_spent - spent <= 3 + 10


def _me() -> Any:
    from dashwidgets.api.endpoints import users

    return users.me()


HOSTILE = "<img src=x onerror=alert(1)>\u202e\x1b[31m=cmd()"


def test_hostile_names_are_shown_and_not_obeyed(tmp_path: Path) -> None:
    with local() as ph:
        ph.dashboard(1).update(name=HOSTILE)
        plan = ph.plan().tag(1, "<script>").describe(1, HOSTILE)
        html, text = plan._repr_html_(), str(plan)
        assert "<img" not in html
        assert "<script" not in html
        assert "&lt;img" in html
        assert "\u202e" not in html + text
        assert "\x1b" not in html + text
        assert "<del>" in html
        assert "~~" in text
        again = ph.plan(plan.to_csv(tmp_path / "plan.csv"))
        assert again.changes.equals(plan.changes)


def test_csv_round_trip(shared: dw.Project, tmp_path: Path) -> None:
    ids = shared.dashboards()["id"]
    plan = shared.plan().tag(ids, 'été, "x"').pin([1, 2]).unshare(ids).rename(1, "-1+2")
    path = plan.to_csv(tmp_path / "plan.csv")
    assert shared.plan(path).changes.equals(plan.changes)
    assert Plan.from_csv(path, shared.client).changes.equals(plan.changes)
    text = path.read_text()
    for bad, reason in [
        (text.replace("http://", "http://other."), "it is for project"),
        (text.replace("pinned", "owner"), "can't be changed"),
        (text.replace("field", "column"), "field is missing"),
        (text + text.splitlines()[1] + "\n", "twice"),
        (text.replace("true", "maybe"), "can't be read"),
    ]:
        path.write_text(bad)
        spent = shared.client.requests_spent
        with pytest.raises(dw.ConfigurationError, match=reason):
            shared.plan(path)
        assert shared.client.requests_spent == spent


def test_findings_become_a_plan(shared: dw.Project) -> None:
    report = shared.audit(["public", "stale", "untagged"])
    plan = report.fix("public")
    assert set(plan.changes["field"]) == {"public"}
    assert not any(plan.changes["new"])
    assert set(report.fix("stale").changes["field"]) == {"tags"}
    with pytest.raises(dw.ConfigurationError, match="decide"):
        report.fix("untagged")
    with pytest.raises(dw.ConfigurationError, match="'no-such'"):
        report.fix("no-such")


def test_verbs_take_exact_names(shared: dw.Project) -> None:
    plan = shared.plan().tag(["Revenue", "Retention"], "q4").pin(1, on=False)
    names = plan.changes.set_index("dashboard_name")["field"].to_dict()
    assert names == {"Revenue": "tags", "Retention": "tags", "Growth overview": "pinned"}
    with pytest.raises(dw.NotFound, match="did you mean 'Revenue'"):
        shared.plan().tag("Revenu", "q4")


def test_a_name_of_several_dashboards_is_refused_with_their_ids() -> None:
    rows = [{"id": 4, "name": "Revenue"}, {"id": 9, "name": "Revenue"}]
    with pytest.raises(dw.AmbiguousName, match="4, 9"):
        ids_of("Revenue", rows)
    assert ids_of(["Revenue", 4], rows[:1]) == [4]
