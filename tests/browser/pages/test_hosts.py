"""Where there is no JupyterLab: VS Code's iframe, and a page that only has the system's wish.

VS Code gives a widget an iframe whose root has its colors as variables, whose body names the kind
of theme, and whose box behind widgets is white. The iframe here is the same, with the colors of
its own themes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html import escape
from typing import Any, get_type_hints

import pytest
from playwright.sync_api import Browser, Frame, Page

import dashwidgets as dw
from dashwidgets.widgets.shared.bundle import bundle
from dashwidgets.widgets.shared.page import page as page_of
from dashwidgets.widgets.shared.state.arrange import ArrangeState
from dashwidgets.widgets.shared.state.browse import BrowseState
from dashwidgets.widgets.shared.state.edit import EditState
from tests.browser.test_edit import AXE
from tests.hosts.vscode import TABLES

THEMES = {
    "dark-modern": {
        "kind": "vscode-dark",
        "editor-background": "#1f1f1f",
        "editor-foreground": "#cccccc",
        "textLink-foreground": "#4daafc",
        "focusBorder": "#0078d4",
    },
    "light-modern": {
        "kind": "vscode-light",
        "editor-background": "#ffffff",
        "editor-foreground": "#3b3b3b",
        "textLink-foreground": "#005fb8",
        "focusBorder": "#005fb8",
    },
    "dark-high-contrast": {
        "kind": "vscode-high-contrast",
        "editor-background": "#000000",
        "editor-foreground": "#ffffff",
        "textLink-foreground": "#21a6ff",
        "focusBorder": "#f38518",
        "contrastBorder": "#6fc3df",
    },
    "light-high-contrast": {
        "kind": "vscode-high-contrast-light",
        "editor-background": "#ffffff",
        "editor-foreground": "#292929",
        "textLink-foreground": "#0f4a85",
        "focusBorder": "#006bbd",
        "contrastBorder": "#0f4a85",
    },
}
ORIGIN = "http://host.test"
WHITE = f"<style>.cell-output-ipywidget-background{{background:white!important}}{TABLES}</style>"
# What axe says it can't judge: signs that are no text, and text whose box reaches under another.
UNJUDGED = ("nonBmp", "elmPartiallyObscuring")
PUT_ON = """([kind, style]) => {
  document.body.className = kind;
  document.body.dataset.vscodeThemeKind = kind;
  document.documentElement.style = style;
}"""
STATES = {"browse": BrowseState, "edit": EditState, "arrange": ArrangeState}


@pytest.fixture(scope="module")
def pages() -> Iterator[dict[str, str]]:
    """Each widget of a real board, as a page of its own."""
    with dw.local() as ph:
        board = ph.dashboard("Growth overview")
        widgets = {
            "browse": ph.browse(ph.audit()),
            "edit": board.edit(),
            "arrange": board.arrange(),
        }
        widgets["edit"].changes = {"name": "Mine", "tags": ["growth", "new"]}
        widgets["edit"].refused = {"tags": "You don't have edit permissions for this dashboard."}
        widgets["edit"].theirs = {"name": "Theirs"}
        yield {name: alone(name, widget) for name, widget in widgets.items()}
        for widget in widgets.values():
            widget.close()


def alone(name: str, widget: Any) -> str:
    state = {trait: getattr(widget, trait) for trait in get_type_hints(STATES[name])}
    return page_of(name, *bundle(name), state, "")


@contextmanager
def opened(chromium: Browser, served: dict[str, str], **options: Any) -> Iterator[Page]:
    context = chromium.new_context(
        viewport={"width": 1100, "height": 760}, bypass_csp=True, **options
    )
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.route(
        f"{ORIGIN}/**",
        lambda route: route.fulfill(
            body=served.get(route.request.url, ""), content_type="text/html; charset=utf-8"
        ),
    )
    yield page
    context.close()
    assert errors == []


def style_of(theme: dict[str, str]) -> str:
    return "".join(f"--vscode-{name}:{value};" for name, value in theme.items() if name != "kind")


@contextmanager
def in_vscode(chromium: Browser, html: str, theme: dict[str, str]) -> Iterator[Frame]:
    """A widget in an iframe as VS Code makes one."""
    kind = theme["kind"]
    inner = html.replace("<html ", f'<html style="{escape(style_of(theme))}" ')
    inner = inner.replace("<body>", f'<body class="{kind}" data-vscode-theme-kind="{kind}">{WHITE}')
    inner = inner.replace("<main ", '<main class="cell-output-ipywidget-background" ')
    outer = f'<iframe src="{ORIGIN}/inner" style="width:100%;height:740px;border:0"></iframe>'
    # The system wishes the opposite: the host decides.
    wish = "light" if "dark" in kind else "dark"
    served = {f"{ORIGIN}/": outer, f"{ORIGIN}/inner": inner}
    with opened(chromium, served, color_scheme=wish) as page:
        page.goto(f"{ORIGIN}/")
        frame = page.frames[1]
        frame.locator(".dw .dw-foot").wait_for()
        yield frame


def color(frame: Frame | Page, selector: str, name: str) -> str:
    return frame.locator(selector).first.evaluate("(e, name) => getComputedStyle(e)[name]", name)


def rgb(hex_: str) -> str:
    return "rgb({}, {}, {})".format(*bytes.fromhex(hex_[1:]))


def too_faint(frame: Frame | Page) -> list[str]:
    """Texts without AA contrast."""
    frame.evaluate("source => { (0, eval)(source) }", AXE.read_text())
    found = frame.evaluate("() => axe.run('.dw', {runOnly: ['color-contrast']})")
    judged = sum(len(rule["nodes"]) for rule in found["passes"])
    assert judged > 20, f"only {judged} texts were judged"
    bad = [n for rule in [*found["violations"], *found["incomplete"]] for n in rule["nodes"]]
    return [
        f"{n['html'][:120]} {n['any'][0]['message']}"
        for n in bad
        if n["any"][0]["data"].get("messageKey") not in UNJUDGED
    ]


def look_like(frame: Frame, theme: dict[str, str]) -> None:
    """Every color that the host has is the host's."""
    assert color(frame, ".dw", "backgroundColor") == rgb(theme["editor-background"])
    assert color(frame, ".dw", "color") == rgb(theme["editor-foreground"])
    box = color(frame, ".cell-output-ipywidget-background", "backgroundColor")
    assert box == "rgba(0, 0, 0, 0)"
    if "contrastBorder" in theme:
        assert color(frame, ".dw", "borderTopColor") == rgb(theme["contrastBorder"])


