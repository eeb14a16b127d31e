"""Side by side with what people type instead: ``python -m benchmarks``, ratios from one run."""
