"""HTTP: routes, authentication, errors, limits, OpenAPI."""
