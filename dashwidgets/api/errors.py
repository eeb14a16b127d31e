"""Everything that can go wrong, as one sentence that says what happened and what to do.

Contract section 3. No message ever holds a key, a share token or a password.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dashwidgets.api.events import Event


class DashwidgetsError(Exception):
    """Root of every error of this package."""


class ConfigurationError(DashwidgetsError, ValueError):
    """An argument or environment variable is missing or can't be right; nothing was sent."""


class AmbiguousName(ConfigurationError):
    """Several dashboards have this name; the message lists their ids."""


class ConnectionFailed(DashwidgetsError):
    """The server could not be reached, or the connection broke."""


class TimedOut(ConnectionFailed):
    """The server did not answer in time."""


class UnexpectedAnswer(DashwidgetsError):
    """The server answered with something that is not this API."""


class StreamInterrupted(DashwidgetsError):
    """A stream ended before it was complete.

    Attributes
    ----------
    arrived : list of Event
        Everything that had arrived, in order. Nothing is lost.
    """

    def __init__(self, message: str, arrived: list[Event]) -> None:
        super().__init__(message)
        self.arrived = arrived


class ApiError(DashwidgetsError):
    """The server refused. Subclasses name the common statuses.

    Attributes
    ----------
    status : int
        HTTP status.
    code, detail, attr, type : str or None
        The standard error body (contract 3.1); None where the server left a key out.
    body : object
        The whole body as read: dict, or text that was not JSON.
    """

    advice = ""

    def __init__(
        self,
        status: int,
        detail: str,
        *,
        code: str | None = None,
        attr: str | None = None,
        type: str | None = None,  # noqa: A002 - the field's name in the contract
        body: Any = None,
        what: str = "",
    ) -> None:
        self.status = status
        self.detail = detail
        self.code = code
        self.attr = attr
        self.type = type
        self.body = body
        field = f" (field {attr})" if attr else ""
        sentence = (
            f"{what}: {detail.rstrip('.')}{field}" if what else f"{detail.rstrip('.')}{field}"
        )
        super().__init__(f"{sentence}. {self.advice}".strip())


class BadRequest(ApiError):
    """400: the request was not valid."""


class Unauthorized(ApiError):
    """401: no key, or a wrong one."""

    advice = (
        "Check the personal API key (POSTHOG_PERSONAL_API_KEY) and that it belongs to this host."
    )


class PaymentRequired(ApiError):
    """402: the plan does not include this, or a limit was reached."""


class Forbidden(ApiError):
    """403: the key lacks a scope, or its user lacks a right."""


class NotFound(ApiError):
    """404: no such thing, or it was deleted."""


class NotAllowed(ApiError):
    """405: PostHog does not allow this verb here."""


class Conflict(ApiError):
    """409: something else is in the way."""


class Throttled(ApiError):
    """429: too many requests.

    Attributes
    ----------
    retry_after : float or None
        Seconds to wait, as the server said.
    """

    def __init__(self, *args: Any, retry_after: float | None = None, **kwargs: Any) -> None:
        wait = "a minute" if retry_after is None else f"{retry_after:.0f} s"
        self.advice = f"Wait {wait} and try again."
        self.retry_after = retry_after
        super().__init__(*args, **kwargs)


class ServerError(ApiError):
    """5xx: the server failed."""

    advice = "The server failed; try again later."


BY_STATUS: dict[int, type[ApiError]] = {
    400: BadRequest,
    401: Unauthorized,
    402: PaymentRequired,
    403: Forbidden,
    404: NotFound,
    405: NotAllowed,
    409: Conflict,
    429: Throttled,
}


def refusal(
    status: int, body: bytes, *, what: str = "", retry_after: str | None = None
) -> ApiError:
    """Make the error for an answer: read ``detail``, then ``error``, else the raw text (3.2)."""
    import msgspec

    try:
        read: Any = msgspec.json.decode(body)
    except msgspec.DecodeError:
        read = body.decode("utf-8", "replace")
    fields: dict[str, Any] = read if isinstance(read, dict) else {}  # pyright: ignore[reportUnknownVariableType]
    detail = fields.get("detail") or fields.get("error") or _plain(read) or f"HTTP {status}"
    kind = BY_STATUS.get(status, ServerError if status >= 500 else ApiError)
    extra: dict[str, Any] = {}
    if kind is Throttled and retry_after and retry_after.strip().isdigit():
        extra["retry_after"] = float(retry_after)
    return kind(
        status,
        " ".join(str(detail).split()),
        code=fields.get("code"),
        attr=fields.get("attr"),
        type=fields.get("type"),
        body=read,
        what=what,
        **extra,
    )


def _plain(read: Any) -> str:
    """A short text that is not a web page; a page would drown the sentence."""
    text = read if isinstance(read, str) else ""
    return "" if text.lstrip().startswith("<") else text[:200]
