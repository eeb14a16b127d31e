"""What was sent and how it ended, on disk."""
