"""Everything that can be done with services and authority. Other apps import from here."""

from tillit.foundation.authority.actions.acting import appoint_acting_leader, end_acting
from tillit.foundation.authority.actions.catalogue import (
    add_basis,
    add_service,
    bring_act_into_force,
    edition_of_act,
    end_basis,
    ship_services,
)
from tillit.foundation.authority.actions.delegating import (
    add_authority,
    end_authority,
    end_delegation,
    record_delegation,
)
from tillit.foundation.authority.actions.refusals import AuthorityRefused
from tillit.foundation.authority.actions.templates import take_template

__all__ = [
    "AuthorityRefused",
    "add_authority",
    "add_basis",
    "add_service",
    "appoint_acting_leader",
    "bring_act_into_force",
    "edition_of_act",
    "end_acting",
    "end_authority",
    "end_basis",
    "end_delegation",
    "record_delegation",
    "ship_services",
    "take_template",
]
