"""``board.watch()``, mirrored by ``js/src/watch``."""
