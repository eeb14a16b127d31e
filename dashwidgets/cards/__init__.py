"""What an object shows when it stands alone in a cell: a short card."""
