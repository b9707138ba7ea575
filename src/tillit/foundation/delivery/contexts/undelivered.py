"""delivery/undelivered.html and delivery/choose.html: what did not go through, and the choice about it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tillit.foundation.access.actor import Actor
from tillit.foundation.delivery import queries
from tillit.foundation.delivery.acts import Act, Line, Pictured, Version, act_of, names_of
from tillit.foundation.delivery.models import Choice, Undelivered
from tillit.foundation.delivery.rules.order import Outcome
from tillit.foundation.delivery.words import text_of
from tillit.kernel import oslo
from tillit.kernel.errors import NotFound
from tillit.ui import formats
from tillit.ui.language import page_language
from tillit.ui.parts import ListRow, RowList, Tag


@dataclass(frozen=True, slots=True)
class UndeliveredPage:
    """delivery/undelivered.html: one's own, and what one's people have left lying."""

    mine: RowList | None
    others: RowList | None
    chosen: RowList | None
    missing: str = field(metadata={"help": "What a phone wrote and that never came; empty: nothing"})
    lead: str


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two versions, beside the other."""

    heading: str
    note: str = field(metadata={"help": "Who, and when"})
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class ChoosePage:
    """delivery/choose.html: both versions side by side, and the choice."""

    undelivered_id: int
    title: str
    lead: str
    why: str
    mine: Side
    picture_href: str = field(metadata={"help": "To the photo that lies in it; empty: there is none"})
    stands: Side | None = field(metadata={"help": "None: nothing stands, or the reader does not reach it any more"})
    edition: str
    may_use: bool = field(metadata={"help": "Its author, and the act can still be carried out"})
    may_rewrite: bool
    text: str = field(metadata={"help": "What stands in the field for writing anew"})
    keep_label: str
    outcome: str = field(metadata={"help": "What was chosen, by whom and when; empty: nobody has chosen"})
    href: str = field(metadata={"help": "To what it is about; empty: out of reach"})
    back_href: str


def undelivered_page(*, actor: Actor, at: datetime) -> UndeliveredPage:
    """Return what waits for a choice, and what was chosen lately."""
    open_ones = queries.list_undelivered(actor=actor, at=at)
    own = [one for one in open_ones if one.envelope.phone.user_id == actor.user_id]
    others = [one for one in open_ones if one.envelope.phone.user_id != actor.user_id]
    chosen = queries.list_undelivered(actor=actor, at=at, chosen=True)[:20]
    about = {one.citizen_id for one in (*open_ones, *chosen) if one.citizen_id is not None}
    names = names_of(actor=actor, citizen_ids=about, at=at)
    lost = len(queries.missing_of(actor.user_id or 0))
    return UndeliveredPage(
        mine=_rows(own, names, at=at),
        others=_rows(others, names, at=at, with_name=True),
        chosen=_rows(chosen, names, at=at),
        missing=ngettext(
            "%(n)d ting du skrev, kom aldri fram fra telefonen. Se over besøkene dine.",
            "%(n)d ting du skrev, kom aldri fram fra telefonen. Se over besøkene dine.",
            lost,
        )
        % {"n": lost}
        if lost
        else "",
        lead=_("Skrevet på telefonen uten dekning. Ingenting er borte: velg hva som skal gjelde."),
    )


def _rows(
    found: list[Undelivered], names: Mapping[int, str], *, at: datetime, with_name: bool = False
) -> RowList | None:
    """names: those the reader reaches; of the others nothing is said."""
    today, language = oslo.day_of(at), page_language()
    rows = tuple(
        ListRow(
            title=_title(one),
            more=one.envelope.phone.user.name if with_name else "",
            note=_note(
                names.get(one.citizen_id or 0, ""),
                formats.near_moment(one.envelope.said_at or one.envelope.received_at, today=today, language=language),
            ),
            href=reverse("delivery:choose", args=[one.pk]),
            end=Tag(str(Choice(one.choice).label), "success")
            if one.choice
            else Tag(_("To versjoner"), "warning")
            if one.envelope.outcome == Outcome.CONFLICT
            else Tag(_("Ikke tatt imot"), "warning"),
        )
        for one in found
    )
    return RowList(rows) if rows else None


