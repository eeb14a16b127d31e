"""What every object shows in a notebook, and other people's text made safe to show."""
