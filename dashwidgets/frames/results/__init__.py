"""The result of an insight as a tidy frame (contract 13.10)."""

from dashwidgets.frames.results.read import result_frame
from dashwidgets.frames.results.retention import retention_matrix

__all__ = ["result_frame", "retention_matrix"]
