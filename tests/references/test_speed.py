"""The benchmark, small: that it runs, and that nothing became many times slower."""

from __future__ import annotations

from benchmarks.references import seconds


def test_the_small_benchmark_runs() -> None:
    took, found, _ = seconds(300, sql=False, rounds=3)
    assert found == 300 * 7
    assert took < 0.3
    _, found, _ = seconds(30, sql=True, rounds=1)
    assert found > 30 * 6
