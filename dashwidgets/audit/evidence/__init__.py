"""The evidence that rules evaluate: read once, kept until the audit is done."""
