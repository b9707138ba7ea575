"""Whether the time a refusal takes can tell that something exists: by what the database is asked, not by clocks."""

import random
import re
from functools import partial
from typing import TYPE_CHECKING

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from scan.browser import Sent
from scan.finding import Severity
from scan.known import as_nobodys
from scan.walk import ENDED, Walk, where
from tillit.foundation.access.addresses import every_address

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


def compared(walk: Walk) -> None:
    """Ask for what is out of reach and for what is not there, in this process, and compare what each cost."""
    report, knows, bounds = walk.ear.report, walk.knows, walk.bounds
    client = _as_her(walk)
    if client is None:
        report.left_out.append(f"what refusals cost, as {walk.who}: not signed in here")
        return
    for address in every_address():
        if "GET" not in address.methods or not knows.holds(address):
            continue
        if bounds.leaves_out(address.door) or len(address.names) > 1:
            continue  # a thing in another that does not belong there is refused before the view, by one query less
        chance = random.Random(f"{bounds.seed} {address.door}")
        for one in knows.fill(address, most=1, chance=chance):
            if one.in_reach is not False or one.is_nobodys:
                continue
            path = reverse(address.door, kwargs=one.kwargs)
            nothing = reverse(address.door, kwargs=one.kwargs | as_nobodys(one.kwargs))
            client.get(path)
            report.counts["refusals whose queries were counted"] += 1
            if differs(partial(_cost, client, path), partial(_cost, client, nothing)):
                there, not_there = _cost(client, path), _cost(client, nothing)
                report.add(
                    Severity.LOW, "costs more when it exists", address.door,
                    f"{len(there)} queries, and {len(not_there)} for what is not there", Sent(walk.who, "GET", path),
                    where(path),
                )  # fmt: skip


def _as_her(walk: Walk) -> Client | None:
    """Return a browser of this process in her session; signed in again when it is over, or locked meanwhile."""
    for _time in range(2):
        client = Client(raise_request_exception=False, headers={"host": "localhost"})
        for name, value in walk.browser.cookies.items():
            client.cookies[name] = value
        led = client.get("/").headers.get("Location", "")
        if led and not led.startswith(ENDED):
            return client
        if walk.signs_in is None or not walk.signs_in_again():
            return None
    return None


def differs(there: "Callable[[], list[str]]", not_there: "Callable[[], list[str]]") -> bool:
    """Whether two costs differ each time: now and then a question also notes that the session is in use."""
    return all(there() != not_there() for _time in range(3))


def _cost(client: Client, path: str) -> "list[str]":
    with CaptureQueriesContext(connection) as queries:
        client.get(path)
    return list(_kinds(query["sql"] for query in queries.captured_queries))


def _kinds(queries: "Iterable[str]") -> "Iterable[str]":
    """Return each query without its values: which table, which act."""
    for sql in queries:
        if not sql.startswith(("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT", "ROLLBACK")):
            yield " ".join(re.findall(r"^\w+|(?:FROM|INTO|UPDATE) \"?\w+", sql))
