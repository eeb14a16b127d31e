"""What a user does to one dashboard, against the embedded project."""

from __future__ import annotations

import pytest

import dashwidgets as dw


@pytest.fixture
def board(ph: dw.Project) -> dw.Dashboard:
    return ph.dashboard("Growth overview").duplicate("A copy", deep=True)


def ids(board: dw.Dashboard) -> list[int]:
    return board.tiles()["id"].tolist()


def test_tiles_are_moved_copied_reordered_written_and_removed(
    ph: dw.Project, board: dw.Dashboard
) -> None:
    other = ph.create("Another")
    first, second, *_ = ids(board)
    board.move_tile(first, to=other)
    assert ids(other) == [first]
    board.copy_tile(second, to=other.id)
    assert len(ids(other)) == 2
    order = ids(board)[::-1]
    board.reorder(order, "full_width")
    assert ids(board) == order
    text = other.add_text("# Hello", layout={"x": 0, "y": 9, "w": 4, "h": 2})
    written = other.tiles().set_index("id").loc[text]
    assert (written["text"], written["y"], written["w"]) == ("# Hello", 9, 4)
    other.remove_tile(text)
    assert text not in ids(other)
    with pytest.raises(dw.NotFound, match="Moving tile"):
        board.move_tile(text, to=other)


def test_frames_of_a_board_say_where_they_come_from(ph: dw.Project, board: dw.Dashboard) -> None:
    for frame in (board.tiles(), board.collaborators(), board.sharing()):
        assert frame.attrs["complete"] is True
        assert frame.attrs["requests_spent"] == 1
        assert (frame.attrs["host"], frame.attrs["project_id"]) == (ph.client.host, 1)


def test_layouts_are_read_back(board: dw.Dashboard) -> None:
    tile = ids(board)[1]
    box = {"x": 3, "y": 40, "w": 5, "h": 4}
    board.update(layouts={tile: box})
    assert board.tiles().set_index("id").loc[tile, ["x", "y", "w", "h"]].tolist() == [3, 40, 5, 4]
    with pytest.raises(dw.UnexpectedAnswer, match=r"\[424242\]"):
        board.update(layouts={424_242: box})


def test_people_are_invited_to_a_restricted_board(ph: dw.Project, board: dw.Dashboard) -> None:
    members = ph.members().set_index("name")
    ines = members.loc["Ines Falk", "user_uuid"]
    with pytest.raises(dw.BadRequest, match="lowest restriction level"):
        board.add_collaborator(ines)
    board.update(restriction_level=37)
    board.add_collaborator(ines)
    assert board.collaborators()["email"].tolist() == ["ines@example.com"]
    board.remove_collaborator(ines)
    assert board.collaborators().empty
    with pytest.raises(dw.ConfigurationError, match="uuid"):
        board.add_collaborator("ines")


def test_a_link_is_opened_rotated_and_protected_without_being_seen(board: dw.Dashboard) -> None:
    assert board.sharing()["token"].isna().all()
    token = board.share(settings={"legend": True})
    assert token is not None
    assert len(token.reveal()) == 30
    shown = board.sharing()
    assert token.reveal() not in shown.to_string() + repr(token) + shown.to_html()
    assert shown["token"].iloc[0] == token
    assert board.rotate_link() != token
    with pytest.raises(dw.BadRequest, match="Password protection must be enabled"):
        board.add_share_password()
    board.share(password_required=True)
    word = board.add_share_password(note="board members")
    assert len(word.reveal()) == 22
    assert board.sharing()["passwords"].tolist() == [1]
    with pytest.raises(dw.ConfigurationError, match="8 characters"):
        board.add_share_password("short")
    words = board.share_passwords()
    assert words[["note", "created_by"]].iloc[0].tolist() == ["board members", "mara@example.com"]
    assert word.reveal() not in words.to_csv()
    board.remove_share_password(words["id"].iloc[0])
    assert board.share_passwords().empty
    with pytest.raises(dw.ConfigurationError, match="nonsense"):
        board.share(settings={"nonsense": True})
    board.share(False)
    assert not board.sharing()["public"].iloc[0]


def test_deleting_hides_and_restoring_brings_back(ph: dw.Project, board: dw.Dashboard) -> None:
    tiles = ids(board)
    board.delete()
    assert board.id not in ph.dashboards()["id"].tolist()
    with pytest.raises(dw.NotFound):
        board.read()
    assert ids(board.restore()) == tiles


def test_insights_and_members_are_frames(ph: dw.Project) -> None:
    insights = ph.insights()
    assert insights.attrs["complete"]
    alone = insights[insights["dashboard_count"] == 0]
    assert alone["name"].tolist() == ["Exports, first draft"]
    assert set(ph.members()["level"]) == {"owner", "admin", "member"}
