"""The benchmarks' own bookkeeping: one part that fails, a target missed, two runs compared."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from benchmarks import __main__ as command
from benchmarks import results
from benchmarks.measure import Measured, exponent

ROOT = Path(__file__).parents[2]


@pytest.fixture
def parts(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[Measured]]:
    """Parts by name; an empty one raises."""
    found: dict[str, list[Measured]] = {}

    def import_module(name: str) -> SimpleNamespace:
        def measure(quick: bool) -> Iterator[Measured]:
            rows = found[name.removeprefix("benchmarks.")]
            if not rows:
                raise RuntimeError("no server")
            yield from rows

        return SimpleNamespace(measure=measure)

    monkeypatch.setattr(command, "import_module", import_module)
    return found


def test_one_part_that_fails_does_not_stop_the_rest(
    parts: dict[str, list[Measured]], capsys: pytest.CaptureFixture[str]
) -> None:
    parts |= {"lists": [], "frames": [Measured("rows", 3, "rows", 2, least=True)]}
    run = command.run(["lists", "frames"], quick=True)
    assert [row.what for row in run.rows["frames"]] == ["rows"]
    assert run.failed == {"lists": "RuntimeError: no server"}
    assert command.verdict(run) == 1
    assert "Failed: lists: RuntimeError: no server" in capsys.readouterr().out


@pytest.mark.parametrize("quick", [True, False])
def test_every_part_of_a_run_has_a_process_of_its_own(
    parts: dict[str, list[Measured]],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    quick: bool,
) -> None:
    parts["lists"] = [Measured("one", 1, "requests", 1)]
    ran = command.run(["lists"], quick)
    ended = results.Run(ran.machine, quick)
    answers = {("lists", quick): ("\nlists", ran), ("frames", quick): ("\nframes", ended)}
    monkeypatch.setattr(command, "alone", lambda name, *, quick: answers[name, quick])
    file = tmp_path / "kept.json"
    words = ["lists", "frames", "--json", str(file), *(["--quick"] if quick else [])]
    assert command.main(words) == 1
    whole = results.read(file)
    assert whole.rows == {"lists": parts["lists"], "frames": []}
    assert list(whole.failed) == ["frames"]
    assert whole.quick == quick
    assert "## frames" in results.table(whole)


@pytest.mark.parametrize(
    ("unit", "quick", "code"),
    [("ms", True, 0), ("ms", False, 1), ("requests", True, 1), ("requests", False, 1)],
)
def test_a_quick_run_fails_by_counts_and_only_warns_of_times(
    parts: dict[str, list[Measured]], unit: str, quick: bool, code: int
) -> None:
    parts["lists"] = [Measured("one", 2, unit, 1)]
    assert command.verdict(command.run(["lists"], quick)) == code


def test_two_runs_are_compared(
    parts: dict[str, list[Measured]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = [tmp_path / "a.json", tmp_path / "b.json"]
    for file, milliseconds, a_second in zip(files, (10, 20), (50, 49), strict=True):
        parts["lists"] = [
            Measured("a list", milliseconds, "ms"),
            Measured("tiles", a_second, "a second", least=True),
        ]
        file.write_text(results.text(command.run(["lists"], quick=True)))
    capsys.readouterr()
    assert command.main(["compare", *map(str, files)]) == 1
    slower, tiles, verdict = capsys.readouterr().out.splitlines()
    assert slower.endswith("worse")
    assert not tiles.endswith("worse")
    assert verdict.startswith("1 became worse")
    assert command.main(["compare", *map(str, reversed(files))]) == 0


def test_a_missed_target_says_by_how_much_and_why(parts: dict[str, list[Measured]]) -> None:
    parts["frames"] = [
        Measured("met", 1, "ms", 2, why="slow"),
        Measured("late", 3, "ms", 2, why="the disk"),
        Measured("few", 30, "a second", 60, least=True),
        Measured("left", 2, "rows", 0),
        Measured("far", 10, "ms", 2),
    ]
    page = results.table(command.run(["frames"], quick=False))
    assert "| late | 3 ms | ≤ 2 | **missed** by 50% |" in page
    assert "| few | 30 a second | ≥ 60 | **missed** by 50% |" in page
    assert "| left | 2 rows | ≤ 0 | **missed** by 2 rows |" in page
    assert "| far | 10 ms | ≤ 2 | **missed**, 5.0 times it |" in page
    assert "- Missed, late: the disk" in page
    assert f"- Missed, few: {results.UNKNOWN}" in page
    assert "slow" not in page


def test_growth_is_the_slope_in_logarithms() -> None:
    assert exponent({10: 3, 100: 300, 1_000: 30_000}) == pytest.approx(2)
    assert exponent({10: 3, 100: 30}) == pytest.approx(1)


def test_the_page_of_the_docs_is_written_from_the_results() -> None:
    kept = results.read(ROOT / "benchmarks" / "results.json")
    assert (ROOT / "docs" / "benchmarks.md").read_text("utf-8") == results.table(kept)
    assert not kept.quick
    assert set(kept.rows) <= set(command.PARTS)
    assert not kept.failed
