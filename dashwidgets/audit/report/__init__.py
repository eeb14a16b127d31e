"""What an audit found, and the forms it is told in."""
