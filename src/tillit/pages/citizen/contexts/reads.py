"""Who reads which part of what stands about a citizen: asked before anything of it is read."""

from tillit.foundation.access.actor import Actor, Scope
from tillit.foundation.access.permissions import Permission, holds, holds_anywhere


def reads(actor: Actor, permission: Permission, scope: Scope) -> bool:
    """Whether the actor reads one part of a citizen she reaches: by a role where she is followed, or a door of her own.

    scope: those who follow the citizen, or did so last. A leader of the district reaches the citizens, and reads no
    journals. The same as `journal.queries.reads_journal`, asked of any permission.
    """
    return holds(actor, permission, scope) or (
        scope.citizen_id is not None
        and actor.opening_to(scope.citizen_id) is not None
        and holds_anywhere(actor, permission)
    )
