"""``ph.explore()``: the other widgets in one place, in containers of ipywidgets."""
