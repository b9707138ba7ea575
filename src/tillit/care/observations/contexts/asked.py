"""What a check asks for, in words: what is done first, in which order, and whom one calls.

With coverage it stands on the watch's page; a phone without coverage carries it for each level, and shows one of them.
"""

from dataclasses import dataclass, field
from datetime import timedelta

from django.utils.translation import gettext as _

from tillit.care.observations.rules.news2 import Level
from tillit.care.observations.rules.reaction import Act, reaction


@dataclass(frozen=True, slots=True)
class Call:
    """A number to call."""

    label: str
    href: str
    primary: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """observations/asked.html: what one level asks for, to be shown where nobody reckons but the phone."""

    level: str
    tone: str
    title: str
    lines: tuple[str, ...]
    calls: tuple[Call, ...]
    act_minutes: int = field(metadata={"help": "Somebody answers within; 0: at once, or nobody has to"})
    check_minutes: int = field(metadata={"help": "Measured again within"})


@dataclass(frozen=True, slots=True)
class Somebody:
    """Whom a check goes to. judges: it is the one who asks herself, and she is the nurse who judges it."""

    name: str = ""
    phone: str = ""
    judges: bool = False


def asked_of(level: Level, name: str, somebody: Somebody) -> Asked:
    """Return what a level asks for. name: the citizen's first name."""
    found = reaction(level)
    return Asked(
        level=level.value,
        tone=TONES[found.act],
        title=title_of(found.act, name, answered=False, is_mine=somebody.judges),
        lines=lines_of(found.act, name, answered=False, is_mine=somebody.judges),
        calls=calls_of(found.act, somebody.name, somebody.phone),
        act_minutes=_minutes(found.act_within),
        check_minutes=_minutes(found.check_within),
    )


def asked_of_anybody() -> tuple[Asked, ...]:
    """Return what each level asks for when the phone does not know of whom: no name, and the public numbers."""
    return tuple(asked_of(level, _("brukeren"), Somebody()) for level in Level)


def _minutes(within: timedelta | None) -> int:
    return int((within or timedelta()) / timedelta(minutes=1))


TONES = {Act.CALL_113: "danger", Act.CALL_DOCTOR: "danger", Act.CALL_NURSE: "warning", Act.WATCH: "info"}


def title_of(act: Act, name: str, *, answered: bool, is_mine: bool) -> str:
    """Return what is done first. is_mine: she is the nurse who has it."""
    if answered and act is not Act.WATCH:
        return _("Noen har svart. Følg med videre")
    if is_mine and act is Act.CALL_NURSE:
        return _("Vurder %(name)s") % {"name": name}
    if is_mine and act is Act.CALL_DOCTOR:
        return _("Ring lege nå")
    return {
        Act.CALL_113: _("Ring 113 nå"),
        Act.CALL_DOCTOR: _("Ring sykepleier og lege nå"),
        Act.CALL_NURSE: _("Ring sykepleier"),
        Act.WATCH: _("Følg med"),
    }[act]


def lines_of(act: Act, name: str, *, answered: bool, is_mine: bool) -> tuple[str, ...]:
    """Return what to do, in order. The helper never waits for the product."""
    if answered and act is not Act.WATCH:
        return (_("Blir %(name)s dårligere, ring 113.") % {"name": name},)
    if is_mine and act is Act.CALL_NURSE:
        return (_("Du bestemmer hva dere gjør, og når dere måler igjen. Er det akutt, ring 113."),)
    if is_mine and act is Act.CALL_DOCTOR:
        return (
            _("Ring fastlegen, eller legevakta når legekontoret er stengt."),
            _("Blir %(name)s dårligere, ring 113.") % {"name": name},
        )
    return {
        Act.CALL_113: (
            _("Ring før du gjør noe annet her. Bli hos %(name)s til hjelpen kommer.") % {"name": name},
            _("Mål igjen hele tida mens du venter, og si tallene til 113."),
        ),
        Act.CALL_DOCTOR: (
            _("Sykepleieren ringer fastlegen, eller legevakta når legekontoret er stengt."),
            _("Får du ikke svar med en gang, ring legevakta på 116 117 selv. Blir %(name)s dårligere, ring 113.")
            % {"name": name},
        ),
        Act.CALL_NURSE: (
            _("Sykepleieren vurderer %(name)s, og bestemmer hva dere gjør.") % {"name": name},
            _("Blir %(name)s dårligere, mål på nytt og ring. Er det akutt, ring 113.") % {"name": name},
        ),
        Act.WATCH: (
            _("Tallene er ikke hele svaret. Er du urolig for %(name)s, ring sykepleier eller lege.") % {"name": name},
        ),
    }[act]


def calls_of(act: Act, name: str, phone: str) -> tuple[Call, ...]:
    """Return whom to call, the first one first."""
    number = "".join(sign for sign in phone if sign.isdigit() or sign == "+")
    somebody = ((_("Ring %(name)s") % {"name": name}, f"tel:{number}"),) if name and number else ()
    doctor = ((_("Ring legevakta, 116 117"), "tel:116117"),)
    emergency = ((_("Ring 113"), "tel:113"),)
    in_order = {
        Act.CALL_113: (*emergency, *somebody),
        Act.CALL_DOCTOR: (*somebody, *doctor, *emergency),
        Act.CALL_NURSE: (*somebody, *doctor, *emergency),
        Act.WATCH: (*somebody, *doctor),
    }[act]
    first = act in (Act.CALL_113, Act.CALL_DOCTOR) or bool(somebody)
    return tuple(Call(label, href, first and index == 0) for index, (label, href) in enumerate(in_order))
