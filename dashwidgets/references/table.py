"""The frame of references as people read it: grouped by dashboard, with each place quoted."""

from __future__ import annotations

from html import escape
from typing import Any

import pandas as pd

from dashwidgets.frames.arrays import TEXT

SHOWN = 200
"""Places that a notebook shows; the frame has them all."""
_STYLE = """
.dw-references {font: 13px/1.45 system-ui, sans-serif; overflow-x: auto}
.dw-references table {border-collapse: collapse; margin: .6em 0}
.dw-references.dw-references :is(th, td) {text-align: left; padding: .25em .9em .25em 0;
  vertical-align: top; border-bottom: 1px solid color-mix(in srgb, currentColor 18%, transparent)}
.dw-references th[scope=rowgroup] {padding-top: .8em; font-weight: 600}
.dw-references td {max-width: 34em; overflow-wrap: anywhere}
.dw-references code {font-size: 12px; white-space: pre-wrap}
.dw-references .maybe {color: #b06f00}
"""


class References(pd.DataFrame):
    """A frame of references: a DataFrame that displays grouped by dashboard.

    Examples
    --------
    >>> import dashwidgets as dw
    >>> with dw.local() as ph:
    ...     used = ph.references("upgraded_plan")
    >>> "Revenue" in used.dashboards()["dashboard"].tolist()
    True
    """

    @property
    # pandas asks for it, so that filtering and sorting keep the class.
    def _constructor(self) -> Any:  # pyright: ignore[reportIncompatibleVariableOverride]
        return References

    @classmethod
    def of(cls, frame: pd.DataFrame) -> References:
        """The frame as `References`, with its ``attrs``."""
        made = cls(frame)
        made.attrs = frame.attrs
        return made

    def dashboards(self) -> pd.DataFrame:
        """One row per dashboard: how many places and insights, whom to tell. Sends nothing.

        Returns
        -------
        DataFrame
            ``dashboard_id`` (Int64), ``dashboard`` (str), ``places`` and ``insights`` (int64),
            ``certain`` (int64: places that certainly mean the name), ``owner_email`` (str).
        """
        plain = pd.DataFrame(self)
        grouped = plain[plain["dashboard_id"].notna()].groupby(
            ["dashboard_id", "dashboard"], sort=False, dropna=False
        )
        found = grouped.agg(
            places=("where", "size"),
            insights=("insight_id", "nunique"),
            certain=("certain", "sum"),
            owner_email=("owner_email", _joined),
        ).reset_index()
        return found.astype({"certain": "int64", "owner_email": TEXT, "dashboard": TEXT})

    def breaks(self) -> References:
        """The places that certainly mean the name and would break without it. Sends nothing."""
        return References.of(self[self["certain"].fillna(False)])

    def _repr_html_(self) -> str:
        # A user may have selected columns: then it is any DataFrame.
        if "where" not in self.columns or "dashboard" not in self.columns:
            return pd.DataFrame(self).to_html(max_rows=60)
        return html(self)


def _joined(emails: Any) -> str:
    return ", ".join(sorted(set(emails.dropna())))


def headline(frame: pd.DataFrame) -> str:
    """How many places, where, and what could not be read."""
    many = len(frame)
    boards = frame["dashboard_id"].nunique()
    insights = frame["insight_id"].nunique()
    unsure = int((~frame["certain"].fillna(False)).sum())
    unread = len(frame.attrs.get("unread") or ())
    words = (
        f"{_counted(many, 'place')} in {_counted(insights, 'insight')} "
        f"on {_counted(boards, 'dashboard')}"
    )
    words += f", {unsure:,} of them not certain" if unsure else ""
    return words + (f"; {_counted(unread, 'part')} could not be read." if unread else ".")


def html(frame: pd.DataFrame) -> str:
    """A table for a notebook. Other people's text is shown, never markup."""
    rows = frame.sort_values(
        ["dashboard", "insight"],
        kind="stable",
        na_position="last",
        key=lambda names: names.str.casefold(),
    )
    heads = ("insight", "kind", "name", "role", "place")
    head = "".join(f'<th scope="col">{name}</th>' for name in heads)
    body: list[str] = []
    group: object = object()
    for row in rows.head(SHOWN).itertuples():
        board: Any = row.dashboard_id
        if (key := None if pd.isna(board) else int(board)) != group:
            group = key
            title = "On no dashboard" if key is None else f"{row.dashboard} ({key})"
            body.append(f'<tr><th scope="rowgroup" colspan="5">{escape(title)}</th></tr>')
        body.append(_row(row))
    left = len(frame) - SHOWN
    more = f"<p>… and {left:,} more in the frame.</p>" if left > 0 else ""
    return (
        f'<style>{_STYLE}</style><div class="dw-references"><p><b>{escape(headline(frame))}</b></p>'
        f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(body)}</tbody></table>{more}</div>"
    )


def _row(row: Any) -> str:
    place = escape(str(row.where))
    if not pd.isna(row.line):
        place = f"<code>{escape(str(row.line))}</code><br>{place}"
    maybe = "" if bool(row.certain) else ' <span class="maybe">maybe</span>'
    insight = "the dashboard's filters" if pd.isna(row.insight_id) else str(row.insight)
    cells = (escape(insight), escape(str(row.kind)), f"{escape(str(row.name))}{maybe}")
    cells = (*cells, escape(str(row.role)), place)
    return f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"


def _counted(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"
