"""Send changes, and work out what undoes them."""
