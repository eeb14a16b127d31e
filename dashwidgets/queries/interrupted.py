"""The error of a query that failed after its first pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashwidgets.api.errors import DashwidgetsError

if TYPE_CHECKING:
    import pandas as pd


class QueryInterrupted(DashwidgetsError):
    """A page could not be read after others had been.

    Attributes
    ----------
    arrived : DataFrame
        Every row that had been read; its ``.attrs["complete"]`` is False.
    """

    def __init__(self, message: str, arrived: pd.DataFrame) -> None:
        super().__init__(message)
        self.arrived = arrived
