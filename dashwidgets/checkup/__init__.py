"""``dw.doctor()``: whether everything is there to begin, and what to do where it is not."""
