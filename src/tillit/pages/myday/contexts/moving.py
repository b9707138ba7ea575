"""myday/move.html: a visit at another time, or called off."""

from dataclasses import dataclass, field
from datetime import datetime

from django.urls import reverse

from tillit.care.visits.permissions import PLAN_VISITS
from tillit.care.visits.queries import VisitRow
from tillit.care.visits.rules.moving import is_over, offered, seen_start
from tillit.foundation.access.actor import Actor
from tillit.foundation.access.permissions import holds_anywhere
from tillit.kernel import oslo
from tillit.pages.myday import queries, rules
from tillit.pages.myday.contexts import words


@dataclass(frozen=True, slots=True)
class TimeOffered:
    """A clock time that is one press away. value: as the form sends it."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a visit is called off: one press."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class MovePage:
    """myday/move.html: one visit that is still to be."""

    visit_id: int
    name: str
    now_at: str = field(metadata={"help": "«08.40–09.10»: when it is now"})
    back_href: str
    move_href: str = field(metadata={"help": "Receives POST"})
    cancel_href: str = field(metadata={"help": "Receives POST"})
    times: tuple[TimeOffered, ...]
    reasons: tuple[Reason, ...]
    edition: str = field(metadata={"help": "The start the page was drawn with"})
    press_key: str
    refused: str = field(metadata={"help": "What stopped the press; empty at first"})
    autosave: str
    user_id: int


def move_href(actor: Actor, row: VisitRow, *, now: datetime) -> str:
    """To move a visit or call it off; empty when it is done or off, or its time is over."""
    over = is_over(row.starts_at, minutes=row.minutes, at=now)
    may = row.state == "PLANNED" and not over and holds_anywhere(actor, PLAN_VISITS)
    return reverse("myday:move", args=[row.visit_id]) if may else ""


def move_page(*, actor: Actor, row: VisitRow, name: str, now: datetime, press_key: str, refused: str = "") -> MovePage:
    """Return the page of a visit the actor reaches. Asks nothing."""
    begins = rules.begins(row)
    times = offered(begins, at=now)
    return MovePage(
        visit_id=row.visit_id,
        name=name,
        now_at=words.span(begins, row.minutes),
        back_href=reverse("myday:visit", args=[row.visit_id]),
        move_href=reverse("myday:move", args=[row.visit_id]),
        cancel_href=reverse("myday:cancel", args=[row.visit_id]),
        times=tuple(TimeOffered(f"{time:%H:%M}", words.clock(oslo.moment(row.on, time))) for time in times),
        reasons=tuple(Reason(code, str(label)) for code, label in queries.CANCELLED_BY_SOMEBODY.items()),
        edition=seen_start(row.starts_at),
        press_key=press_key,
        refused=refused,
        autosave=autosave_key(row.visit_id),
        user_id=actor.user_id or 0,
    )


def autosave_key(visit_id: int) -> str:
    """Names the text in the browser: no personal data."""
    return f"cancel-{visit_id}"
