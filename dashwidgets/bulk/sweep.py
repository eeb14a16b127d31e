"""Send the same request for many dashboards, and record those that failed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from dashwidgets.api.checks import checked_id
from dashwidgets.api.client import Client
from dashwidgets.api.concurrent import send_all
from dashwidgets.api.errors import ConnectionFailed, DashwidgetsError, Throttled, Unauthorized
from dashwidgets.api.request import Request
from dashwidgets.bulk.progress import progress

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
    client: Client,
    dashboards: Iterable[int],
    ask: Callable[[int], Request[T]],
    what: str,
    found: dict[int, T] | None = None,
) -> Sweep[T]:
    """One request per dashboard, several at once, inside the key's budget.

    ``found`` may hold answers of an earlier call, which are not asked for again; each answer goes
    in there as it comes, so that nothing is lost when this is interrupted.

    A dashboard that refuses is left out with its reason. Raises what concerns all of them: the
    key, the connection, a spent budget; or the refusal itself when every one refused.
    """
    found = {} if found is None else found
    asked = dict.fromkeys(checked_id(dashboard) for dashboard in dashboards)
    ids = [key for key in asked if key not in found]
    spent = client.requests_spent
    refused: dict[int, DashwidgetsError] = {}

    def take(at: int, answer: T | DashwidgetsError) -> None:
        if isinstance(answer, DashwidgetsError):
            refused[ids[at]] = answer
        else:
            found[ids[at]] = answer
        step()

    with progress(client, len(ids), what) as step:
        send_all(client, [ask(key) for key in ids], take=take)
    for error in refused.values():
        # If nothing at all was answered the cause is common, and an empty frame would hide it.
        if isinstance(error, Unauthorized | ConnectionFailed | Throttled) or not found:
            raise error
    unread = {key: str(refused[key]) for key in ids if key in refused}
    in_order = {key: found[key] for key in asked if key in found}
    return Sweep(in_order, unread, client.requests_spent - spent)
