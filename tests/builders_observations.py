"""Something that is not as usual, as it would stand."""

from datetime import timedelta

from tests.cast import MONDAY
from tillit.care.citizens.models import Citizen
from tillit.care.observations.models import Observation, Usual, Watch


def a_watch(citizen: Citizen, word: str = "Hun") -> Watch:
    """Store a watch with two checks, a step and what is usual. `word` stands in every text."""
    watch = Watch.objects.create(
        citizen=citizen, level="LOW", why="NOBODY", opened_at=MONDAY, act_by=MONDAY + timedelta(hours=2),
        check_by=MONDAY + timedelta(hours=6),
    )  # fmt: skip
    for hours, pulse in ((0, 112), (1, 96)):
        Observation.objects.create(
            citizen=citizen, watch=watch, kind="CHECK", seen_at=MONDAY + timedelta(hours=hours), respiration=16,
            saturation=97, oxygen=False, systolic=130, pulse=pulse, consciousness="A", temperature="38.2", scale=1,
            total=3 - hours, level="LOW", words=f"{word} er varm.", told_at=MONDAY,
        )  # fmt: skip
    Observation.objects.create(
        citizen=citizen, kind="WEIGHT", seen_at=MONDAY, weight="62.4", words=f"{word} spiser lite.", told_at=MONDAY
    )
    Usual.objects.create(citizen=citizen, words=f"{word} er litt tungpust.", saturation=91, set_at=MONDAY)
    return watch
