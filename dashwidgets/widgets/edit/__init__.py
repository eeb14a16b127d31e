"""``board.edit()``, mirrored by ``js/src/edit``."""
