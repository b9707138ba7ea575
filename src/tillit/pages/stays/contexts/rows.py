"""One who is not at home, as the list and her own page show it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tillit.care.citizens.models import StayStep
from tillit.care.citizens.queries.stays import NextStep, StayLine, is_over
from tillit.care.citizens.rules import stays as rules
from tillit.care.journal.queries import EntryLine
from tillit.care.visits.queries.paused import PausedVisit
from tillit.foundation.responsibility.contexts.routing import holder_in_words
from tillit.foundation.workforce.marks import mark_part
from tillit.foundation.workforce.queries import Mark
from tillit.kernel import oslo
from tillit.ui import formats
from tillit.ui.language import page_language
from tillit.ui.parts import Action, Deadline, HelperMark, Tag

WEEK = timedelta(days=7)
LONGEST_WORD = 160


@dataclass(frozen=True, slots=True)
class StepRow:
    """Something to do for somebody who is away, and what can be pressed."""

    words: str
    mark: HelperMark | None = field(metadata={"help": "Who has it; None: nobody"})
    who: str
    deadline: Deadline | None
    acts: tuple[Action, ...]


@dataclass(frozen=True, slots=True)
class StayRow:
    """One citizen who is not at home."""

    whereabouts_id: int
    name: str
    href: str
    where: str
    since: str
    tags: tuple[Tag, ...]
    steps: tuple[StepRow, ...]
    lacking: str = field(metadata={"help": "What is wrong, in red; empty: somebody is about to do what comes next"})
    answers: str = field(metadata={"help": "Who answers for her in the team; empty: nobody"})
    mark: HelperMark | None
    responsible_href: str = field(metadata={"help": "Where somebody is named; empty when one answers"})
    word: str = field(metadata={"help": "The newest note since she left, shortened; empty: none, or may not read it"})
    word_by: str
    paused: str
    by_table: str = field(metadata={"help": "Who follows up by the table, when it is not the team of the list"})
    offers: tuple[Action, ...]
    acts: tuple[Action, ...]


@dataclass(frozen=True, slots=True)
class Read:
    """What was read for all rows. words: notes since she left, newest first, by stay."""

    unit_id: int
    me: int | None
    marks: Mapping[int, Mark]
    words: Mapping[int, tuple[EntryLine, ...]]
    paused: Mapping[int, tuple[PausedVisit, ...]]
    may_write: bool
    may_send_home: bool


def stay_row(line: StayLine, read: Read, *, at: datetime, on_list: bool) -> StayRow:
    """Return a row. on_list: its presses come back to the list, not to her page."""
    today = oslo.day_of(at)
    mark = read.marks.get(line.answers_id) if line.answers_id else None
    words = read.words.get(line.whereabouts_id, ())
    followed = line.kind in rules.IN_BEDS
    return StayRow(
        whereabouts_id=line.whereabouts_id,
        name=line.citizen_name,
        href=reverse("citizens:page", args=[line.citizen_id]),
        where=", ".join(part for part in (line.kind_name, line.place) if part),
        since=since(line, at),
        tags=tags(line, at),
        steps=tuple(_step(step, line, read, today=today, on_list=on_list) for step in line.steps),
        lacking=_lacking(line, at),
        answers=mark.name if mark else "",
        mark=mark_part(mark).small() if mark else None,
        responsible_href="" if mark or not followed else reverse("citizens:responsible", args=[line.citizen_id]),
        word=_short(words[0].content.text) if words else "",
        word_by=_by(words[0], today) if words else "",
        paused=paused_in_words(read.paused.get(line.whereabouts_id, ()), at=at, home=line.is_home(at)),
        by_table=_by_table(line, read) if followed else "",
        offers=offers(line, read, today=today, on_list=on_list) if not line.is_home(at) else (),
        acts=_acts(line, read, at=at),
    )


def since(line: StayLine, at: datetime) -> str:
    """How long she has been away, or was."""
    today = oslo.day_of(at)
    left = oslo.day_of(line.from_at)
    days = ((oslo.day_of(line.to_at) if line.to_at and line.is_home(at) else today) - left).days
    if not days:
        return _("siden i dag") if not line.is_home(at) else _("samme dag")
    return ngettext("i %(days)s dag", "i %(days)s dager", days) % {"days": days}


def tags(line: StayLine, at: datetime) -> tuple[Tag, ...]:
    """Whether she is ready to leave, and when she is home."""
    today = oslo.day_of(at)
    found = []
    if line.is_home(at) and line.to_at:
        return (Tag(_("Hjem %(when)s") % {"when": _moment(line.to_at, today)}, "success", "House"),)
    if line.to_at is not None:
        found.append(Tag(_("Kommer hjem %(when)s") % {"when": _moment(line.to_at, today)}, "accent", "House"))
    if line.ready_at is not None:
        days = rules.days_waited(oslo.day_of(line.ready_at), today)
        ready = (
            ngettext("Utskrivningsklar i %(days)s dag", "Utskrivningsklar i %(days)s dager", days) % {"days": days}
            if days
            else _("Utskrivningsklar i dag")
        )
        found.append(Tag(ready, "warning" if line.to_at is None else "neutral", "Bell"))
    return tuple(found)


def paused_in_words(visits: tuple[PausedVisit, ...], *, at: datetime, home: bool) -> str:
    """What rests meanwhile: how many so far, and how much time is free in the coming week."""
    so_far = sum(one.at < at for one in visits)
    if home:
        text = ngettext("%(count)s besøk var på pause.", "%(count)s besøk var på pause.", so_far)
        return text % {"count": so_far} if so_far else ""
    coming = [one for one in visits if at <= one.at < at + WEEK]
    told = []
    if so_far:
        text = ngettext("%(count)s besøk på pause til nå.", "%(count)s besøk på pause til nå.", so_far)
        told.append(text % {"count": so_far})
    if coming:
        free = formats.duration(timedelta(minutes=sum(one.minutes for one in coming)), page_language())
        more = ngettext(
            "%(count)s til de neste sju dagene: %(free)s fri.", "%(count)s til de neste sju dagene: %(free)s fri.",
            len(coming),
        )  # fmt: skip
        only = ngettext(
            "%(count)s besøk på pause de neste sju dagene: %(free)s fri.",
            "%(count)s besøk på pause de neste sju dagene: %(free)s fri.",
            len(coming),
        )
        text = more if so_far else only
        told.append(text % {"count": len(coming), "free": free})
    return " ".join(told)


def offers(line: StayLine, read: Read, *, today: date, on_list: bool) -> tuple[Action, ...]:
    """Steps that can be taken up in one press, by the one who presses; on the list only when none is open."""
    if not read.may_write or (on_list and line.steps):
        return ()
    kinds = rules.offered(
        line.kind,
        is_ready=line.ready_at is not None,
        home_on=oslo.day_of(line.to_at) if line.to_at else None,
        is_open={step.kind for step in line.steps} | {step.kind for step in line.ended if step.kind in rules.ONCE},
    )
    return tuple(
        Action(
            str(StayStep(kind).label), _href("step", line, read), post=True, fields=_fields(on_list, kind=kind),
            icon="Plus", tight=True, describe=_("%(name)s: jeg tar det") % {"name": line.citizen_name},
        )
        for kind in kinds
    )  # fmt: skip


def _step(step: NextStep, line: StayLine, read: Read, *, today: date, on_list: bool) -> StepRow:
    mark = read.marks.get(step.owner_id) if step.owner_id else None
    fields = _fields(on_list, step=str(step.step_id))
    acts = []
    if read.may_write:
        describe = _("%(step)s, %(name)s") % {"step": step.words, "name": line.citizen_name}
        acts.append(
            Action(_("Gjort"), _href("done", line, read), post=True, fields=fields, icon="Checkmark", tight=True,
                   describe=describe)
        )  # fmt: skip
        if step.owner_id is None or (is_over(step, today) and step.owner_id != read.me):
            acts.append(
                Action(_("Jeg tar det"), _href("take", line, read), post=True, fields=fields, tight=True,
                       describe=describe)
            )  # fmt: skip
    return StepRow(
        words=step.words,
        mark=mark_part(mark).small() if mark else None,
        who=mark.name if mark else "",
        deadline=formats.deadline_of(step.on, today=today, language=page_language()) if step.on else None,
        acts=tuple(acts),
    )


def _by_table(line: StayLine, read: Read) -> str:
    routed = line.routed
    if routed is None or not routed.unit_ids:
        return _("Modellen sier ikke hvem som følger opp.")
    if read.unit_id in routed.unit_ids:
        return ""
    return _("Følges opp av %(who)s.") % {"who": holder_in_words(routed)}


def _lacking(line: StayLine, at: datetime) -> str:
    if not line.lacks(at):
        return ""
    if not line.steps:
        return _("Ingen har neste steg.")
    if any(step.owner_id is None for step in line.steps):
        return _("Ingen har tatt på seg dette.")
    return _("Over fristen.")


def _acts(line: StayLine, read: Read, *, at: datetime) -> tuple[Action, ...]:
    if line.is_home(at) or not read.may_send_home:
        return ()
    describe = line.citizen_name
    home = Action(
        _("Er hjemme igjen"), _href("home", line, read), post=True, icon="House", tight=True, describe=describe,
        fields={"now": "1", "seen": str(line.edition), "til": "lista"},
    )  # fmt: skip
    label = _("Endre når") if line.to_at else _("Kommer hjem")
    return (Action(label, f"{_href('show', line, read)}#hjem", tight=True, describe=describe), home)


def _href(name: str, line: StayLine, read: Read) -> str:
    return reverse(f"stays:{name}", args=[read.unit_id, line.whereabouts_id])


def _fields(on_list: bool, **fields: str) -> dict[str, str]:
    return {**fields, "til": "lista"} if on_list else fields


def _by(entry: EntryLine, today: date) -> str:
    return _("%(who)s, %(when)s") % {"who": entry.author_name, "when": _moment(entry.happened_at, today)}


def _moment(moment: datetime, today: date) -> str:
    return formats.near_moment(moment, today=today, language=page_language())


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_WORD else f"{text[:LONGEST_WORD].rsplit(' ', 1)[0]} …"
