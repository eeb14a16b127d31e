"""``board.edit()`` as its user uses it, in a real JupyterLab."""

from __future__ import annotations

from pathlib import Path

import nbformat

from tests.browser.lab import Lab
from tests.browser.test_first_look import save_picture

AXE = Path(__file__).parents[2] / "js" / "node_modules" / "axe-core" / "axe.min.js"
HOSTILE = (
    "<script>window.ran=1</script><img src=x onerror='window.ran=1'>"
    "[x](javascript:window.ran=1) \u202eright to left\u202c "
)


def write(lab: Lab, name: str, *cells: str) -> str:
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(cell) for cell in cells],
        # Without it Lab asks which kernel to start, and waits.
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3 (ipykernel)"}},
    )
    nbformat.write(notebook, lab.root / name)
    return name


def blame(lab: Lab, selector: str) -> list[str]:
    """What axe finds wrong inside an element."""
    lab.page.evaluate("source => { (0, eval)(source) }", AXE.read_text())
    found = lab.page.evaluate("selector => axe.run(selector).then((r) => r.violations)", selector)
    return [f"{v['id']}: {n['html'][:160]} {n['any'][:1]}" for v in found for n in v["nodes"]]


CONNECT = "import dashwidgets as dw\nph = dw.local()\nboard = ph.dashboard('Growth overview')"
HOSTILE_CONNECT = CONNECT.replace("dw.local()", "dw.local(sample='hostile')")


def test_edit_save_and_choose(lab: Lab) -> None:
    page = lab.open(write(lab, "edit.ipynb", CONNECT, "editor = board.edit()\neditor"))
    lab.run_all()
    page.wait_for_selector(".dw-edit")
    assert page.locator(".dw-field[data-dw-state=saved]").count() == 13
    assert page.locator(".dw-save").is_disabled()

    # Typing is an edit that Python sees; undo takes it back, redo brings it again.
    name = page.get_by_label("Name", exact=True)
    name.fill("Growth, weekly")
    page.wait_for_selector(".dw-field-name[data-dw-state=edited]")
    page.get_by_role("button", name="Undo", exact=True).click()
    assert name.input_value() == "Growth overview"
    page.get_by_role("button", name="Redo", exact=True).click()
    assert name.input_value() == "Growth, weekly"
    page.get_by_role("button", name="Only collaborators").click()
    page.get_by_label("Invite a member").select_option(index=1)
    page.get_by_label("Tags").fill("Reviewed")
    page.get_by_label("Tags").press("Enter")
    page.get_by_role("group", name="Public link").get_by_role("button", name="On").click()
    page.get_by_role("group", name="Password required").get_by_role("button", name="On").click()
    page.wait_for_timeout(300)  # a comm message has no answer to wait for
    assert lab.ask_json("sorted(editor.changes)") == [
        "collaborators",
        "name",
        "password_required",
        "restriction_level",
        "sharing_enabled",
        "tags",
    ]
    assert lab.ask_json("editor.dirty") is True
    assert "3 requests" in page.locator(".dw-edit .dw-foot").inner_text()

    # Ctrl+S saves here, and not the notebook.
    saved_before = (lab.root / "edit.ipynb").stat().st_mtime_ns
    name.press("Control+s")
    page.wait_for_selector(".dw-edit :text('Everything is saved')")
    assert (lab.root / "edit.ipynb").stat().st_mtime_ns == saved_before
    assert lab.ask_json("board.read()['name']") == "Growth, weekly"
    assert "reviewed" in lab.ask_json("board.read()['tags']")
    assert lab.ask_json("len(board.collaborators())") == 1
    assert lab.ask_json("bool(board.sharing()['public'].iloc[0])") is True

    # A new password is shown once, and is in no trait.
    page.get_by_label("Note for a new password").fill("board members")
    page.get_by_role("button", name="Add", exact=True).click()
    secret = page.locator(".dw-password").inner_text()
    assert len(secret) >= 8
    assert lab.ask_json(f"{secret!r} in repr(editor.get_state())") is False
    page.get_by_role("button", name="I have copied it").click()
    assert page.locator(".dw-password").count() == 0
    assert page.locator("[data-dw-password]").count() == 1

    # Somebody else changes what is edited here: both are shown, the user chooses.
    name.fill("Mine")
    page.wait_for_timeout(1_000)
    lab.ask("ph.dashboard(board.id).update(name='Theirs')")
    page.locator(".dw-save").click()
    theirs = page.locator(".dw-theirs")
    theirs.wait_for()
    assert "Theirs" in theirs.inner_text()
    assert "Mine" in theirs.inner_text()
    assert lab.ask_json("board.read()['name']") == "Theirs"
    for theme in lab.themes():
        save_picture(lab, ".dw-edit", f"edit-{theme}")
        assert blame(lab, ".dw-edit") == []
    theirs.get_by_role("button", name="Keep mine").click()
    theirs.wait_for(state="detached")
    page.locator(".dw-save").click()
    page.wait_for_selector(".dw-edit :text('Everything is saved')")
    assert lab.ask_json("board.read()['name']") == "Mine"


