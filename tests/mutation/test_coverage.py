"""Which tests may notice a change of a line."""

from __future__ import annotations

import pytest

from tests.mutation.coverage import Covered, statement_in_function

CODE = '''\
LIMIT = 3


@decorated(
    1,
)
def outer(a, b=2):
    """Say."""
    if (
        a
        and b
    ):
        return [
            a,
        ]
    for one in b:
        try:
            yield one
        except (
            KeyError,
        ):
            pass
    match a:
        case 1 if b:
            return lambda: (
                b
            )


class Kind:
    size = 1

    def of(self): return self.size
'''


@pytest.mark.parametrize(
    ("line", "lines"),
    [
        (1, None),
        (5, None),
        (7, None),
        (10, range(9, 13)),
        (14, range(13, 16)),
        (16, range(16, 17)),
        (20, range(19, 22)),
        (24, range(24, 25)),
        (26, range(25, 28)),
        (31, None),
        (33, range(33, 34)),
    ],
)
def test_a_line_belongs_to_a_statement_of_a_function_or_to_the_import(
    line: int, lines: range | None
) -> None:
    assert statement_in_function(CODE, line) == lines


def test_the_tests_of_a_line_and_for_an_import_all_of_them() -> None:
    seconds = {"slow.py::a": 3.0, "slow.py::b": 2.0, "quick.py::c": 0.1, "quick.py::d": 0.2}
    lines = {"f.py": {9: ["slow.py::a", "failed.py::x"], 10: ["quick.py::d"], 13: ["quick.py::c"]}}
    covered = Covered(seconds, lines, {"f.py": [16]}, [])
    assert covered.tests("f.py", CODE, 11) == ["quick.py::d", "slow.py::a"]
    assert covered.tests("f.py", CODE, 14) == ["quick.py::c"]
    assert covered.tests("f.py", CODE, 24) == []
    everything = ["quick.py::c", "quick.py::d", "slow.py::a", "slow.py::b"]
    for line in (1, 16):
        assert covered.runs_on_import("f.py", CODE, line)
        assert sorted(covered.tests("f.py", CODE, line)) == everything
    assert not covered.runs_on_import("f.py", CODE, 14)
    assert covered.tests("f.py", CODE, 1)[-1] == "slow.py::b"
