"""Answers about authority in plain Norwegian: «Du kan fatte dette vedtaket. Fordi du er teamleder for …»."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import gettext as _

from tillit.foundation.access.roles import ROLE_NAMES, Role
from tillit.foundation.authority.models import ServiceGroup
from tillit.foundation.authority.queries import Answer
from tillit.foundation.authority.rules.resolving import Why
from tillit.foundation.authority.words.pieces import (
    days_in_words,
    decider_in_words,
    either,
    extent_in_words,
    in_sentence,
    listed,
    place_in_words,
    source_of,
)
from tillit.foundation.organisation.models import UnitKind


@dataclass(frozen=True, slots=True)
class Words:
    """An answer, said to the one who asked."""

    may: bool
    heading: str = field(metadata={"help": "«Du kan fatte dette vedtaket», «Dette avgjør leder av …»"})
    because: str = field(metadata={"help": "Whole sentences. With the heading they tell everything"})
    source: str = field(metadata={"help": "«Delegering 2026-04, gjelder til og med 31.12.2027»; '' without one"})
    delegation_id: int | None
    tag: str = field(metadata={"help": "Two or three words for a list: «Du avgjør», «Tjenestekontoret avgjør»"})


def words_for(answer: Answer) -> Words:
    """Say one answer."""
    return words_for_all((answer,))


def words_for_all(answers: Sequence[Answer]) -> Words:
    """Say one answer for the services of one decision: yes only when every one is yes. A no is told service by service.

    Raises ValueError without answers: a decision on nothing is decided by nobody.
    """
    if not answers:
        raise ValueError("There is nothing to decide.")
    refused = [answer for answer in answers if not answer.may]
    if not refused:
        return _yes(answers)
    first = refused[0]
    texts = dict.fromkeys(_because_not(answer) for answer in refused)
    source, delegation_id = ("", None) if first.basis is None else (source_of(first.basis), first.basis.delegation_id)
    return Words(False, _heading_not(first), " ".join(texts), source, delegation_id, tag_for(first))


def tag_for(answer: Answer) -> str:
    """Say who decides in two or three words."""
    if answer.may:
        return _("Du avgjør")
    if answer.why is Why.DISQUALIFIED:
        return _("Du er inhabil")
    if answer.why is Why.LEADER_DISQUALIFIED:
        return _("Lederen din er inhabil")
    if answer.why is Why.FOUR_EYES:
        return _("En annen må avgjøre")
    if answer.why is Why.NOT_IN_USE:
        return _("Ikke i bruk")
    if not answer.deciders:
        return _("Ingen kan avgjøre")
    place = answer.deciders[0].place
    if place.unit_kind == UnitKind.OFFICE:
        return _("%(unit)s avgjør") % {"unit": place.unit_name}
    if place.role:
        return _("%(role)s avgjør") % {"role": ROLE_NAMES[Role(place.role)]}
    return _("%(name)s avgjør") % {"name": answer.deciders[0].people[0] if answer.deciders[0].people else _("Ingen")}


def _yes(answers: Sequence[Answer]) -> Words:
    """Services on the same line of the same document are told together."""
    parts: dict[tuple[object, ...], list[Answer]] = {}
    for answer in answers:
        basis = answer.basis
        assert basis is not None
        key = (basis.delegation_id, answer.held, basis.max_extent, basis.max_days, answer.service.extent_in)
        parts.setdefault(key, []).append(answer)
    first = answers[0].basis
    assert first is not None
    return Words(
        True,
        _("Du kan fatte dette vedtaket"),
        " ".join(_because(group) for group in parts.values()),
        source_of(first),
        first.delegation_id,
        _("Du avgjør"),
    )


def _because(answers: Sequence[Answer]) -> str:
    answer = answers[0]
    basis, held = answer.basis, answer.held
    assert basis is not None
    limits = []
    if basis.max_extent is not None:
        limits.append(_("for inntil %(extent)s") % {"extent": _extent(answer, basis.max_extent)})
    if basis.max_days is not None:
        limits.append(_("i vedtak for høyst %(days)s") % {"days": days_in_words(basis.max_days)})
    texts = {
        "role": place_in_words(held) if held else "",
        "by": in_sentence(basis.delegated_by),
        "what": _services(answers),
        "limits": f" {listed(limits)}" if limits else "",
    }
    if held is None or not held.role:
        said = _("Fordi %(by)s har delegert %(what)s til deg ved navn%(limits)s.") % texts
    else:
        said = _("Fordi du er %(role)s, og %(by)s har delegert %(what)s til deg%(limits)s.") % texts
    if basis.max_extent is not None:
        amounts = listed(_extent(one, one.extent) for one in answers if one.extent is not None)
        said = f"{said} {_('Dette vedtaket er på %(amount)s.') % {'amount': amounts}}"
    return said


def _heading_not(answer: Answer) -> str:
    match answer.why:
        case Why.NOT_A_PERSON:
            return _("Bare et menneske kan fatte vedtak")
        case Why.DISQUALIFIED:
            return _("Du er inhabil i denne saken")
        case Why.LEADER_DISQUALIFIED:
            return _("Lederen din er inhabil i denne saken")
        case Why.NOT_IN_USE:
            return _("Tjenesten kan ikke gis den dagen")
        case Why.FOUR_EYES:
            return _("Du kan ikke fatte vedtaket alene")
    if not answer.deciders:
        return _("Ingen kan avgjøre dette")
    return _("Dette avgjør %(who)s") % {"who": either(decider_in_words(one) for one in answer.deciders)}


def _because_not(answer: Answer) -> str:
    basis = answer.basis
    texts = {
        "service": in_sentence(answer.service.name),
        "unit": answer.unit_name,
        "by": basis.delegated_by if basis else "",
        "reference": basis.reference if basis else "",
    }
    who = _who(answer)
    match answer.why:
        case Why.NOT_A_PERSON:
            return _("Systemet har aldri myndighet til å avgjøre. Du må gjøre det selv, eller gi saken videre.")
        case Why.DISQUALIFIED:
            said = _("Derfor kan du ikke avgjøre %(service)s. En som er direkte underordnet deg, kan heller ikke.")
            return f"{said % texts} {_instead(answer) or _('Den som leder deg, bestemmer hvem som tar saken.')}"
        case Why.LEADER_DISQUALIFIED:
            said = _(
                "Da kan heller ikke du avgjøre %(service)s (forvaltningsloven § 6 tredje ledd). "
                "Du kan forberede saken som før."
            )
            ask = _("Den som leder lederen din, bestemmer hvem som tar saken.")
            return f"{said % texts} {_instead(answer) or ask}"
        case Why.NOT_IN_USE:
            return _("Kommunen gir ikke %(service)s den dagen vedtaket fattes.") % texts
        case Why.FOUR_EYES:
            said = _("Delegering %(reference)s krever at en annen enn den som avgjør, har forberedt %(service)s.")
        case Why.TOO_MUCH:
            return f"{_too_much(answer)} {who}".strip()
        case Why.TOO_LONG:
            return f"{_too_long(answer)} {who}".strip()
        case Why.ABOVE_ALL_LIMITS:
            said = _("Ingen har fått delegert så mye %(service)s. Den som delegerer, må bestemme hvem som kan.")
        case Why.NOBODY_DECIDES:
            said = _("Fordi %(service)s ikke er delegert til noen. Den som delegerer, må bestemme hvem som kan.")
        case _:
            elsewhere = all(one.place.unit_name != answer.unit_name for one in answer.deciders)
            said = (
                _("Fordi %(service)s ikke er delegert til %(unit)s.")
                if elsewhere
                else _("Fordi %(service)s ikke er delegert til deg.")
            )
    return f"{said % texts} {who}".strip()


def _too_much(answer: Answer) -> str:
    assert answer.basis is not None and answer.basis.max_extent is not None
    limit = _extent(answer, answer.basis.max_extent)
    texts = {"service": in_sentence(answer.service.name), "limit": limit}
    if answer.extent is None:
        return _("Du kan avgjøre %(service)s for inntil %(limit)s. Skriv hvor mye vedtaket er på.") % texts
    texts["extent"] = _extent(answer, answer.extent)
    return _("Fordi du kan avgjøre %(service)s for inntil %(limit)s. Dette er %(extent)s.") % texts


def _too_long(answer: Answer) -> str:
    assert answer.basis is not None and answer.basis.max_days is not None
    texts = {"service": in_sentence(answer.service.name), "limit": days_in_words(answer.basis.max_days)}
    if answer.days is None:
        return _("Du kan avgjøre %(service)s i vedtak for høyst %(limit)s. Dette har ingen sluttdato.") % texts
    texts["days"] = days_in_words(answer.days)
    return _("Fordi du kan avgjøre %(service)s i vedtak for høyst %(limit)s. Dette er for %(days)s.") % texts


def _who(answer: Answer) -> str:
    """Who holds the role that decides; nothing when no role does."""
    if not answer.deciders:
        return ""
    people = dict.fromkeys(name for one in answer.deciders for name in one.people)
    if not people and any(one.barred for one in answer.deciders):
        return _(
            "De som har rollen, kan ikke avgjøre denne saken: de er inhabile, eller lederen deres er det. "
            "Kommunen må peke ut en som ikke er underordnet."
        )
    if not people:
        return _("Ingen har den rollen den dagen.")
    if answer.why in (Why.OTHERS_DECIDE, Why.TOO_MUCH, Why.TOO_LONG):
        return _("Det er %(names)s.") % {"names": either(people)}
    return _("Gi saken til %(names)s.") % {"names": either(people)}


def _instead(answer: Answer) -> str:
    """To whom the case goes when she is barred; nothing when the register knows nobody who is not."""
    people = dict.fromkeys(name for one in answer.deciders for name in one.people)
    return _("Gi saken til %(names)s.") % {"names": either(people)} if people else ""


def _services(answers: Sequence[Answer]) -> str:
    basis = answers[0].basis
    if basis is not None and basis.whole_group:
        return _("alt i gruppa «%(group)s»") % {"group": ServiceGroup(basis.whole_group).label}
    return listed(in_sentence(answer.service.name) for answer in answers)


def _extent(answer: Answer, extent: Decimal) -> str:
    return extent_in_words(answer.service.extent_in, extent)
