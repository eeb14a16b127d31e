"""What was sent and what came of it, on disk."""
