"""`./run scan`: the running demo scanned as each role. Prints findings; exit status 1 when there are any."""

import argparse
import shutil
import sys
import tempfile
import time
from pathlib import Path

from scan import town
from scan.browser import Browser


def main() -> int:
    """Copy the demo, start it, scan it, print."""
    parser = argparse.ArgumentParser(prog="./run scan", description=__doc__)
    parser.add_argument("--data", type=Path, default=town.DEMO, help="the demo to copy; made anew when there is none")
    parser.add_argument(
        "--url", help="scan this demo, which runs on --data already, instead of a copy: IT IS WRITTEN TO"
    )
    parser.add_argument("--as", action="append", dest="people", metavar="USERNAME", help="only as these; repeat")
    parser.add_argument("--rows", type=int, default=2, help="numbers of each way of standing to the one who asks")
    parser.add_argument("--pages", type=int, default=2, help="pages of each address, of those met by links")
    parser.add_argument("--seed", type=int, default=2026, help="another seed asks for other numbers")
    chosen = parser.parse_args()
    began = time.monotonic()
    folder = chosen.data if chosen.url else Path(tempfile.mkdtemp(prefix="tillit-scan-"))
    try:
        if not chosen.url and (chosen.data / "tillit.sqlite3").exists():
            town.copied(chosen.data, folder)
        town.prepare(folder)
        if chosen.url:
            found = _scanned(chosen, chosen.url.rstrip("/"))
        else:
            with town.served(folder) as base:
                found = _scanned(chosen, base)
    finally:
        if not chosen.url:
            shutil.rmtree(folder, ignore_errors=True)
    print(f"{found} findings; {time.monotonic() - began:.0f} s; seed {chosen.seed}")
    return 1 if found else 0


def _scanned(chosen: argparse.Namespace, base: str) -> int:
    from scan.run import Scan
    from scan.walk import Bounds, addresses
    from tillit.demo.accounts import demo_accounts

    accounts = {one.username: one.name for one in demo_accounts()}
    wanted = chosen.people or list(accounts)

    def signs_in(username: str) -> Browser:
        return town.signed_in(base, username, name=accounts.get(username, username))

    bounds = Bounds(rows=chosen.rows, pages=chosen.pages, seed=chosen.seed)
    people = {username: signs_in(username) for username in wanted}
    report = Scan(base, people, bounds, signs_in=signs_in).run()
    print("\n".join([*report.lines(), "", *report.summary(addresses=len(addresses()), people=len(people) + 1)]))
    return len(report.findings)


if __name__ == "__main__":
    sys.exit(main())
