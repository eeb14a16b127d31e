"""Values of placeholders as JSON."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, cast
from uuid import UUID

from dashwidgets.api.errors import ConfigurationError


def as_json(name: str, value: Any) -> Any:
    """A value in the server's form; raises `ConfigurationError` if it has none."""
    if hasattr(value, "tolist"):  # numpy and pandas
        value = value.tolist()
    if isinstance(value, float) and not math.isfinite(value):
        if math.isnan(value):
            return None
        raise ConfigurationError(f"The value of {name} is infinite; nothing was sent.")
    if value is None or isinstance(value, bool | int | float | str):
        return value
    # By name, because importing pandas only for this would slow every command down.
    if type(value).__name__ in ("NAType", "NaTType"):
        return None
    if isinstance(value, datetime):
        return (value.astimezone(UTC) if value.tzinfo else value).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, UUID | Decimal):
        return str(value)
    if isinstance(value, list | tuple | set | frozenset):
        return [as_json(name, each) for each in cast("list[Any]", value)]
    if isinstance(value, Mapping):
        fields = cast("Mapping[Any, Any]", value)
        return {str(key): as_json(name, each) for key, each in fields.items()}
    raise ConfigurationError(
        f"The value of {name} is a {type(value).__name__}, which can't be written in SQL; "
        "nothing was sent."
    )
