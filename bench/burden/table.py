"""The table: what each task took beside the least possible, and what could not be done."""

from collections.abc import Sequence

from bench.burden.walking import Walk

HEAD = (
    f"{'task':26}{'who':16}{'presses':>8}{'least':>6}{'ratio':>7}{'fields':>8}{'least':>6}"
    f"{'signs':>7}{'pages':>7}{'hidden':>8}"
)


def lines(walks: Sequence[Walk]) -> list[str]:
    """Return the table's lines; faults last."""
    found = [HEAD]
    done = [one for one in walks if not one.fault]
    for one in walks:
        task, count = one.task, one.count
        if one.fault:
            found.append(f"{task.name:26}{task.who:16}  cannot be done")
            continue
        found.append(
            f"{task.name:26}{task.who:16}{count.presses:8}{task.least:6}{count.presses / task.least:7.1f}"
            f"{count.fields:8}{task.least_fields:6}{count.signs:7}{count.pages:7}{count.hidden:8}"
        )
    if done:
        presses, least = sum(one.count.presses for one in done), sum(one.task.least for one in done)
        found.append(f"{'together':42}{presses:8}{least:6}{presses / least:7.1f}")
    found += ["", "The least, in words:"]
    found += [f"  {one.task.name}: {one.task.why}" for one in walks]
    found += ["", *(f"{one.task.name}: {one.fault}" for one in walks if one.fault)]
    return found
