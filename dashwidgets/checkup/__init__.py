"""``dw.doctor()``: whether everything is set up, and what to do if it is not."""
