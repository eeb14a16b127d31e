"""The one project that the server has, and its organization."""

from __future__ import annotations

from typing import Any

PROJECT: dict[str, Any] = {
    "id": 1,
    "uuid": "01979b10-2c40-7000-8a11-5b8f6d20c101",
    "organization": "01979b10-2c00-7000-9c55-3f2b6d1c8e01",
    "project_id": 1,
    "api_token": "phc_synthetic_sample_project",
    "name": "Larkspur (synthetic sample)",
    "completed_snippet_onboarding": True,
    "has_completed_onboarding_for": {"product_analytics": True},
    "ingested_event": True,
    "is_demo": True,
    "timezone": "UTC",
    "access_control": False,
}
ORGANIZATION: dict[str, Any] = {
    "id": PROJECT["organization"],
    "name": "Larkspur",
    "slug": "larkspur",
}
