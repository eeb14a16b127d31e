"""PostHog's ``system.*`` tables over the project's storage."""
