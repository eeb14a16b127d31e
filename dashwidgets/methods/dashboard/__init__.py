"""What one dashboard can do, by subject; `Dashboard` inherits all of it."""
