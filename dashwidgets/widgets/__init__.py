"""Interactive widgets: one module each, mirrored by ``js/src/`` of the same name."""
