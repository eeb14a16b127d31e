"""What frames and other objects show: in a cell, in a line of text."""
