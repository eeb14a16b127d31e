"""The query endpoint (``POST query/``), and what runs in the background."""
