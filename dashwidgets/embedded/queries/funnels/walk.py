"""One person's way through the steps of a funnel, event by event, as PostHog's servers walk it."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Literal, TypeVar

P = TypeVar("P")


@dataclass(frozen=True)
class Event:
    """An event that is a step, an exclusion, or neither, which a strict order notices.

    Attributes
    ----------
    at : int
        Microseconds.
    steps : tuple of int
        Those it can be, from 1.
    excludes : tuple of int
        Those that whoever is on the way to them does not reach any more.
    """

    at: int
    steps: tuple[int, ...]
    excludes: tuple[int, ...] = ()


@dataclass(frozen=True)
class Way:
    """How somebody came to a step: the event that each step on the way was, in order."""

    began: int
    events: tuple[Event, ...] = ()
    excluded: bool = False

    @property
    def times(self) -> list[int]:
        """When each step was reached."""
        return [event.at for event in self.events]


Ways = list[Way | None]
"""The latest way to each step; the one to no step at all is first."""


def walk(events: Sequence[Event], count: int, window: int, *, strict: bool) -> list[int] | None:
    """When somebody reached each step, the first time that they came furthest.

    None where an exclusion happened on that way: they are counted for no step.
    """
    ways: Ways = [None] * (count + 1)
    furthest, best = 0, Way(0)
    for at, together in groupby(events, key=lambda event: event.at):
        ways[0] = Way(at)
        same = list(together)
        mixed = len({(one.steps, one.excludes) for one in same}) > 1
        # Which of different events at one time came first is unknown: the steps' order counts.
        ordered = sorted((step, n) for n, one in enumerate(same) for step in one.steps)
        visits = [(one, one.steps) for one in same]
        if mixed:
            visits = [(same[n], (step,)) for step, n in ordered]
        for event, steps in visits:
            for step in () if mixed else reversed(event.excludes):
                way = ways[step - 1]
                if way and not way.excluded and _reaches(ways, step, event.at, window):
                    ways[step - 1] = replace(way, excluded=True)
                    if furthest == step - 1 and event.at - best.began <= window:
                        best = replace(best, excluded=True)
            for step in reversed(steps):
                before = ways[step - 1]
                if before is None or not _reaches(ways, step, event.at, window):
                    continue
                if mixed and any(used is event for used in before.events):
                    continue
                way = replace(before, events=(*before.events, event))
                if not before.excluded:
                    ways[step] = way
                if step > furthest or (step == furthest and best.excluded):
                    furthest, best = step, way
            if strict and not mixed:
                ways[1:] = [way if n in steps else None for n, way in enumerate(ways[1:], 1)]
        if ways[count] is not None:
            break
    return None if best.excluded else best.times


def _reaches(ways: Ways, step: int, at: int, window: int) -> bool:
    """Whether an event continues a way in time, and not one that went on before."""
    before, here = ways[step - 1], ways[step]
    if before is None or at - before.began > window:
        return False
    return here is None or here.began != before.began


def walk_unordered(events: Sequence[Event], count: int, window: int) -> list[int]:
    """When somebody did the most of the steps within the window, in order of time."""
    best: list[int] = []
    for times in _gathered(events, count, window):
        if len(times) > len(best):
            best = times
            if len(best) == count:
                break
    return best


def _gathered(events: Sequence[Event], count: int, window: int) -> Iterator[list[int]]:
    """The first time of each step that is done, whenever the earliest is about to be let go."""
    done: list[deque[int]] = [deque() for _ in range(count)]

    def let_go(until: int | None) -> Iterator[list[int]]:
        while held := [times for times in done if times]:
            oldest = min(held, key=lambda times: times[0])
            if until is not None and len(held) < count and oldest[0] + window >= until:
                return
            yield sorted(times[0] for times in held)
            oldest.popleft()

    for event in events:
        yield from let_go(event.at)
        if event.excludes:
            done = [deque() for _ in range(count)]
        elif event.steps:
            latest = min(event.steps, key=lambda step: done[step - 1][-1] if done[step - 1] else 0)
            done[latest - 1].append(event.at)
    yield from let_go(None)


def walk_periods(
    events: Sequence[Event],
    count: int,
    window: int,
    between: tuple[int, int],
    period: Callable[[int], P],
    *,
    strict: bool,
) -> dict[P, bool]:
    """Whether somebody came from one step to another, for each period in which they began."""
    first, last = (step + 1 for step in between)
    begun: dict[P, Begun] = {}
    converted: dict[P, bool] = {}
    for event in events:
        for step in reversed(event.excludes):
            for one in begun.values():
                one.exclude(step, event.at, window)
        for step in reversed(event.steps):
            if step == 1:
                at = period(event.at)
                if at not in converted:
                    if at not in begun or (begun[at].furthest == 1 and begun[at].excluded):
                        begun[at] = Begun([None] * (count + 1), 1, event.at)
                    begun[at].ways[1] = Way(event.at)
                continue
            for at, one in list(begun.items()):
                one.reach(step, event.at, window)
                if one.ways[last] is not None:
                    converted[at] = True
                    del begun[at]
        if strict:
            for one in begun.values():
                one.ways = [way if n in event.steps else None for n, way in enumerate(one.ways)]
    if not any(one.excluded == "wholly" for one in begun.values()):
        for at, one in begun.items():
            if one.furthest >= first and not one.excluded:
                converted.setdefault(at, False)
    return converted


@dataclass
class Begun:
    """The ways of somebody who began in one period."""

    ways: Ways
    furthest: int
    furthest_at: int
    excluded: Literal["", "partly", "wholly"] = ""
    """Whether an exclusion happened on the way to the furthest step: after it, or before."""

    def exclude(self, step: int, at: int, window: int) -> None:
        """An exclusion of those who are on the way to a step."""
        way = self.ways[step - 1]
        if way is None or way.excluded or not _reaches(self.ways, step, at, window):
            return
        self.ways[step - 1] = replace(way, excluded=True)
        if self.furthest == step - 1 and at - self.furthest_at <= window:
            self.excluded = "partly"

    def reach(self, step: int, at: int, window: int) -> None:
        """An event that is a step."""
        way = self.ways[step - 1]
        if way is None or not _reaches(self.ways, step, at, window):
            return
        if not way.excluded:
            self.ways[step] = way
        if step > self.furthest or (step == self.furthest and self.excluded == "partly"):
            self.furthest, self.furthest_at = step, at
            self.excluded = "wholly" if way.excluded else ""


def walk_periods_unordered(
    events: Sequence[Event],
    count: int,
    window: int,
    between: tuple[int, int],
    period: Callable[[int], P],
) -> dict[P, bool]:
    """The same where steps have no order: they began with the earliest of those they did."""
    done: dict[P, int] = {}
    for times in _gathered(events, count, window):
        at = period(times[0])
        done[at] = max(done.get(at, 0), len(times))
    return {at: steps > between[1] for at, steps in done.items() if steps > between[0]}
