"""Make an own instrument: its head, questions and themes while it is a draft; put it in use; the next version."""

import secrets
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor, Scope
from tillit.foundation.access.clashing import refuse_if_changed
from tillit.foundation.access.permissions import require
from tillit.foundation.organisation.queries import get_unit
from tillit.kernel.errors import ActionRefused, NotFound
from tillit.learning.surveys import queries
from tillit.learning.surveys.models import OwnInstrument
from tillit.learning.surveys.permissions import BUILD_SURVEY
from tillit.learning.surveys.rules.building import checks, editing, scales
from tillit.learning.surveys.rules.building.plain import to_plain
from tillit.learning.surveys.rules.instruments import Asks, Instrument, Item, Part, Text, fingerprint
from tillit.learning.surveys.rules.shipped import OUTSIDE, TEAM

MOST_QUESTION = 300
WHO = frozenset({TEAM, *OUTSIDE})


class InUse(ActionRefused):
    """It has been put in use: nothing in it changes."""


class NotReady(ActionRefused):
    """Something must be mended first. found: what."""

    def __init__(self, text: str, found: tuple[checks.Found, ...]) -> None:
        super().__init__(text)
        self.found = found


@transaction.atomic
def make_instrument(
    *, actor: Actor, unit_id: int, name: Text, about: Text, for_whom: str, at: datetime
) -> OwnInstrument:
    """Begin a draft for a unit: its teams may be asked when it is in use.

    Raises NotFound, NotAllowed, ActionRefused.
    """
    unit = get_unit(actor=actor, unit_id=unit_id)
    require(actor, BUILD_SURVEY, Scope((unit.path,)))
    _check_head(name, for_whom)
    row = OwnInstrument.objects.create(
        unit=unit, code=f"new-{secrets.token_hex(8)}", asked=to_plain(editing.blank(name, about, for_whom)), made_at=at
    )
    row.code = f"{editing.OWN}{row.pk}"
    row.save(update_fields=["code"])
    audit.record(actor, BUILD_SURVEY, str(row), Scope((unit.path,)), at=at, change={"made": row.code})
    return row


@transaction.atomic
def change_head(
    *, actor: Actor, own_id: int, edition: int | None, name: Text, about: Text, for_whom: str, at: datetime
) -> OwnInstrument:
    """Change name, purpose and who answers. Raises NotFound, NotAllowed, ChangedMeanwhile, InUse, ActionRefused."""
    row, instrument = _draft(actor, own_id, edition, at)
    _check_head(name, for_whom)
    changed = replace(instrument, name=name, about=about, for_whom=for_whom)
    return _store(row, changed, actor=actor, at=at, change={"head": True})


@transaction.atomic
def put_question(
    *, actor: Actor, own_id: int, edition: int | None, item: Item, at: datetime, new_theme: str = ""
) -> OwnInstrument:
    """Add a question last (empty code), or change one. A way to it that leads nowhere is told on the page, not here.

    new_theme: name of a theme that is made for it.

    Raises NotFound, NotAllowed, ChangedMeanwhile, InUse, ActionRefused.
    """
    row, instrument = _draft(actor, own_id, edition, at)
    if item.code:
        _item(instrument, item.code)
    elif len(instrument.items) >= editing.MOST_ITEMS:
        raise ActionRefused(_("Det er %(most)d spørsmål her. Flere svarer ingen på.") % {"most": editing.MOST_ITEMS})
    text = item.text.nb.strip()
    if not text or max(len(one) for one in item.text) > MOST_QUESTION:
        raise ActionRefused(_("Skriv spørsmålet på høyst %(most)d tegn.") % {"most": MOST_QUESTION})
    scale = scales.scale(item.scale)
    if scale is None:
        raise ActionRefused(_("Velg hvordan det svares."))
    if named := new_theme.strip():
        instrument = _with_theme(instrument, Part("", Text(named), Text("")))
        item = replace(item, part=instrument.parts[-1].code)
    if item.part and all(part.code != item.part for part in instrument.parts):
        raise ActionRefused(_("Velg et tema fra lista."))
    if item.part and scale.asks is Asks.TEXT:
        raise ActionRefused(_("Egne ord har ikke noe gjennomsnitt. La spørsmålet stå for seg selv."))
    if item.reverse and not item.part:
        raise ActionRefused(_("Bare spørsmål i et tema kan være snudd."))
    return _store(row, editing.with_item(instrument, item), actor=actor, at=at, change={"question": item.code or "+"})


@transaction.atomic
def remove_question(*, actor: Actor, own_id: int, edition: int | None, code: str, at: datetime) -> OwnInstrument:
    """Take a question out. Refused while the answer to it leads to another. Raises as `put_question`."""
    row, instrument = _draft(actor, own_id, edition, at)
    _item(instrument, code)
    if led := editing.leads_to(instrument, code):
        raise ActionRefused(
            _("«%(question)s» vises etter svaret på dette spørsmålet. Endre det først.") % {"question": led[0].text.nb}
        )
    return _store(row, editing.without_item(instrument, code), actor=actor, at=at, change={"question": f"-{code}"})


@transaction.atomic
def move_question(*, actor: Actor, own_id: int, edition: int | None, code: str, by: int, at: datetime) -> OwnInstrument:
    """Move a question one up (by −1) or down (1). Raises NotFound, NotAllowed, ChangedMeanwhile, InUse."""
    row, instrument = _draft(actor, own_id, edition, at)
    _item(instrument, code)
    return _store(row, editing.moved(instrument, code, by), actor=actor, at=at, change={"moved": code})


