"""Whether the time a refusal takes can tell that something exists: by what the database is asked, not by clocks."""

import random
import re
from functools import partial
from typing import TYPE_CHECKING

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from scan.browser import Browser, Sent
from scan.finding import Report, Severity
from scan.known import Knowledge, nobodys, numbers_in
from scan.walk import Bounds, where
from tillit.foundation.access.addresses import every_address

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


def compared(report: Report, knows: Knowledge, browser: Browser, bounds: Bounds) -> None:
    """Ask for what is out of reach and for what is not there, in this process, and compare what each cost."""
    client = Client(raise_request_exception=False, headers={"host": "localhost"})
    for name, value in browser.cookies.items():
        client.cookies[name] = value
    if client.get("/meg/innlogging/").status_code != 200:
        report.left_out.append(f"what refusals cost, as {browser.who}: not signed in here")
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
            others = {name: nobodys(value) for name, value in numbers_in(one.kwargs).items()}
            path = reverse(address.door, kwargs=one.kwargs)
            nothing = reverse(address.door, kwargs=one.kwargs | others)
            client.get(path)
            report.counts["refusals whose queries were counted"] += 1
            if differs(partial(_cost, client, path), partial(_cost, client, nothing)):
                there, not_there = _cost(client, path), _cost(client, nothing)
                report.add(
                    Severity.LOW, "costs more when it exists", address.door,
                    f"{len(there)} queries, and {len(not_there)} for what is not there", Sent(browser.who, "GET", path),
                    where(path),
                )  # fmt: skip


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
