"""What the product brings with it into an empty database.

Competences, responsibility models and principles, services with their law, the conversation. Letters and the two
readings of who may decide need no rows: they are in the code until a municipality makes them its own.
"""

from datetime import datetime

from tillit.care.needs.actions import ship_template
from tillit.foundation.access.actor import system
from tillit.foundation.authority.actions import ship_services
from tillit.foundation.responsibility.actions import ship_models
from tillit.foundation.workforce.actions import seed_competences


def ship(*, at: datetime) -> None:
    """Store what is not there yet. Run at every start; what a municipality has changed is left alone."""
    actor = system("oppsett")
    seed_competences(actor, at)
    ship_models(actor=actor, at=at)
    ship_services(actor=actor, at=at)
    ship_template(at=at)