def _title(found: Undelivered) -> str:
    act = act_of(found.envelope.act)
    return str(act.title) if act else _("Noe du skrev på telefonen")


def choose_page(*, actor: Actor, found: Undelivered, at: datetime, typed: str | None = None) -> ChoosePage:
    """Return both versions and what can be chosen. typed: what she has written anew and that was not taken."""
    envelope, kept = found.envelope, found.content
    act = act_of(envelope.act)
    fields: Mapping[str, Any] = kept.get("fields", {})
    mine = act.mine(fields) if act else Version(lines=_plain(fields))
    stands, reached = _stands(act, actor, fields, at=at)
    is_author = envelope.phone.user_id == actor.user_id
    today, language = oslo.day_of(at), page_language()
    said = formats.near_moment(envelope.said_at or envelope.received_at, today=today, language=language)
    may_use = is_author and act is not None and reached and not found.choice
    return ChoosePage(
        undelivered_id=found.pk,
        title=_title(found),
        lead=(stands.title if stands else "") if reached else "",
        why=text_of(envelope),
        mine=Side(_("Du skrev") if is_author else envelope.phone.user.name, said, mine.lines),
        picture_href=reverse("delivery:picture", args=[found.pk]) if picture_in(found) else "",
        stands=_side(found, stands),
        edition=stands.edition if stands else "",
        may_use=may_use,
        may_rewrite=may_use and bool(act and act.words),
        text=typed if typed is not None else str(fields.get(act.words, "") or "") if act and act.words else "",
        keep_label=_("Behold det som står") if envelope.outcome == Outcome.CONFLICT else _("La det ligge"),
        outcome=_outcome(found, at=at),
        href=stands.href if stands and reached else "",
        back_href=reverse("delivery:undelivered"),
    )


def picture_in(found: Undelivered) -> bytes:
    """Return the photo that lies in what somebody wrote, as a JPEG drawn here; empty when there is none."""
    act = act_of(found.envelope.act)
    return act.picture(found.content.get("fields", {})) if isinstance(act, Pictured) else b""


def _stands(act: Act | None, actor: Actor, fields: Mapping[str, Any], *, at: datetime) -> tuple[Version | None, bool]:
    if act is None:
        return None, False
    try:
        return act.stands(actor=actor, fields=fields, at=at), True
    except NotFound:
        return None, False


def _side(found: Undelivered, stands: Version | None) -> Side | None:
    """What stands beside hers: as it stands now, and once somebody has chosen as it stood then."""
    if stands is None:
        return None
    if found.choice:
        kept = found.stood
        lines = tuple(Line(str(label), str(text)) for label, text in kept.get("lines", []))
        return Side(_("Sto fra før"), _note(kept.get("who", ""), kept.get("when", "")), lines) if lines else None
    return Side(_("Står nå"), _note(stands.who, stands.when), stands.lines) if stands.lines else None


def _note(who: str, when: str) -> str:
    return " · ".join(part for part in (who, when) if part)


def _outcome(found: Undelivered, *, at: datetime) -> str:
    if found.chosen_at is None:
        return ""
    when = formats.near_moment(found.chosen_at, today=oslo.day_of(at), language=page_language())
    return _("%(choice)s. %(who)s, %(when)s.") % {
        "choice": Choice(found.choice).label,
        "who": found.chosen_by.name if found.chosen_by else "",
        "when": when,
    }


def _plain(fields: Mapping[str, Any]) -> tuple[Line, ...]:
    """What she wrote, when no act of this edition knows it: the words as they are."""
    texts = [value for value in fields.values() if isinstance(value, str) and " " in value.strip()]
    return tuple(Line(_("Tekst"), text) for text in texts)
