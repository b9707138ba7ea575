"""Compile the engine's inner loops once, at set-up, so that the first proposal does not wait for it."""

import planengine


def warm_up() -> None:
    """Compile what is not compiled on this machine. Half a minute the first time, a moment later on."""
    planengine.warm_up()
