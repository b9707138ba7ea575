"""What the declared policy says of one press: the permission of the address, what it names, and who reaches that.

Derived from the declarations alone (`access.naming`, the permissions) and the pure rule of who reaches a citizen;
nothing here asks the views.
"""

from dataclasses import dataclass
from enum import StrEnum

from tests.policy.world import Person, Stands, World
from tillit.care.citizens.permissions import READ_CITIZEN
from tillit.foundation.access import permissions
from tillit.foundation.access.actor import Actor
from tillit.foundation.access.addresses import Address
from tillit.foundation.access.grounds import Ground
from tillit.foundation.access.naming import ABOUT_A_CITIZEN, Reach, reach_of
from tillit.foundation.access.roles import Role


class Answer(StrEnum):
    """What the policy says. MAYBE: in reach for reading alone; whether this is reading is the app's to say."""

    REFUSED = "REFUSED"
    NOT_FOUND = "NOT_FOUND"
    MAYBE = "MAYBE"
    IN_REACH = "IN_REACH"


#: The answers each gives, by the status of the page. 409 and 422: a rule says not now; leading on is an answer too.
STATUSES = {
    Answer.REFUSED: frozenset({403}),
    Answer.NOT_FOUND: frozenset({404}),
    Answer.MAYBE: frozenset({200, 302, 403, 404, 409}),
    Answer.IN_REACH: frozenset({200, 302, 409}),
}

#: What a team is asked or says together: those of its work groups are in it.
_ASKED = {"campaign_id", "gathering_id"}


@dataclass(frozen=True, slots=True)
class Asked:
    """One cell of the matrix."""

    world: World
    person: Person
    actor: Actor
    address: Address
    stands: Stands

    def answer(self) -> Answer:
        """Return what the declarations say."""
        permission = self.address.permission
        assert permission is not None
        needs_role = permission not in (permissions.SIGNED_IN, permissions.PUBLIC)
        if needs_role and not permissions.holds_anywhere(self.actor, permission):
            return Answer.REFUSED
        reach = reach_of(self.address.door, self.address.names)
        if reach in ABOUT_A_CITIZEN:
            return self._about_a_citizen(reach)
        if reach in (Reach.UNIT, Reach.STAFF):
            path = self.world.units[self.stands].path
            held = self._reaches(path) or (_ASKED & set(self.address.names) and self._belongs_to(path))
            return Answer.IN_REACH if held else Answer.NOT_FOUND
        if reach is Reach.OWN and self.person.role is not Role.ADMINISTRATOR:
            return Answer.NOT_FOUND  # nothing in the world is hers
        return Answer.MAYBE

    def path(self, kwargs: dict[str, object]) -> str:
        """Return the address, filled."""
        return self.world.path(self.address, kwargs)

    def is_in_a_unit(self) -> bool:
        """Whether the address names what lies in a unit, and no citizen."""
        return reach_of(self.address.door, self.address.names) in (Reach.UNIT, Reach.STAFF)

    def _reaches(self, path: str) -> bool:
        permission = self.address.permission
        assert permission is not None
        return any(grant.role in permission.roles and grant.reaches(path) for grant in self.actor.grants)

    def _belongs_to(self, path: str) -> bool:
        """Whether she is of a work group in the team: what a team is asked, all its people are asked."""
        permission = self.address.permission
        assert permission is not None
        return any(grant.role in permission.roles and grant.path.startswith(path) for grant in self.actor.grants)

    def _reads_at(self, path: str) -> bool:
        return any(grant.role in READ_CITIZEN.roles and grant.reaches(path) for grant in self.actor.grants)

    def _about_a_citizen(self, reach: Reach) -> Answer:
        citizen = self.world.citizens[self.stands]
        ground = self.world.ground(self.person.name, self.stands)
        if ground is Ground.FOLLOWS:
            return Answer.IN_REACH
        beside = self._reads_at(self.world.units[self.stands].path)
        if reach in (Reach.CASE, Reach.BETWEEN, Reach.EMERGENCY) and beside and citizen.pk not in self.actor.barred:
            return Answer.MAYBE
        return Answer.MAYBE if ground else Answer.NOT_FOUND
