"""Make the engine ready: compiled at set-up, and loaded before a worker takes its first job."""

import planengine
from tillit.teamwork.planning.adapter import engine, strength, weeks, why

READY = (engine, strength, weeks, why)
"""What jobs ask through. They load it when they run, so that the web need not; named here, it is loaded already."""


def warm_up() -> None:
    """Compile what is not compiled on this machine. Half a minute the first time, a moment later on."""
    planengine.warm_up()
