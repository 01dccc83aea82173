"""Printing what was measured: medians over the rounds, and ratios to the named baseline."""

from __future__ import annotations

import json
import platform
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median


@dataclass(frozen=True)
class Claim:
    """Medians of both, in the same unit. `times` is how many times better ours is."""

    what: str
    measure: str
    ours: float
    baseline: float
    times: float


def more_is_better(what: str, measure: str, ours: list[float], baseline: list[float]) -> Claim:
    a, b = median(ours), median(baseline)
    return Claim(what, measure, round(a, 3), round(b, 3), round(a / b, 2))


def less_is_better(what: str, measure: str, ours: list[float], baseline: list[float]) -> Claim:
    a, b = median(ours), median(baseline)
    return Claim(what, measure, round(a, 3), round(b, 3), round(b / a, 2))


def show(title: str, claims: list[Claim], *, baseline: str, how: str, to: Path | None) -> None:
    """A table for people; the same as JSON where a file was named."""
    print(f"\n{title}\n{how}\n")
    wide = max(22, *(len(claim.what) + 2 for claim in claims))
    print(f"{'':<{wide}}{'':<22}{'OneAnswer':>12}{'baseline':>12}{'ratio':>9}")
    for claim in claims:
        print(
            f"{claim.what:<{wide}}{claim.measure:<22}{claim.ours:>12,.2f}{claim.baseline:>12,.2f}{claim.times:>8.1f}×"
        )
    print(f"\nBaseline: {baseline}. A ratio above 1 means that OneAnswer is that many times better.")
    if to is not None:
        answer = {
            "title": title,
            "how": how,
            "baseline": baseline,
            "python": platform.python_version(),
            "claims": [asdict(claim) for claim in claims],
        }
        to.write_text(json.dumps(answer, indent=2) + "\n")
