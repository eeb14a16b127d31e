"""What a plan can be told to do, and the changes that follow."""
