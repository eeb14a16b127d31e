"""Back up dashboards, restore them, copy and compare them."""
