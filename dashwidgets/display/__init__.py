"""What every object does in a notebook, whichever room it is of."""
