"""Launch a survey, remind all alike, and close it."""

import secrets
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor, Scope
from tillit.foundation.access.clashing import refuse_if_changed
from tillit.foundation.access.permissions import require
from tillit.foundation.organisation.queries import TEAM_KINDS, get_unit
from tillit.kernel import oslo
from tillit.kernel.errors import ActionRefused, NotFound
from tillit.learning.surveys import queries
from tillit.learning.surveys.actions.pairing import series_for
from tillit.learning.surveys.models import Campaign, Group, OwnInstrument, Urn, Way
from tillit.learning.surveys.permissions import ASK_SURVEY
from tillit.learning.surveys.rules.cards import MOST_CARDS
from tillit.learning.surveys.rules.instruments import Instrument, fingerprint
from tillit.learning.surveys.rules.joining import LEAST
from tillit.learning.surveys.rules.shipped import OUTSIDE, shipped

MOST_REMINDERS = 2
LONGEST_DAYS = 60
#: Asked often and of few questions: «anonymous, no codes» (measures.md §5).
WITHOUT_CODES = frozenset({"pulse"})


class TooFew(ActionRefused):
    """Fewer than five are asked together: nothing could ever be shown."""


@transaction.atomic
def ask_survey(
    *,
    actor: Actor,
    instrument: str,
    version: int,
    unit_ids: Sequence[int],
    title: str,
    closes_on: date,
    at: datetime,
    way: str = Way.APP,
    cards: int = 0,
    pairs: bool = False,
) -> Campaign:
    """Launch a survey: it is open from now to the end of `closes_on` in Oslo.

    Everybody who belongs to the units today is asked, but the teams' own leaders. An urn for each team is made, and
    the key that ballots' codes are made of. cards: how many each team hands out, when it is by cards. pairs: those who
    will can make a code (`rules.pairing`). Raises NotFound, NotAllowed, TooFew, ActionRefused.
    """
    questions, own = _to_ask(actor, instrument, version)
    if not unit_ids:
        raise ActionRefused(_("Velg minst ett team."))
    units = [get_unit(actor=actor, unit_id=unit_id) for unit_id in sorted(set(unit_ids))]
    for unit in units:
        require(actor, ASK_SURVEY, Scope((unit.path,)))
        if unit.kind not in TEAM_KINDS:
            raise ActionRefused(_("Velg team. En undersøkelse spør team."))
        if own is not None and not unit.path.startswith(own.unit.path):
            raise ActionRefused(_("Spørreskjemaet er laget for %(unit)s. Velg team der.") % {"unit": own.unit.name})
    if not title.strip() or len(title) > 120:
        raise ActionRefused(_("Gi undersøkelsen et navn på én linje."))
    if way == Way.CARDS and not LEAST <= cards <= MOST_CARDS:
        raise ActionRefused(
            _("Skriv hvor mange kort hvert team deler ut, fra %(least)d til %(most)d.")
            % {"least": LEAST, "most": MOST_CARDS}
        )
    if (way == Way.APP) == (questions.for_whom in OUTSIDE):
        raise ActionRefused(_("Brukere og pårørende svarer med kort. De som arbeider i teamet, svarer i Tillit."))
    if pairs and (way != Way.APP or questions.code in WITHOUT_CODES):
        raise ActionRefused(_("Koder kan lages når teamet svarer i Tillit, men ikke i pulsen."))
    today = oslo.day_of(at)
    if not today <= closes_on <= today + timedelta(days=LONGEST_DAYS):
        raise ActionRefused(_("Velg en siste dag innen to måneder."))
    campaign = Campaign.objects.create(
        unit=units[0],
        title=" ".join(title.split()),
        instrument=questions.code,
        version=questions.version,
        fingerprint=fingerprint(questions),
        way=way,
        opens_at=at,
        closes_at=oslo.moment(closes_on + timedelta(days=1), time(0)),
        key=secrets.token_hex(32),
        series=series_for(fingerprint(questions), [unit.pk for unit in units]) if pairs else None,
        asked_by_id=actor.employee_id,
    )
    invited = cards if way == Way.CARDS else None
    groups = [Group.objects.create(campaign=campaign, unit=unit, invited=invited) for unit in units]
    if way == Way.APP and sum(queries.count_invited(campaign, groups).values()) < LEAST:
        raise TooFew(_("Det er færre enn fem å spørre. Da kan svarene aldri vises. Spør sammen med et team til."))
    Urn.objects.bulk_create([Urn(group=group, content=b"") for group in groups])
    scope = Scope(tuple(unit.path for unit in units))
    asked = f"{questions.code}-{questions.version}"
    audit.record(
        actor, ASK_SURVEY, str(campaign), scope, at=at,
        change={"instrument": asked, "urns": "made", "units": [unit.pk for unit in units]},
    )  # fmt: skip
    return campaign


def _to_ask(actor: Actor, code: str, version: int) -> tuple[Instrument, OwnInstrument | None]:
    """Return what is to be asked, with its row when it is an own one: in use, and hers to ask.

    Raises NotFound, and ActionRefused for an earlier version of what is shipped.
    """
    if (found := shipped(code, version)) is not None:
        if found not in queries.instruments():
            raise ActionRefused(_("Spørsmålene finnes i en nyere utgave. Velg den."))
        return found, None
    for row in queries.may_ask_with(actor=actor):
        if (row.code, row.version) == (code, version):
            return queries.instrument_of(row), row
    raise NotFound(_("Fant ikke spørsmålene."))


@transaction.atomic
def remind(*, actor: Actor, campaign_id: int, edition: int | None, at: datetime) -> Campaign:
    """Remind everybody in the groups alike: nobody knows who has answered. At most twice, once a day.

    Raises NotFound, NotAllowed, ChangedMeanwhile, ActionRefused.
    """
    campaign, scope = open_one(actor, campaign_id, edition, at)
    if campaign.way == Way.CARDS:
        raise ActionRefused(_("De som svarer med kort, kan ikke minnes på i Tillit."))
    today = oslo.day_of(at).isoformat()
    if len(campaign.reminders) >= MOST_REMINDERS:
        raise ActionRefused(_("Alle er minnet på to ganger. Mer blir mas."))
    if today in campaign.reminders:
        raise ActionRefused(_("Alle er minnet på i dag."))
    campaign.reminders = [*campaign.reminders, today]
    campaign.edition += 1
    campaign.save(update_fields=["reminders", "edition"])
    audit.record(actor, ASK_SURVEY, str(campaign), scope, at=at, change={"reminded": len(campaign.reminders)})
    return campaign


def open_one(actor: Actor, campaign_id: int, edition: int | None, at: datetime) -> tuple[Campaign, Scope]:
    """Return an open campaign with its row locked, and what it touches. Raises as `remind` does."""
    campaign = queries.get_campaign(actor=actor, campaign_id=campaign_id, permission=ASK_SURVEY, lock=True)
    scope = queries.scope_of(campaign)
    for path in scope.paths:  # all the teams, not one of them
        require(actor, ASK_SURVEY, Scope((path,)))
    refuse_if_changed(str(campaign), seen=edition, now=campaign.edition, at=at)
    if not queries.is_open(campaign, at=at):
        raise ActionRefused(_("Undersøkelsen er lukket."))
    return campaign, scope
