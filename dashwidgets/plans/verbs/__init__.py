"""The verbs of a plan, and the changes they make."""
