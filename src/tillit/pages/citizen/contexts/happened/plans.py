"""What was agreed and how it went: conversations, plans, goals, evaluations, measures, courses."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tillit.care.careplans.queries import GoalSpan, PlanLine
from tillit.care.courses.queries import CourseLine
from tillit.care.evaluations.queries import EvaluationLine, MeasureLine
from tillit.care.evaluations.queries.wording import level_text, measured_text
from tillit.care.needs.queries import ConversationLine
from tillit.kernel import oslo
from tillit.pages.citizen.contexts.words import joined
from tillit.pages.citizen.rules.timeline import Happening, Kind


def start_of(day: date) -> datetime:
    """Return the first moment of a day in Oslo: where a fact of a day stands."""
    return oslo.moment(day, time(0))


def conversations(lines: Iterable[ConversationLine]) -> list[Happening]:
    """Conversations about what matters that are done."""
    return [
        Happening(
            line.done_at,
            Kind.TALK,
            _("Samtale om hva som er viktig"),
            "ChatCheckmark",
            more=_("Ønskene er ikke sagt ennå.") if line.no_words_reason else "",
            who=line.saved_by,
            href=reverse("needs:read", args=[line.citizen_id, line.conversation_id]),
        )
        for line in lines
        if line.done_at is not None
    ]


def plans(lines: Iterable[PlanLine]) -> list[Happening]:
    """Plans taken into use, and steps within the frame."""
    found = []
    for line in lines:
        if line.valid_from is None:
            continue
        if line.adjusted is not None:
            more, who = f"{line.adjusted.text}. «{line.adjusted.why}»", line.adjusted.by_name
            found.append(Happening(line.valid_from, Kind.PLAN, _("Planen er justert"), "Pencil", more=more, who=who))
        else:
            href = reverse("careplans:plan_edit", args=[line.citizen_id])
            title = _("Ny plan tatt i bruk")
            found.append(Happening(line.valid_from, Kind.PLAN, title, "Tasklist", who=line.changed_by_name, href=href))
    return found


def goals(spans: Sequence[GoalSpan], evaluated: Sequence[EvaluationLine]) -> list[Happening]:
    """Goals set, and goals reached or let go when no evaluation tells it."""
    told = {(one.line, oslo.day_of(one.at)) for one in evaluated}
    together: dict[tuple[datetime, str], list[str]] = defaultdict(list)
    for span in spans:
        together[span.set_at, span.set_by_name].append(f"«{span.words}»")
    found = [
        Happening(
            at,
            Kind.PLAN,
            ngettext("Nytt mål", "Nye mål", len(words)),
            "Star",
            more=" · ".join(words),
            who=who,
        )
        for (at, who), words in together.items()
    ]
    for span in spans:
        if span.state_on is None or (span.line, span.state_on) in told or not (span.is_reached or span.is_dropped):
            continue
        title = _("Målet er nådd") if span.is_reached else _("Målet er ikke lenger viktig")
        icon = "CheckmarkCircle" if span.is_reached else "Minus"
        found.append(Happening(start_of(span.state_on), Kind.PLAN, title, icon, more=f"«{span.words}»", of_day=True))
    return found


def evaluations(lines: Iterable[EvaluationLine], *, citizen_id: int) -> list[Happening]:
    """Goals looked at together. What was removed from the journal is not told."""
    return [
        Happening(
            line.at,
            Kind.PLAN,
            _("Evaluering: %(outcome)s") % {"outcome": line.outcome_name},
            "ClipboardCheckmark",
            more=joined([f"«{line.goal_words}»", level_text(line.level) if line.level is not None else ""]),
            who=line.by_name,
            href=reverse("evaluations:citizen", args=[citizen_id]),
        )
        for line in lines
        if line.own_words or line.why_no_words
    ]


def measures(lines: Iterable[MeasureLine], *, citizen_id: int) -> list[Happening]:
    """Measures in numbers."""
    return [
        Happening(
            start_of(line.measured_on),
            Kind.PLAN,
            _("Måling med %(tool)s") % {"tool": line.tool_name},
            "LineGraph",
            more=" ".join(measured_text(line.tool, line.numbers)),
            who=line.by_name,
            href=reverse("evaluations:citizen", args=[citizen_id]),
            of_day=True,
        )
        for line in lines
    ]


def courses(lines: Iterable[CourseLine]) -> list[Happening]:
    """Courses of everyday rehabilitation, begun and ended."""
    found = []
    for line in lines:
        href = reverse("courses:course", args=[line.course_id])
        begun, ended = _("Hverdagsrehabilitering begynte"), _("Hverdagsrehabilitering er avsluttet")
        own = f"«{line.own_words}»" if line.own_words else ""
        found.append(
            Happening(
                start_of(line.starts_on), Kind.PLAN, begun, "PersonSuit", more=own, who=line.trainer_name, href=href,
                of_day=True,
            )
        )  # fmt: skip
        if line.ended_on is not None:
            found.append(
                Happening(
                    start_of(line.ended_on), Kind.PLAN, ended, "CheckmarkCircle", more=line.result_name,
                    who=line.ended_by_name, href=href, of_day=True,
                )
            )  # fmt: skip
    return found
