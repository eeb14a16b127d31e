"""The resources of the API: one module or folder each."""
