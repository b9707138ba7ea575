"""What the table lets somebody do in a unit she has no role in."""

from dataclasses import replace

from tillit.foundation.access.actor import Actor, Grant
from tillit.foundation.access.roles import Role


def with_reach(actor: Actor, *paths: str) -> Actor:
    """Return the same person reaching these units too, for what receiving a case or an urgent start does there.

    Never for what she chooses herself: the area of the address, the table or those who follow the citizen name the
    units. The action has asked for her own permission first, and the audit trail names her.
    """
    return replace(actor, grants=(*actor.grants, *(Grant(Role.NURSE, path) for path in paths)))