def work_browse(frame: Frame) -> None:
    assert color(frame, "tbody td", "borderBottomStyle") == "solid"
    frame.get_by_role("button", name="Owner", exact=True).first.click()
    frame.locator("tbody tr input").first.click()
    frame.locator(".dw-expand").first.click()
    frame.locator(".dw-detail .dw-about").wait_for()


def work_edit(frame: Frame) -> None:
    frame.locator(".dw-theirs").wait_for()


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize(("widget", "work"), [("browse", work_browse), ("edit", work_edit)])
def test_vscode_gives_its_colors(
    chromium: Browser, pages: dict[str, str], widget: str, work: Callable[[Frame], None], name: str
) -> None:
    theme = THEMES[name]
    with in_vscode(chromium, pages[widget], theme) as frame:
        look_like(frame, theme)
        work(frame)
        assert too_faint(frame) == []
        frame.locator(".dw button").first.focus()
        frame.page.keyboard.press("Tab")
        assert color(frame, ".dw :focus-visible", "outlineColor") == rgb(theme["focusBorder"])


def test_vscode_changes_its_theme_under_a_widget(chromium: Browser, pages: dict[str, str]) -> None:
    with in_vscode(chromium, pages["browse"], THEMES["dark-modern"]) as frame:
        for name in ("light-modern", "dark-high-contrast", "light-high-contrast", "dark-modern"):
            theme = THEMES[name]
            frame.evaluate(PUT_ON, [theme["kind"], style_of(theme)])
            light = "light" if "light" in name else "dark"
            frame.locator(f".dw[data-dw-theme={light}]").wait_for()
            look_like(frame, theme)


@pytest.mark.parametrize("widget", ["browse", "edit"])
def test_without_a_host_the_system_decides(
    chromium: Browser, pages: dict[str, str], widget: str
) -> None:
    served = {f"{ORIGIN}/": pages[widget]}
    with opened(chromium, served, color_scheme="light") as page:
        page.goto(f"{ORIGIN}/")
        page.locator(".dw[data-dw-theme=light]").wait_for()
        light = color(page, ".dw", "backgroundColor")
        assert too_faint(page) == []
        page.emulate_media(color_scheme="dark")
        page.locator(".dw[data-dw-theme=dark]").wait_for()
        assert color(page, ".dw", "backgroundColor") != light
        assert too_faint(page) == []


def test_reduced_motion_moves_nothing(chromium: Browser, pages: dict[str, str]) -> None:
    moving = """() => [...document.querySelectorAll(".dw *")]
      .filter((one) => parseFloat(getComputedStyle(one).transitionDuration) > 0).length"""
    with opened(chromium, {f"{ORIGIN}/": pages["arrange"]}) as page:
        page.goto(f"{ORIGIN}/")
        page.locator(".dw-arrange .dw-tile").first.wait_for()
        assert page.evaluate(moving) > 0
        page.emulate_media(reduced_motion="reduce")
        assert page.evaluate(moving) == 0
