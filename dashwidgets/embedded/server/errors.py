"""Errors as PostHog words them (contract section 3)."""

from __future__ import annotations

from typing import Any


class Problem(Exception):
    """An answer that is not a success: a status and a body."""

    def __init__(
        self, status: int, body: dict[str, Any], headers: dict[str, str] | None = None
    ) -> None:
        super().__init__(body.get("detail") or body.get("error") or str(status))
        self.status = status
        self.body = body
        self.headers: dict[str, str] = headers or {}


def standard(status: int, kind: str, code: str, detail: str, attr: str | None = None) -> Problem:
    """The four keys of contract 3.1."""
    return Problem(status, {"type": kind, "code": code, "detail": detail, "attr": attr})


def invalid(detail: str, attr: str | None = None, code: str = "invalid_input") -> Problem:
    """400: a value the server can't take."""
    return standard(400, "validation_error", code, detail, attr)


def required(attr: str) -> Problem:
    """400: a field is missing."""
    return invalid("This field is required.", attr, "required")


def not_found(detail: str = "Not found.") -> Problem:
    """404."""
    return standard(404, "invalid_request", "not_found", detail)


def forbidden(detail: str) -> Problem:
    """403; its type says authentication, as PostHog's does."""
    return standard(403, "authentication_error", "permission_denied", detail)


def unauthorized(detail: str, code: str = "authentication_failed") -> Problem:
    """401."""
    return standard(401, "authentication_error", code, detail)


def not_allowed(method: str, allowed: str | None = None) -> Problem:
    """405 for a verb that a path does not know; the header names those it knows."""
    detail = f'Method "{method}" not allowed.'
    problem = standard(405, "invalid_request", "method_not_allowed", detail)
    if allowed:
        problem.headers["Allow"] = allowed
    return problem


def by_hand(status: int, **body: Any) -> Problem:
    """A body of another shape: the handlers of contract 3.2."""
    return Problem(status, body)
