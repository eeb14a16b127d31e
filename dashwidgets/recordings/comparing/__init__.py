"""Two rounds side by side: which tiles belong together, what moved, and what raises an alert."""
