"""``ph.browse()``, mirrored by ``js/src/browse``."""
