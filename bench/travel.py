"""The built-in travel estimate beside a road service's times, for places with known coordinates.

The instances are published ones of home health care routing whose travel times were made by their authors with a road
router and whose places have coordinates: Italian towns and country (Ceschia et al. 2024 and 2026) and Porto Alegre
(Kummer). Their times are whole minutes and hold driving only, so the estimate's two fixed minutes for parking are left
out here, and ways under two minutes are mostly rounding. No router is asked: nothing here needs a network.

The car's speed up to 8 km of straight line was chosen before anything was measured. Beyond it the speed was fitted to
every second Italian instance of 2024 and five of Porto Alegre, all in «even»; the tables of all had been seen by then,
so «odd» is no blind test.
"""

import argparse
import json
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from bench import machine
from planengine.problem import Place
from planengine.travel.estimate import CAR, ModeSpeed, great_circle_metres

BANDS_KM = (0, 1, 2, 4, 8, 16, 32, 200)
FAMILIES = {
    "italian": "Italy, town and country (Ceschia 2024)",
    "uhhc_validation": "Italy and abroad (Ceschia 2026)",
    "kummer": "Porto Alegre, a large city (Kummer)",
}
Values = np.ndarray[Any, np.dtype[np.float64]]


@dataclass(frozen=True, slots=True)
class Ways:
    """Ways between different places: metres of straight line, and the road service's minutes."""

    metres: Values
    minutes: Values


def main() -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(prog="bench travel", description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/benchmarks/routing"), help="FAMILY/instances")
    chosen = parser.parse_args()
    print(machine.line())
    halves: dict[str, list[Ways]] = {"even": [], "odd": []}
    for family, name in FAMILIES.items():
        files = sorted((chosen.data / family / "instances").glob("*.json"))
        found = [(number, ways) for number, file in enumerate(files) if (ways := read(file)) is not None]
        if not found:
            print(f"nothing to read in {chosen.data / family}")
            return 2
        for number, ways in found:
            halves["odd" if number % 2 else "even"].append(ways)
        print(f"\n{name}: {len(found)} instances, driving by car without parking")
        table(joined(ways for _, ways in found))
    print("\nOne speed all the way, and faster beyond 8 km; all three families")
    print(f"{'instances':10}{'speed':26}{'pairs':>9}{'median |error|':>16}{'mean |error|':>14}{'bias min':>10}")
    for half, every in halves.items():
        ways = joined(every)
        for label, speed in (
            ("32 km/h", ModeSpeed(kmh=CAR.kmh, detour=CAR.detour, fixed_seconds=0)),
            (f"{CAR.kmh:g}, beyond 8 km {CAR.far_kmh:g} km/h", CAR),
        ):
            error = minutes_of(speed, ways.metres) - ways.minutes
            share = np.abs(error) / ways.minutes
            print(
                f"{half:10}{label:26}{len(error):9}{np.median(share) * 100:15.0f}%{share.mean() * 100:13.0f}%"
                f"{error.mean():10.1f}"
            )
    return 0


def read(file: Path) -> Ways | None:
    """Return an instance's ways; None when a place has no coordinates."""
    data = json.loads(file.read_text())
    times = np.array(data["distances"], dtype=np.float64)
    if "central_offices" in data:
        spots = [each["location"] for each in (*data["central_offices"], *data["patients"])]
        if file.parts[-3] == "kummer":  # latitude first
            spots = [(longitude, latitude) for latitude, longitude in spots]
    else:
        by_index = {
            each["distance_matrix_index"]: each.get("location")
            for each in (*data["terminal_points"], *data["patients"])
        }
        spots = [by_index.get(number) for number in range(len(times))]
    if any(spot is None for spot in spots):
        return None
    metres = great_circle_metres(
        tuple(Place(id=n, latitude=spot[1], longitude=spot[0]) for n, spot in enumerate(spots))
    )
    apart = (metres > 0) & (times > 0)
    return Ways(metres[apart], times[apart])


def joined(every: Iterable[Ways]) -> Ways:
    """Return all ways of several instances."""
    listed = list(every)
    return Ways(np.concatenate([each.metres for each in listed]), np.concatenate([each.minutes for each in listed]))


def minutes_of(speed: ModeSpeed, metres: Values) -> Values:
    """Return the estimate's minutes of moving."""
    return np.asarray(speed.moving(metres) / 60)


def table(ways: Ways) -> None:
    """Print one line for each band of straight-line distance, and one for all."""
    guess = minutes_of(CAR, ways.metres)
    print(
        f"{'straight km':>12}{'pairs':>9}{'router min':>12}{'estimate':>10}"
        f"{'median error':>14}{'median |error|':>16}{'mean |error|':>14}{'bias min':>10}"
    )
    bands = [*pairwise(BANDS_KM), (BANDS_KM[0], 8), (BANDS_KM[0], BANDS_KM[-1])]
    for low, high in bands:
        inside = (ways.metres >= low * 1000) & (ways.metres < high * 1000)
        if inside.sum() < 50:
            continue
        error = guess[inside] - ways.minutes[inside]
        share = error / ways.minutes[inside]
        print(
            f"{f'{low}-{high}':>12}{inside.sum():9}{np.median(ways.minutes[inside]):12.0f}{np.median(guess[inside]):10.1f}"
            f"{np.median(share) * 100:13.0f}%{np.median(np.abs(share)) * 100:15.0f}%"
            f"{np.abs(share).mean() * 100:13.0f}%{error.mean():10.1f}"
        )


if __name__ == "__main__":
    main()
