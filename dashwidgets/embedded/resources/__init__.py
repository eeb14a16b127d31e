"""The resources of the API, one module or room each."""
