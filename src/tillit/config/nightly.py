"""What is done once a night, and may be run again at any time: ending plans, rolling visits forward, learning."""

import json

import click


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print what was done as JSON")
def nightly(as_json: bool) -> None:
    """Make visits for the days ahead, learn how long visits take, count figures, wake jobs left behind."""
    done = run()
    click.echo(json.dumps(done) if as_json else "\n".join(f"{name}: {count}" for name, count in done.items()))


def run() -> dict[str, int]:
    """Do the night's work and return what was done, by name. Running it twice the same night changes nothing."""
    from tillit.care.careplans.actions.ending import end_plans
    from tillit.care.decisions.actions.closing import close_ended
    from tillit.care.decisions.actions.following_citizens import pass_on_cases
    from tillit.care.decisions.actions.following_tables import offer_by_new_tables
    from tillit.care.decisions.actions.pausing import follow_whereabouts
    from tillit.care.decisions.actions.starting import end_finished
    from tillit.care.visits.actions import learn_minutes, roll_visits
    from tillit.foundation.access import reading, sealing
    from tillit.foundation.access.actor import system
    from tillit.foundation.jobs import waking
    from tillit.foundation.keeping import retention
    from tillit.foundation.login.actions.attempts import forget_old as forget_old_tries
    from tillit.kernel import clock, oslo
    from tillit.learning.insight.actions.counting import count_figures
    from tillit.teamwork.planning.adapter.travel import forget_old

    actor = system("nattjobben")
    at = clock.now()
    today = oslo.day_of(at)
    with reading.door("tillit nightly", actor=actor):
        ended = end_plans(actor=actor, at=at)
        closed = close_ended(actor=actor, at=at)
        rested = follow_whereabouts(actor=actor, at=at)
        finished = end_finished(actor=actor, at=at)
        offered = offer_by_new_tables(actor=actor, at=at)
        passed = pass_on_cases(actor=actor, at=at)
        made = roll_visits(actor=actor, today=today, at=at)
        learned = learn_minutes(actor=actor, today=today, at=at)
        counted = count_figures(actor=actor, at=clock.now())
    forgotten = forget_old(at=at)
    sealing.seal(at=clock.now())
    tries = forget_old_tries(at=at)
    woken = waking.wake_lost(at=at)
    with reading.door("tillit nightly", actor=actor):
        deleted = retention.remove_due(actor=actor, at=at)
    return {
        "plans_ended": ended,
        "cases_closed": closed,
        "cases_rested_or_resumed": rested,
        "cases_ended_by_themselves": finished,
        "cases_offered_by_new_tables": offered,
        "cases_that_followed_citizens": passed,
        "visits_made": made.made,
        "durations_learned": learned.different,
        "figures_counted": counted.new + counted.replaced,
        "travel_times_forgotten": forgotten,
        "login_tries_forgotten": tries,
        "jobs_woken": woken,
        "rows_deleted_when_their_time_was_over": sum(deleted.values()),
    }
