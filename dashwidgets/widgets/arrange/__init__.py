"""``board.arrange()``, mirrored by ``js/src/arrange``."""