def test_hostile_text_is_text(lab: Lab) -> None:
    text = (HOSTILE + "w" * 400)[:400]
    setup = (
        f"text = {text!r}\n"
        "board.update(name=text, description=text, tags=[text[:200], 'x'*180],"
        " filters={'date_from': text})\n"
        "board.share(password_required=True)\n"
        "board.add_share_password(note=text[:100])\n"
        "from dashwidgets.api.endpoints import dashboards as api\n"
        "_ = board._client.send(api.update(board.id, breakdown_colors=["
        "{'breakdownValue': text, 'breakdownType': 'event', 'colorToken': 'preset-1'}]))"
    )
    notebook = write(
        lab, "hostile.ipynb", HOSTILE_CONNECT, setup, "editor = board.edit()\neditor", "ph.browse()"
    )
    page = lab.open(notebook)
    lab.run_all()
    page.wait_for_selector(".dw-edit")
    page.wait_for_selector(".dw-browse tbody tr[data-dw-id]")
    page.get_by_role("button", name="Preview").click()
    page.wait_for_selector(".dw-preview")
    page.get_by_label("Name", exact=True).fill(text[1:])
    page.wait_for_timeout(1_000)  # the edit is in Python before the other write is heard of
    lab.ask("ph.dashboard(board.id).update(name=text[::-1])")
    page.locator(".dw-save").click()
    page.wait_for_selector(".dw-theirs")
    page.wait_for_timeout(500)
    assert page.evaluate("window.ran") is None
    for widget in (".dw-edit", ".dw-browse"):
        inside = page.locator(widget)
        assert inside.locator("script, img, a[href^='javascript' i]").count() == 0
        assert inside.evaluate("e => e.scrollWidth <= e.clientWidth"), f"{widget} overflows"
        outside = """(e) => [...e.querySelectorAll('*')].filter((one) => {
          const box = one.getBoundingClientRect();
          return box.width && box.right > e.getBoundingClientRect().right + 1
            && !one.closest('.dw-preview, .dw-both, .dw-clip, .dw-chip, td, .dw-hidden');
        }).map((one) => one.outerHTML.slice(0, 200))"""
        assert inside.evaluate(outside) == []


def test_lifecycle_leaves_nothing_behind(lab: Lab) -> None:
    notebook = write(lab, "lifecycle.ipynb", CONNECT, "editor = board.edit()\neditor")
    page = lab.open(notebook)
    complaints: list[str] = []
    page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
    lab.run_all()
    page.wait_for_selector(".dw-edit")
    # A second view shows the same draft.
    page.evaluate(
        """() => {
          const panel = window.jupyterapp.shell.currentWidget;
          panel.content.activeCellIndex = 1;
          return window.jupyterapp.commands.execute("notebook:create-output-view");
        }"""
    )
    page.wait_for_function("() => document.querySelectorAll('.dw-edit').length === 2")
    page.locator(".dw-edit").first.get_by_label("Name", exact=True).fill("Both")
    page.wait_for_function(
        "() => [...document.querySelectorAll('.dw-field-name input')]"
        ".every((one) => one.value === 'Both')"
    )
    lab_ask = page.evaluate
    lab_ask("() => window.jupyterapp.shell.activateById(window.jupyterapp.shell.currentWidget.id)")
    page.locator(".dw-edit").first.get_by_role("button", name="Discard").click()
    page.wait_for_function(
        "() => [...document.querySelectorAll('.dw-field-name input')]"
        ".every((one) => one.value === 'Growth overview')"
    )
    # The kernel goes: the form says so, and does not pretend to save.
    page.locator(".dw-edit").first.get_by_label("Name", exact=True).fill("Lost")
    page.evaluate(
        "() => window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.restart()"
    )
    page.locator(".dw-edit .dw-notice", has_text="Not connected to Python").first.wait_for()
    page.locator(".dw-edit .dw-save").first.click()
    page.locator(".dw-edit .dw-foot", has_text="Not connected to Python").first.wait_for()
    page.wait_for_timeout(500)
    assert [c for c in complaints if "dashwidgets" in c or "dw-" in c or "Error" in c] == []
