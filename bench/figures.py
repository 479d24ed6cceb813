"""Figures and whether they hold."""

import statistics
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A measured figure and the limit it has to keep."""

    name: str
    value: float | None
    """None when nothing could be measured, which never holds."""
    limit: float
    unit: str = "ms"

    @property
    def holds(self) -> bool:
        """The limit itself is still held."""
        return self.value is not None and self.value <= self.limit

    def as_json(self) -> dict[str, object]:
        return {"name": self.name, "value": self.value, "limit": self.limit, "unit": self.unit, "holds": self.holds}


def median(values: Iterable[float]) -> float | None:
    found = sorted(values)
    return round(statistics.median(found), 1) if found else None


def p95(values: Iterable[float]) -> float | None:
    """The value that 95 of 100 do not exceed; with fewer than 21 values that is the largest."""
    found = sorted(values)
    return round(found[min(len(found) - 1, int(0.95 * len(found)))], 1) if found else None


def spread(values: Iterable[float]) -> dict[str, float | int | None]:
    """How values lie, for reading."""
    found = sorted(values)
    if not found:
        return {"n": 0}
    return {"n": len(found), "min": round(found[0], 1), "median": median(found), "p95": p95(found), "max": found[-1]}
