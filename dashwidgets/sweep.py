"""Ask the same of many dashboards, and keep account of those that did not answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from dashwidgets.api.bulk import send_all
from dashwidgets.api.client import Client
from dashwidgets.api.dashboards import checked_id
from dashwidgets.api.errors import ConnectionFailed, DashwidgetsError, Throttled, Unauthorized
from dashwidgets.api.request import Request
from dashwidgets.progress import progress

T = TypeVar("T")


@dataclass(frozen=True)
class Sweep(Generic[T]):
    """Answers by dashboard id, and the reasons of those that are missing.

    Attributes
    ----------
    found : dict
        Dashboard id to answer.
    unread : dict
        Dashboard id to a sentence.
    requests_spent : int
        Retries included.
    """

    found: dict[int, T]
    unread: dict[int, str]
    requests_spent: int


def sweep(
    client: Client, dashboards: Iterable[int], ask: Callable[[int], Request[T]], what: str
) -> Sweep[T]:
    """One request a dashboard, several at once, inside the key's budget.

    A dashboard that refuses is left out with its reason. Raises what concerns all of them: the
    key, the connection, a spent budget; or the refusal itself when every one refused.
    """
    ids = list(dict.fromkeys(checked_id(dashboard) for dashboard in dashboards))
    spent = client.requests_spent
    with progress(client, len(ids), what) as step:
        answers = send_all(client, [ask(key) for key in ids], on_done=step)
    found: dict[int, T] = {}
    refused: dict[int, DashwidgetsError] = {}
    for key, answer in zip(ids, answers, strict=True):
        if isinstance(answer, Unauthorized | ConnectionFailed | Throttled):
            raise answer
        if isinstance(answer, DashwidgetsError):
            refused[key] = answer
        else:
            found[key] = answer
    if refused and not found:
        raise next(iter(refused.values()))
    unread = {key: str(error) for key, error in refused.items()}
    return Sweep(found, unread, client.requests_spent - spent)
