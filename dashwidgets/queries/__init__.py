"""Ask the query endpoint, and read what it says into frames."""
