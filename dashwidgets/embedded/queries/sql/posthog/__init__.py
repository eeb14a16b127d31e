"""HogQL, read by PostHog's own parser and written as ClickHouse SQL."""
