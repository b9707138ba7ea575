"""What a citizen has been told, as her own page shows it: decisions and letters. Nothing proposed or not yet sent."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from tillit.care.decisions.models import Case, Decision, DecisionLine, Notice, NoticeWay, Origin
from tillit.care.letters.models import SentLetter
from tillit.care.letters.queries import LetterLine, letters_of
from tillit.care.letters.rules import is_decision
from tillit.kernel import oslo
from tillit.kernel.errors import NotFound

_LETTERS = ("letter_id", "reasons_letter_id")


@dataclass(frozen=True, slots=True)
class ToldLine:
    """What a decision says of one service. until: the first day it no longer holds."""

    service: str
    outcome: str
    starts_on: date | None
    until: date | None


@dataclass(frozen=True, slots=True)
class ToldDecision:
    """A decision she has been told. replaced: a newer one stands in its place."""

    decision_id: int
    number: str = field(metadata={"help": "Of the case, as in the letter"})
    decided_on: date
    replaced: bool
    lines: tuple[ToldLine, ...]
    letter_ids: tuple[int, ...] = field(metadata={"help": "As it was sent, then the reasons that were asked for"})


def decisions_told(citizen_id: int, *, at: datetime) -> list[ToldDecision]:
    """Return the decisions she has been told by `at`, newest first, in two queries. Callers opened the door.

    Told is from the day it was sent or said, or the day she got to know it where no more is registered. A letter told
    by mouth first is hers to open when it follows. A carer's letters are the carer's.
    """
    on = oslo.day_of(at)
    newer = Decision.objects.filter(_is_told(on), supersedes=OuterRef("pk"))
    told = Decision.objects.filter(_is_told(on), case__citizen_id=citizen_id)
    rows = list(
        told.annotate(replaced=Exists(newer), has_letter=_has_letter(on))
        .order_by("-decided_on", "-pk")
        .values_list("pk", "case__number", "decided_on", "replaced", "case__origin", "has_letter", *_LETTERS)
    )
    lines: dict[int, list[ToldLine]] = defaultdict(list)
    found = DecisionLine.objects.filter(decision_id__in=[row[0] for row in rows]).order_by("rank", "pk")
    for pk, service, outcome, starts_on, ends_on, stopped_on in found.values_list(
        "decision_id", "service__name", "outcome", "starts_on", "ends_on", "stopped_on"
    ):
        lines[pk].append(ToldLine(service, outcome, starts_on, stopped_on or ends_on))
    return [
        ToldDecision(
            pk,
            number,
            decided_on,
            replaced,
            tuple(lines[pk]),
            tuple(one for one in letters if one and has_letter and origin != Origin.CARER),
        )
        for pk, number, decided_on, replaced, origin, has_letter, *letters in rows
    ]


def letters_told(citizen_id: int, *, at: datetime, every: bool) -> list[LetterLine]:
    """Return the letters sent to her by `at`, newest first. Callers opened the door.

    Not a decision's before it is told in writing, and not those to a carer who asked for herself: she is the party,
    and they hold what is hers. every: also what settles nothing, such as a receipt or a notice in advance.
    """
    lines = letters_of(citizen_id)
    numbers = {one.case_reference for one in lines}
    carers = set(Case.objects.filter(number__in=numbers, origin=Origin.CARER).values_list("number", flat=True))
    waiting = set(
        Decision.objects.filter(
            ~_has_letter(oslo.day_of(at)), letter_id__in=[one.letter_id for one in lines]
        ).values_list("letter_id", flat=True)
    )
    return [
        one
        for one in lines
        if one.sent_at <= at
        and one.letter_id not in waiting
        and one.case_reference not in carers
        and (every or is_decision(one.kind))
    ]


def get_told_letter(citizen_id: int, *, letter_id: int, at: datetime, every: bool) -> SentLetter:
    """Return one of `letters_told` as it was kept. Raises NotFound for every other, whoever's it is."""
    if letter_id not in {one.letter_id for one in letters_told(citizen_id, at=at, every=every)}:
        raise NotFound(_("Fant ikke brevet."))
    return SentLetter.objects.get(pk=letter_id)


def _is_told(on: date) -> Q:
    """Decisions she knows of by the end of a day."""
    return Q(Exists(_notices().filter(sent_on__lte=on))) | _registered(on)


def _has_letter(on: date) -> Q:
    """Those she has been told in writing by then."""
    written = _notices().filter(sent_on__lte=on).exclude(way=NoticeWay.ORALLY)
    return Q(Exists(written)) | (_registered(on) & ~Q(Exists(_notices())))


def _notices() -> QuerySet[Notice]:
    return Notice.objects.filter(decision=OuterRef("pk"))


def _registered(on: date) -> Q:
    """What came from the record system: that she knows, and since when, but not how she was told."""
    return Q(known_on__isnull=False, known_on__lte=on)
