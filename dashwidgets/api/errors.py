"""Everything that can go wrong, as one sentence that says what happened and what to do.

Contract section 3. No message ever contains a key, a share token or a password.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

# Used for advice only, never for a decision: every version of PostHog rewords these sentences.
_SCOPE = re.compile(r"missing required scope '([^']+)'", re.IGNORECASE)
_NO_KEYS = re.compile(r"does not support (personal )?api key", re.IGNORECASE)


class DashwidgetsError(Exception):
    """Root of every error of this package."""


class DashwidgetsWarning(UserWarning):
    """Every warning of this package: what a call costs, and what it could not do as asked."""


class ConfigurationError(DashwidgetsError, ValueError):
    """An argument or environment variable is missing or can't be right; nothing was sent."""


class AmbiguousName(ConfigurationError):
    """Several dashboards have this name; the message lists their ids."""


Cause = Literal[
    "not_trusted", "wrong_name", "expired", "tls", "unknown_name", "refused", "unreachable",
    "proxy_password", "proxy_refused", "timeout", "damaged", "broken",
]  # fmt: skip
"""Why a connection failed; ``docs/networks.md`` says what each means and what helps."""


class ConnectionFailed(DashwidgetsError):
    """The server could not be reached, or the connection broke.

    Attributes
    ----------
    sent : bool
        Whether the request may have reached the server.
    cause : str
        ``not_trusted``, ``wrong_name``, ``expired`` (the certificate), ``tls``, ``unknown_name``,
        ``refused``, ``unreachable``, ``proxy_password``, ``proxy_refused``, ``timeout``,
        ``damaged`` or ``broken``.
    """

    def __init__(self, message: str, *, sent: bool = True, cause: Cause = "broken") -> None:
        super().__init__(message)
        self.sent = sent
        self.cause = cause

    @property
    def lasts(self) -> bool:
        """Whether trying again can't help until somebody changes a setting."""
        return self.cause in (
            *("not_trusted", "wrong_name", "expired", "tls"),
            *("proxy_password", "proxy_refused"),
        )


class TimedOut(ConnectionFailed):
    """The server did not answer in time."""

    def __init__(self, message: str, *, sent: bool = True) -> None:
        super().__init__(message, sent=sent, cause="timeout")


class UnexpectedAnswer(DashwidgetsError):
    """The server answered with something that is not this API."""


class ApiError(DashwidgetsError):
    """The server refused the request. Subclasses are named for the common statuses.

    Attributes
    ----------
    status : int
        HTTP status.
    code, detail, attr, type : str or None
        The standard error body (contract 3.1); None where the server left a key out.
    body : object
        The whole body as read: dict, or text that was not JSON.
    """

    advice: str = ""

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
    """402: the plan does not include this feature, or a limit was reached."""


class Forbidden(ApiError):
    """403: the key lacks a scope, or its user lacks a right.

    Attributes
    ----------
    scope : str or None
        The scope that the key lacks, according to the server; None for any other reason.
    """

    def __init__(self, status: int, detail: str, **kwargs: Any) -> None:
        # For the advice in the message; code that branches asks for the class of the error.
        named = _SCOPE.search(detail)
        self.scope: str | None = named.group(1) if named else None
        if self.scope:
            self.advice: str = f"Add {self.scope} to the key in PostHog, or use a key that has it."
        elif _NO_KEYS.search(detail):
            self.advice = "PostHog allows it to browser sessions only."
        super().__init__(status, detail, **kwargs)


class NotFound(ApiError):
    """404: it does not exist, or was deleted."""


class NotAllowed(ApiError):
    """405: PostHog does not allow this verb here."""


NOT_OFFERED: tuple[type[ApiError], ...] = (PaymentRequired, Forbidden, NotFound, NotAllowed)
"""How servers say that this key, plan or version does not have an endpoint. Which of them a
missing route gives depends on the server, so code that can do without takes all alike."""


class Conflict(ApiError):
    """409: conflict with the current state."""


class Throttled(ApiError):
    """429: too many requests.

    Attributes
    ----------
    retry_after : float or None
        Seconds to wait, according to the server.
    resume_at : datetime or None
        When requests are accepted again, UTC.
    """

    def __init__(self, *args: Any, retry_after: float | None = None, **kwargs: Any) -> None:
        wait = "a minute" if retry_after is None else f"{retry_after:.0f} s"
        self.advice: str = f"Wait {wait} and try again."
        self.retry_after = retry_after
        self.resume_at: datetime | None = (
            None if retry_after is None else datetime.now(UTC) + timedelta(seconds=retry_after)
        )
        super().__init__(*args, **kwargs)


class ServerError(ApiError):
    """5xx: the server failed.

    Attributes
    ----------
    retry_after : float or None
        Seconds to wait, where a busy server said so.
    """

    advice = "The server failed; try again later."

    def __init__(self, *args: Any, retry_after: float | None = None, **kwargs: Any) -> None:
        self.retry_after = retry_after
        super().__init__(*args, **kwargs)
