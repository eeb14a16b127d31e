"""Frames over every dashboard of a project, and what reading them leaves behind."""

from __future__ import annotations

import pandas as pd
import pytest

import dashwidgets as dw
from dashwidgets.api.endpoints import dashboards as api
from dashwidgets.bulk import last_accessed as traces
from tests.local import Running


def opened(ph: dw.Project) -> dict[int, str]:
    frame = ph.dashboards()
    return {key: str(at) for key, at in zip(frame["id"], frame["last_accessed_at"], strict=True)}


def test_public_links_of_every_dashboard_cost_a_request_each(ph: dw.Project) -> None:
    boards = ph.dashboards().set_index("id")
    links = ph.sharing()
    assert links.attrs["complete"] is True
    assert links.attrs["requests_spent"] == len(boards) + 1
    assert links.set_index("dashboard_id")["public"].to_dict() == boards["public"].to_dict()
    public = links[links["public"]].iloc[0]
    assert public["token"].reveal() not in f"{links} {links.to_dict()} {links.to_csv()}"


def test_collaborators_of_some_dashboards(ph: dw.Project) -> None:
    board = ph.dashboard("Revenue").duplicate("For two", deep=True).update(restriction_level=37)
    ines = ph.members().set_index("name").loc["Ines Falk", "user_uuid"]
    board.add_collaborator(ines)
    frame = ph.collaborators([board.id])
    assert frame[["dashboard_id", "name"]].to_numpy().tolist() == [[board.id, "Ines Falk"]]
    assert frame.attrs["requests_spent"] == 1
    board.delete()


def test_a_key_without_the_scope_hears_which_one_it_lacks(server: Running) -> None:
    with (
        dw.connect(server.url, server.keys["readonly"], server.project_id) as ph,
        pytest.raises(dw.Forbidden, match="sharing_configuration:read") as refused,
    ):
        ph.sharing()
    assert refused.value.scope == "sharing_configuration:read"


def test_one_dashboard_that_refuses_is_named_and_the_rest_is_read(ph: dw.Project) -> None:
    known = ph.dashboard("Revenue").id
    links = ph.sharing([known, 424_242])
    assert links["dashboard_id"].tolist() == [known]
    assert links.attrs["complete"] is False
    assert "not found" in links.attrs["unread"][424_242]


def test_reading_deeply_opens_nothing_where_sql_tells_it(ph: dw.Project) -> None:
    before = opened(ph)
    tiles = ph.tiles(deep=True)
    assert (tiles.attrs["source"], tiles.attrs["complete"]) == ("sql", True)
    assert opened(ph) == before
    with pytest.warns(UserWarning, match="put back"):
        slow = ph.tiles(deep="open", put_back=True)
    assert tiles.dtypes.equals(slow.dtypes)
    told = [name for name in slow if name not in tiles.attrs["missing"]]
    # An insight without a name of its own has one that SQL does not know.
    told = [name for name in told if name not in ("name", "last_accessed_at")]
    by_id = [frame.sort_values("id", ignore_index=True)[told] for frame in (tiles, slow)]
    pd.testing.assert_frame_equal(*by_id)


def test_opening_tells_the_price_and_keeps_what_was_before(ph: dw.Project) -> None:
    before = opened(ph)
    with pytest.warns(UserWarning, match=r"Opening \d+ dashboards \(\d+ requests\)"):
        tiles = ph.tiles(deep="open")
    kept = tiles.drop_duplicates("dashboard_id").set_index("dashboard_id")["last_accessed_at"]
    assert {key: str(moment) for key, moment in kept.items()} == {
        key: before[key] for key in kept.index
    }
    assert opened(ph) != before


def test_what_reading_changed_is_put_back_when_asked(ph: dw.Project) -> None:
    before = opened(ph)
    with pytest.warns(UserWarning, match="put back"):
        tiles = ph.tiles(deep="open", put_back=True)
    assert tiles.attrs["not_put_back"] == {}
    assert tiles.attrs["requests_spent"] == 2 * len(before) + 3
    assert opened(ph) == before


def test_what_somebody_else_opened_meanwhile_is_left(ph: dw.Project) -> None:
    board = ph.dashboard("Revenue")
    before = {board.id: None}
    ours = {board.id: ph.client.send(api.read(board.id))}
    theirs = ph.client.send(api.read(board.id))["last_accessed_at"]
    assert traces.put_back(ph.client, before, ours) == {
        board.id: "somebody else opened it in the meantime"
    }
    listed = {row["id"]: row for row in ph.client.send(api.page(5000)).results}
    assert listed[board.id]["last_accessed_at"] == theirs
