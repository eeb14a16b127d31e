"""The short card that an object shows in a notebook cell."""
