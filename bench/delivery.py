"""Histories of phones without coverage, played against the product: sealed, signed, posted, carried out in a database.

Each is made by chance from its own number: who writes, what is lost, sent twice, reordered, answered late, whose clock
is wrong, where the server dies. What always must hold is asked after each; the first that does not hold is printed with
the number that makes it again (`--first NUMBER --histories 1`). With `--pure` the rules alone are played, with lists
for a database. Each history is taken back, so the database stays as small as it was.
"""

import argparse
import logging
import random
import time
from collections import Counter
from collections.abc import Callable
from datetime import timedelta

from bench import machine
from bench.databases import DATABASES, each_in_its_own

Program = list[tuple[int, int, int]]
Play = Callable[[Program], dict[str, int]]


def main() -> int:
    """Run each database in a process of its own, for a process has one."""
    parser = argparse.ArgumentParser(prog="bench delivery", description=__doc__)
    parser.add_argument("--histories", type=int, default=1000)
    parser.add_argument("--steps", type=int, default=25, help="at most so many in each")
    parser.add_argument("--first", type=int, default=1, help="the number of the first")
    parser.add_argument("--db", choices=DATABASES, action="append", help="both when left out")
    parser.add_argument("--pure", action="store_true", help="the rules alone")
    parser.add_argument("--here", choices=(*DATABASES, "pure"), help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.here:
        return _play_all(chosen)
    print(machine.line())
    return each_in_its_own("delivery", ["pure"] if chosen.pure else chosen.db or DATABASES)


def program_of(number: int, steps: int) -> Program:
    """Return the history of a number: the same wherever it is played."""
    from tests.delivery.histories import STEPS

    chance = random.Random(number)
    length = chance.randint(4, max(4, steps))
    return [(chance.randrange(STEPS), chance.randrange(12), chance.randrange(90)) for _ in range(length)]


def _play_all(chosen: argparse.Namespace) -> int:
    play = _pure() if chosen.here == "pure" else _real()
    counts: Counter[str] = Counter()
    began = time.monotonic()
    for number in range(chosen.first, chosen.first + chosen.histories):
        try:
            counts.update(play(program_of(number, chosen.steps)))
        except AssertionError as broken:
            print(f"{chosen.here}: history {number} does not hold: {broken}")
            return 1
    spent = time.monotonic() - began
    print(
        f"{chosen.here:8} {chosen.histories} histories, all held · {counts['written']} written · {counts['applied']} "
        f"carried out (pressed with coverage too) · {counts['kept']} kept for a human, {counts['clashes']} of them "
        f"clashes · {spent:.0f} s, {spent / chosen.histories * 1000:.1f} ms each"
    )
    return 0


def _pure() -> Play:
    from tests.delivery.histories import History, verify
    from tests.delivery.pure import PureServer

    def play(program: Program) -> dict[str, int]:
        history = History(PureServer())
        history.play(program)
        return verify(history)

    return play


def _real() -> Play:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import transaction
    from django.test import Client
    from django.test.utils import setup_test_environment

    from tests import builders_visits
    from tests.cast import MONDAY, MONDAY_DATE, assemble
    from tests.delivery.histories import EVENING, History, verify
    from tests.delivery.real import RealServer
    from tillit.foundation.access import reading

    setup_test_environment(debug=False)
    logging.disable(logging.CRITICAL)  # the server dies on purpose
    call_command("migrate", verbosity=0)
    with reading.watching():
        cast = assemble()
    people = [cast.ingrid.user, cast.amir.user]
    clients = [Client(raise_request_exception=False) for _ in people]
    for client, user in zip(clients, people, strict=True):
        client.force_login(user)
    visits = [
        builders_visits.visit(citizen, cast.bekkedal, MONDAY_DATE, cast.ingrid.employee, at=EVENING)
        for citizen in (cast.olga, cast.arne)
    ]

    def play(program: Program) -> dict[str, int]:
        with transaction.atomic(), reading.watching():
            history = History(RealServer(people, clients, visits, MONDAY + timedelta(hours=1)))
            history.play(program)
            counts = verify(history)
            transaction.set_rollback(True)
        return counts

    return play
