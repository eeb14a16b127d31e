"""Containers of ipywidgets, with types: what extends a class without types has none itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from traitlets import HasTraits

    class Widget(HasTraits):
        """What is used here of every widget."""

        comm: Any
        layout: Any
        model_id: str

        def __init__(self, *args: Any, **traits: Any) -> None: ...
        def open(self) -> None: ...
        def close(self) -> None: ...
        def _repr_mimebundle_(self, **kwargs: Any) -> Any: ...

    class HBox(Widget):
        """Widgets side by side."""

        children: Any

        def add_class(self, name: str) -> HBox: ...

    class VBox(Widget):
        """Widgets below each other."""

        children: Any

        def add_class(self, name: str) -> VBox: ...

else:
    from ipywidgets import HBox, VBox, Widget

__all__ = ["HBox", "VBox", "Widget"]
