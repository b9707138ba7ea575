"""oversight/mine.html: what I have looked at myself, and what others went through of it."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import groupby

from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.care.citizens.queries.lookups import earliest, names_in_reach
from tillit.foundation.access import doors, grounds, reviewing
from tillit.foundation.access import queries as log
from tillit.foundation.access.actor import Actor
from tillit.kernel import oslo
from tillit.pages.oversight.contexts.words import listed
from tillit.ui import formats
from tillit.ui.language import page_language

DAYS = 7
"""Days on one page."""
REVIEWS = timedelta(days=365)
"""How far back what was gone through is shown."""


@dataclass(frozen=True, slots=True)
class CitizenLine:
    """One citizen on one day."""

    name: str
    href: str = field(metadata={"help": "Empty when she is out of reach now"})
    read: str
    changed: str
    why: str


@dataclass(frozen=True, slots=True)
class MyDay:
    """A day: whom I opened, and how many stood in lists."""

    title: str
    opened: tuple[CitizenLine, ...]
    in_lists: int


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """A look-up of mine that somebody went through."""

    title: str
    note: str


@dataclass(frozen=True, slots=True)
class MyLookupsPage:
    """oversight/mine.html."""

    lead: str
    days: tuple[MyDay, ...]
    reviews: tuple[ReviewLine, ...]
    older_href: str
    newer_href: str = field(metadata={"help": "Empty: the newest is shown"})


def mine_page(*, actor: Actor, until: date | None, at: datetime) -> MyLookupsPage:
    """Return a week of the actor's own look-ups, ending with `until` (today without)."""
    today = oslo.day_of(at)
    last = min(until or today, today)
    period = earliest(last, DAYS)
    rows = log.citizens_seen_by(actor.user_id or 0, period)
    names = names_in_reach(actor=actor, citizen_ids={row.citizen_id for row in rows}, at=at)
    reviews = reviewing.reviews_about(actor.user_id or 0, since=at - REVIEWS)
    first = oslo.day_of(period.start)
    return MyLookupsPage(
        lead=_("Alt du åpner om en bruker, blir skrevet ned med grunn og tid. Brukeren kan få se det."),
        days=tuple(_day(day, list(found), names) for day, found in groupby(rows, key=lambda row: row.day)),
        reviews=tuple(
            ReviewLine(
                title=_("%(outcome)s: oppslag %(day)s")
                % {"outcome": one.get_outcome_display(), "day": formats.day_and_month(one.on, page_language())},
                note=_("«%(words)s» %(who)s, %(day)s")
                % {
                    "words": one.words, "who": one.reviewer_name, "day": formats.day_and_month(one.at, page_language())
                },
            )
            for one in reviews
        ),
        older_href=_href(first - timedelta(days=1)),
        newer_href=_href(min(last + timedelta(days=DAYS), today)) if last < today else "",
    )  # fmt: skip


def _href(until: date) -> str:
    return f"{reverse('oversight:mine')}?til={until.isoformat()}"


def _day(day: date, rows: list[log.MyLook], names: dict[int, str]) -> MyDay:
    opened: list[CitizenLine] = []
    only_listed = 0
    for citizen_id, group in groupby(rows, key=lambda row: row.citizen_id):
        found = list(group)
        kinds = [(doors.kind_of(row.door), row) for row in found]
        about = [(kind, row) for kind, row in kinds if kind.about_one or row.changed]
        if not about:
            only_listed += 1
            continue
        changed = dict.fromkeys(str(kind.text) for kind, row in about if row.changed)
        read = [text for kind, _row in about if (text := str(kind.text)) not in changed]
        opened.append(
            CitizenLine(
                name=names.get(citizen_id, _("En bruker du ikke når nå")),
                href=reverse("citizens:page", args=[citizen_id]) if citizen_id in names else "",
                read=listed(dict.fromkeys(read)),
                changed=listed(changed),
                why=listed(dict.fromkeys(grounds.text_of(row.ground) for _kind, row in about if row.ground)),
            )
        )
    opened.sort(key=lambda line: line.name)
    title = formats.long_date(day, page_language())
    return MyDay(title[:1].upper() + title[1:], tuple(opened), only_listed)
