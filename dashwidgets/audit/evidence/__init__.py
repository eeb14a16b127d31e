"""What the rules look at: read once, kept until the audit is done."""
