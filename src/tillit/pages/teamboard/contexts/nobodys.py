"""What nobody has: stays without a next step, and cases whose therapist has left or is away, for «Det som mangler»."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.care.citizens.queries.stays import StayLine, is_over
from tillit.care.therapy.contexts.words import gone_text, nobody_tag
from tillit.care.therapy.queries import CaseLine, gone
from tillit.kernel import oslo
from tillit.pages.teamboard.rules import Lack, Lacking, whose_turn
from tillit.ui import formats
from tillit.ui.language import page_language
from tillit.ui.parts import Deadline, Tag


@dataclass(frozen=True, slots=True)
class Found:
    """Something that is missing, with what is shown of it."""

    lacking: Lacking
    title: str
    words: str
    href: str
    whose: str
    end: Deadline | Tag | str = ""


def stays_found(
    lines: Sequence[StayLine],
    *,
    unit_id: int,
    whose: Callable[[int | None], str],
    answers_for: Callable[[int], int | None],
    now: datetime,
) -> list[Found]:
    """Return those away for whom nobody is about to do anything: the step that is late or that nobody has, or that
    there is none. No query.
    """
    today, found = oslo.day_of(now), []
    for line in lines:
        step = next((one for one in line.steps if one.owner_id is None or is_over(one, today)), None)
        turn = whose_turn(step.owner_id if step else None, answers_for(line.citizen_id))
        late = formats.deadline_of(step.on, today=today, language=page_language()) if step and step.on else None
        where = ", ".join(filter(None, (line.kind_name, line.place)))
        found.append(
            Found(
                Lacking(
                    Lack.STAY, line.whereabouts_id, line.citizen_id, turn, oslo.day_of(line.from_at),
                    step.on if step else None,
                ),
                title=line.citizen_name,
                words=_("%(where)s. %(step)s") % {"where": where, "step": step.words} if step else where,
                href=reverse("stays:show", args=(unit_id, line.whereabouts_id)),
                whose=whose(turn),
                end=late or Tag(_("Ingen har neste steg"), "danger", "ExclamationmarkTriangle"),
            )
        )  # fmt: skip
    return found


def therapy_found(lines: Sequence[CaseLine], *, leads: int | None, on: date) -> list[Found]:
    """Return the cases whose therapist has left or is away, for whoever leads the unit to give to another.

    At most two queries.
    """
    away = gone({line.holder_id for line in lines if line.holder_id}, on=on)
    return [
        Found(
            Lacking(Lack.THERAPY, line.case_id, line.citizen_id, leads, line.taken_on, line.next_on),
            title=line.citizen_name,
            words=" ".join(
                (
                    f"{line.profession_name}.",
                    gone_text(line.holder_name, away[line.holder_id]) if line.holder_id in away else "",
                )
            ).strip(),
            href=reverse("therapy:case", args=(line.case_id,)),
            whose=_("gi saken til en annen"),
            end=nobody_tag(),
        )
        for line in lines
    ]
