"""The demo's accounts on the login page. The demo registers who they are; outside demo mode nobody asks."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """One person one can be in the demo."""

    username: str
    name: str
    what: str = field(metadata={"help": "Who this is: «helsefagarbeider og fordeler i Team Solvik»"})
    group: str = field(metadata={"help": "The heading she stands under: «I teamet»"})


DemoAccountSource = Callable[[], Sequence[DemoAccount]]


def _nobody() -> Sequence[DemoAccount]:
    return ()


_source: DemoAccountSource = _nobody


def register_demo_accounts(source: DemoAccountSource) -> None:
    """Let `source` say who can be chosen, for the rest of the process. In the order they are to be shown."""
    global _source
    _source = source


def demo_accounts() -> tuple[DemoAccount, ...]:
    """Return the accounts in the order they are shown. Empty until a demo has registered some."""
    return tuple(_source())
