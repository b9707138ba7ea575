"""Who hears what, and who answers whom: the one file that tells what follows what."""

from collections.abc import Sequence

from tillit.foundation.access import demo_door, sources
from tillit.foundation.organisation import sources as organisation_sources
from tillit.kernel import events


def connect() -> None:
    """Connect the floors. Called once at start-up; calling again changes nothing."""
    answers()
    news()


def answers() -> None:
    """Questions that a lower floor asks and an upper one answers."""
    from tillit.care.careplans import sources as careplan_sources
    from tillit.care.citizens.queries.counts import count_by_unit
    from tillit.care.visits.answers import PlanAnswers
    from tillit.foundation.workforce.actors import actor_of

    sources.register_actor_source(actor_of)
    organisation_sources.register_citizen_counter(count_by_unit)
    careplan_sources.register_visit_source(PlanAnswers())
    demo_door.register_demo_accounts(_demo_accounts)


def _demo_accounts() -> Sequence[demo_door.DemoAccount]:
    """Ask the demo, which is loaded only when it is asked."""
    from tillit.demo.accounts import demo_accounts

    return demo_accounts()


def news() -> None:
    """What has happened → who hears it, in the same transaction."""
    from tillit.care.careplans.events import PlanStarted
    from tillit.care.citizens.events import CitizenAway, CitizenHome
    from tillit.care.visits import listeners as visits
    from tillit.care.visits.events import VisitsChanged
    from tillit.foundation.workforce.events import EmployeeAbsent
    from tillit.teamwork.planning import actions as planning

    events.listen(PlanStarted, visits.on_plan_started)
    events.listen(CitizenAway, visits.on_citizen_away)
    events.listen(CitizenHome, visits.on_citizen_home)
    events.listen(EmployeeAbsent, planning.follow_absence)
    events.listen(VisitsChanged, planning.follow_visits)