@transaction.atomic
def put_theme(*, actor: Actor, own_id: int, edition: int | None, part: Part, at: datetime) -> OwnInstrument:
    """Add a theme (empty code), or change one. Raises NotFound, NotAllowed, ChangedMeanwhile, InUse, ActionRefused."""
    row, instrument = _draft(actor, own_id, edition, at)
    if part.code and all(one.code != part.code for one in instrument.parts):
        raise NotFound(_("Fant ikke temaet."))
    if not part.name.nb.strip():
        raise ActionRefused(_("Gi temaet et navn."))
    return _store(row, _with_theme(instrument, part), actor=actor, at=at, change={"theme": part.code or "+"})


@transaction.atomic
def remove_theme(*, actor: Actor, own_id: int, edition: int | None, code: str, at: datetime) -> OwnInstrument:
    """Take a theme away: its questions stay, for themselves. Raises NotFound, NotAllowed, ChangedMeanwhile, InUse."""
    row, instrument = _draft(actor, own_id, edition, at)
    if all(one.code != code for one in instrument.parts):
        raise NotFound(_("Fant ikke temaet."))
    return _store(row, editing.without_part(instrument, code), actor=actor, at=at, change={"theme": f"-{code}"})


@transaction.atomic
def put_in_use(*, actor: Actor, own_id: int, edition: int | None, at: datetime) -> OwnInstrument:
    """Let it be asked. From here on nobody changes anything in it, and the database refuses it too.

    Raises NotFound, NotAllowed, ChangedMeanwhile, InUse, NotReady.
    """
    row, instrument = _draft(actor, own_id, edition, at)
    if found := checks.problems(instrument):
        raise NotReady(_("Noe må rettes før spørreskjemaet kan tas i bruk."), found)
    final = editing.ready(instrument)
    row.in_use_at, row.fingerprint = at, fingerprint(final)
    return _store(row, final, actor=actor, at=at, change={"in_use": row.fingerprint[:12]})


@transaction.atomic
def copy_instrument(*, actor: Actor, own_id: int, edition: int | None, at: datetime) -> OwnInstrument:
    """Begin the next version of one in use, as a draft with the same questions. One draft at a time.

    Raises NotFound, NotAllowed, ChangedMeanwhile, ActionRefused.
    """
    row = _held(actor, own_id, edition, at)
    if row.in_use_at is None:
        raise ActionRefused(_("Dette er et utkast. Du kan endre det som det er."))
    if queries.next_version(row) is not None:
        raise ActionRefused(_("Det finnes en nyere versjon av dette spørreskjemaet."))
    try:
        with transaction.atomic():
            copy = OwnInstrument.objects.create(
                unit=row.unit, code=row.code, version=row.version + 1, asked=row.asked, made_at=at
            )
    except IntegrityError:  # somebody else did the same just now
        raise ActionRefused(_("Det finnes en nyere versjon av dette spørreskjemaet.")) from None
    audit.record(actor, BUILD_SURVEY, str(copy), Scope((row.unit.path,)), at=at, change={"copied": row.pk})
    return copy


@transaction.atomic
def discard_instrument(*, actor: Actor, own_id: int, edition: int | None, at: datetime) -> None:
    """Throw a draft away. Raises NotFound, NotAllowed, ChangedMeanwhile, InUse."""
    row, _instrument = _draft(actor, own_id, edition, at)
    audit.record(actor, BUILD_SURVEY, str(row), Scope((row.unit.path,)), at=at, change={"discarded": row.code})
    row.delete()


def _held(actor: Actor, own_id: int, edition: int | None, at: datetime) -> OwnInstrument:
    row = queries.get_own(actor=actor, own_id=own_id, lock=True)
    require(actor, BUILD_SURVEY, Scope((row.unit.path,)))
    refuse_if_changed(str(row), seen=edition, now=row.edition, at=at)
    return row


def _draft(actor: Actor, own_id: int, edition: int | None, at: datetime) -> tuple[OwnInstrument, Instrument]:
    row = _held(actor, own_id, edition, at)
    if row.in_use_at is not None:
        raise InUse(_("Spørreskjemaet er tatt i bruk og kan ikke endres. Lag en ny versjon."))
    return row, queries.instrument_of(row)


def _store(
    row: OwnInstrument, instrument: Instrument, *, actor: Actor, at: datetime, change: dict[str, Any]
) -> OwnInstrument:
    row.asked = to_plain(instrument)
    row.edition += 1
    row.save()
    audit.record(actor, BUILD_SURVEY, str(row), Scope((row.unit.path,)), at=at, change=change)
    return row


def _item(instrument: Instrument, code: str) -> Item:
    found = next((one for one in instrument.items if one.code == code), None)
    if found is None:
        raise NotFound(_("Fant ikke spørsmålet."))
    return found


def _with_theme(instrument: Instrument, part: Part) -> Instrument:
    if not part.code and len(instrument.parts) >= editing.MOST_PARTS:
        raise ActionRefused(_("Det er %(most)d temaer her. Flere kan ingen snakke om.") % {"most": editing.MOST_PARTS})
    return editing.with_part(instrument, part)


def _check_head(name: Text, for_whom: str) -> None:
    if not name.nb.strip():
        raise ActionRefused(_("Gi spørreskjemaet et navn."))
    if for_whom not in WHO:
        raise ActionRefused(_("Velg hvem som svarer."))
