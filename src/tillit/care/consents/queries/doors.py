"""The door to a citizen's own page: who is let in, at a moment. Everything on the page goes through here first."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import gettext as _

from tillit.care.citizens.models import Citizen
from tillit.care.citizens.queries import scope_of
from tillit.care.citizens.queries.standing import with_reach
from tillit.care.consents.models import ConsentPart, PrivateAccount
from tillit.care.consents.permissions import ALL_HERS, OPENED_BY, WITH_ANY_PART
from tillit.care.consents.rules import Given, Part, open_parts
from tillit.foundation.access import reading
from tillit.foundation.access.actor import Actor, LetIn, Scope
from tillit.foundation.access.grounds import Ground, Reason
from tillit.foundation.access.permissions import Permission
from tillit.foundation.access.roles import Private
from tillit.foundation.organisation.queries import in_force
from tillit.kernel import oslo
from tillit.kernel.errors import NotFound
from tillit.kernel.periods import Days

#: One who lives, and is not registered as somebody else. With a death every door closes: a consent was hers to give.
_HERSELF = {"merged_into__isnull": True, "died_on__isnull": True}
_GROUND_OF = {Private.CITIZEN: Ground.OWN, Private.RELATIVE: Ground.CONSENT}


def with_doors(actor: Actor, *, at: datetime) -> Actor:
    """Return the actor with what opens and bars at `at` (aware UTC). Answers `sources.ReachSource`.

    An employee as citizens say. Anybody else in two queries more: is the login a citizen's or a relative's, and who
    lets her in. An employee's login is never also a private one: roles would go before, and nothing here is asked.
    """
    if actor.employee_id is not None or actor.user_id is None:
        return with_reach(actor, at=at)
    account = PrivateAccount.objects.filter(user_id=actor.user_id).values_list("pk", "citizen_id").first()
    if account is None:
        return actor
    account_id, own_id = account
    doors = list(_given_to(account_id, at=at))
    if own_id is not None and Citizen.objects.filter(pk=own_id, **_HERSELF).exists():
        codes = frozenset(one.code for one in ALL_HERS)
        doors.insert(0, LetIn(own_id, Private.CITIZEN, codes, f"private-account:{account_id}"))
    return replace(actor, is_private=True, let_in=tuple(doors))


def _given_to(account_id: int, *, at: datetime) -> list[LetIn]:
    on = oslo.day_of(at)
    rows = ConsentPart.objects.filter(
        in_force(on, "consent__"),
        consent__account_id=account_id,
        **{f"consent__citizen__{name}": value for name, value in _HERSELF.items()},
    )
    consents: dict[tuple[int, int, Days], list[Given]] = defaultdict(list)
    for pk, citizen_id, first, after, part, given_at, ended_at in rows.order_by("consent_id", "pk").values_list(
        "consent_id", "consent__citizen_id", "consent__valid_from", "consent__valid_to", "part", "given_at", "ended_at"
    ):
        consents[(pk, citizen_id, Days(first, after))].append(Given(Part(part), given_at, ended_at))
    found = []
    for (pk, citizen_id, days), given in consents.items():
        if parts := open_parts(days, given, on=on, at=at):
            opened = (*WITH_ANY_PART, *(OPENED_BY[part] for part in parts))
            codes = frozenset(one.code for one in opened)
            found.append(LetIn(citizen_id, Private.RELATIVE, codes, f"consent:{pk}"))
    return found


@dataclass(frozen=True, slots=True)
class Door:
    """An open door: to whom, and by what. scope: of an act behind it; its units are those that follow her today."""

    citizen: Citizen
    let_in: LetIn
    scope: Scope

    @property
    def is_own(self) -> bool:
        """Whether she looks at herself."""
        return self.let_in.kind is Private.CITIZEN

    def opens(self, permission: Permission) -> bool:
        """Whether a part of the page is open to her."""
        return permission.code in self.let_in.opens


def open_door(*, actor: Actor, citizen_id: int, permission: Permission, at: datetime, lock: bool = False) -> Door:
    """Return the door to a part of a citizen's page, and note the reading with what it rests on.

    lock: hold the citizen's row until the transaction ends, for actions. Raises NotFound for everybody who is not let
    in to that part, with the words for a citizen who does not exist: a part that is taken back leaves no trace.
    """
    let_in = actor.let_in_to(citizen_id, permission.code) if actor.is_private else None
    citizens = Citizen.objects.select_for_update() if lock else Citizen.objects.all()
    citizen = citizens.filter(pk=citizen_id).first() if let_in else None
    if let_in is None or citizen is None:
        raise NotFound(_("Fant ikke siden."))
    reading.note(citizen.pk, why=Reason(_GROUND_OF[let_in.kind], let_in.subject))
    return Door(citizen, let_in, Scope(scope_of(citizen.pk, on=oslo.day_of(at)).paths, citizen.pk))


def consent_grounds(*, actor: Actor, citizen_ids: frozenset[int], at: datetime) -> Mapping[int, Reason]:
    """Return why somebody who is let in could look. Answers `grounds.GroundSource`; no query."""
    return {
        one.citizen_id: Reason(_GROUND_OF[one.kind], one.subject)
        for one in reversed(actor.let_in)
        if one.citizen_id in citizen_ids
    }
