"""The roles a person can hold in a unit, and those who come in without one. What each may do, each permission says."""

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Role(StrEnum):
    """A role is held in a unit, from a day, to a day. It reaches that unit and everything below it."""

    CARE_WORKER = "CARE_WORKER"
    NURSE = "NURSE"
    THERAPIST = "THERAPIST"
    CASE_WORKER = "CASE_WORKER"
    TEAM_LEADER = "TEAM_LEADER"
    DISTRICT_LEADER = "DISTRICT_LEADER"
    PROJECT_LEADER = "PROJECT_LEADER"
    REPRESENTATIVE = "REPRESENTATIVE"
    ADMINISTRATOR = "ADMINISTRATOR"
    PRIVACY_REVIEWER = "PRIVACY_REVIEWER"
    RESEARCHER = "RESEARCHER"


ROLE_NAMES: dict[Role, str | Promise] = {
    Role.CARE_WORKER: _("Medarbeider i teamet"),
    Role.NURSE: _("Sykepleier"),
    Role.THERAPIST: _("Ergo- eller fysioterapeut"),
    Role.CASE_WORKER: _("Saksbehandler"),
    Role.TEAM_LEADER: _("Teamleder"),
    Role.DISTRICT_LEADER: _("Leder i distriktet"),
    Role.PROJECT_LEADER: _("Prosjektleder"),
    Role.REPRESENTATIVE: _("Tillitsvalgt eller verneombud"),
    Role.ADMINISTRATOR: _("Systemansvarlig"),
    Role.PRIVACY_REVIEWER: _("Personvernombud"),
    Role.RESEARCHER: _("Forsker"),
}


class Private(StrEnum):
    """Somebody who is let in to one citizen's own page, and holds no role in any unit: she herself, or one of hers."""

    CITIZEN = "CITIZEN"
    RELATIVE = "RELATIVE"


PRIVATE_NAMES: dict[Private, str | Promise] = {
    Private.CITIZEN: _("Brukeren selv"),
    Private.RELATIVE: _("Pårørende eller verge"),
}

#: Those who work with citizens in a team.
IN_THE_TEAM = frozenset({Role.CARE_WORKER, Role.NURSE, Role.THERAPIST, Role.CASE_WORKER, Role.TEAM_LEADER})
#: Everybody with a role.
EVERYBODY = frozenset(Role)
#: Everybody who works in the municipality. A researcher sees figures and how the work is organised, and nobody's name.
EMPLOYED = EVERYBODY - {Role.RESEARCHER}
#: Roles that say nothing of what one does with citizens, and never decide a case.
BESIDE_THE_WORK = frozenset(
    {Role.PROJECT_LEADER, Role.REPRESENTATIVE, Role.ADMINISTRATOR, Role.PRIVACY_REVIEWER, Role.RESEARCHER}
)


def name_of(code: str) -> str:
    """Return the name of a role, or of one without a role, in plain Norwegian. code: as stored in the logs."""
    return str(PRIVATE_NAMES[Private(code)] if code in Private.__members__ else ROLE_NAMES[Role(code)])
