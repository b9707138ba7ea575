"""How a team shares its tasks, what it can cover, and what it may decide."""

from __future__ import annotations

import polars as pl

from measures.answer import Found, Value, Warned, ratio
from measures.errors import InvalidInput
from measures.measure import measure
from measures.tables import need, numbers, texts, unlike

LEAST_TURNS = 20


@measure("task_sharing", version=1, source="Own definition (S-1: normalised Herfindahl; dissimilarity index).")
def task_sharing(members: pl.DataFrame, tasks: pl.DataFrame) -> Found:
    """How evenly each task is shared: 1 equal, 0 one does all (S-1). Neither is better by itself.

    members: member, fraction (position). tasks: task, member, count; members without turns count as none.
    evenness = 1 − (Σ s² − 1/m) / (1 − 1/m). dissimilarity = ½ Σ |s − position's share|. No names in the answer.
    """
    people, again = unlike(texts(members, "members", ["member"]), ["member"])
    people = numbers(people, "members", ["fraction"])
    turns = numbers(texts(tasks, "tasks", ["task", "member"]), "tasks", ["count"]).drop_nulls("count")
    strange = turns.join(people, on="member", how="anti").height
    turns = turns.join(people, on="member", how="semi")
    m = people.height
    if m == 0:
        raise InvalidInput("members", "the team has no members", "Give one row per member")
    positions = float(people["fraction"].sum())
    per_task: dict[str, Value] = {}
    few = []
    for (task,), mine in turns.group_by("task", maintain_order=True):
        taken = mine.group_by("member").agg(pl.col("count").sum())
        held = people.join(taken, on="member", how="left").with_columns(pl.col("count").fill_null(0.0))
        total = float(held["count"].sum())
        if total <= 0:
            continue
        share = held["count"] / total
        expected = held["fraction"] / positions if positions else None
        concentration = float((share**2).sum())
        per_task[str(task)] = {
            "turns": total,
            "evenness": 1 - (concentration - 1 / m) / (1 - 1 / m) if m > 1 else None,
            "dissimilarity": float((share - expected).abs().sum()) / 2 if expected is not None else None,
            "top_share": float(share.to_numpy().max()),
        }
        if total < LEAST_TURNS:
            few.append(str(task))
    even = [each["evenness"] for each in per_task.values() if each["evenness"] is not None]
    warnings = [Warned("few_turns", f"Fewer than {LEAST_TURNS} turns: {', '.join(few)}.")] if few else []
    if strange:
        warnings.append(Warned("not_members", f"{strange} rows are of people who are not members; left out."))
    return Found(
        {"per_task": per_task, "mean_evenness": sum(even) / len(even) if even else None},
        n=m,
        excluded={"said_again": again, "not_members": strange},
        warnings=warnings,
    )


def all_covered(holders: list[frozenset[str]], p_absent: float) -> float:
    """Return the probability that each competence has a holder present, each absent by itself with `p_absent`.

    Inclusion–exclusion Σ_S (−1)^|S| a^|∪ holders|, with sets of equal union gathered as it goes.
    """
    terms: dict[frozenset[str], int] = {frozenset(): 1}
    for mine in sorted(set(holders), key=lambda each: (len(each), sorted(each))):
        more = dict(terms)
        for union, sign in terms.items():
            joined = union | mine
            more[joined] = more.get(joined, 0) - sign
        terms = {union: sign for union, sign in more.items() if sign}
    return float(sum(sign * p_absent ** len(union) for union, sign in terms.items()))


@measure("competence", version=1, source="Own definition (C-1–C-4; inclusion–exclusion).")
def competence(
    holders: pl.DataFrame, required: pl.DataFrame, *, p_absent: float = 0.1, team_size: int | None = None
) -> Found:
    """What the team can, and how much absence it stands (C-1–C-4).

    holders: member, competence. required: competence, min_holders. gap = Σ max(0, required − holders), in holders.
    bus_factor = the fewest holders of any; k_robust = bus_factor − 1 (−1: one is missing today). p_all_covered: each
    competence has one present, each of the team away by itself with p_absent. In a flu season people are not away each
    by themselves: it is optimistic.
    """
    if not 0 <= p_absent <= 1:
        raise InvalidInput("p_absent", "must be a share", "Write 0.1 for ten per cent")
    held = texts(holders, "holders", ["member", "competence"]).drop_nulls(["member", "competence"])
    asked, again = unlike(
        numbers(texts(required, "required", ["competence"]), "required", ["min_holders"]), ["competence"]
    )
    who: dict[str, frozenset[str]] = {}
    need_of: dict[str, float] = {}
    for name, least in asked.select("competence", "min_holders").iter_rows():
        who[name] = frozenset(held.filter(pl.col("competence") == name)["member"].to_list())
        need_of[name] = least or 0
    counts = {name: len(mine) for name, mine in who.items()}
    met = [name for name in counts if counts[name] >= need_of[name]]
    fewest = min(counts.values(), default=None)
    warnings = []
    members = held["member"].n_unique()
    if team_size is not None and members > team_size:
        warnings.append(Warned("team_size", f"{members} hold something, but the team is said to have {team_size}."))
    return Found(
        {
            "holders": counts,
            "bus_factor": fewest,
            "k_robust": fewest - 1 if fewest is not None else None,
            "gap": sum(max(0.0, need_of[name] - counts[name]) for name in counts),
            "share_met": ratio(len(met), len(counts)),
            "p_all_covered": all_covered(list(who.values()), p_absent) if who else None,
        },
        n=len(counts),
        excluded={"said_again": again},
        warnings=warnings,
    )


@measure("team_decisions", version=1, source="Own definition (S-3).")
def team_decisions(decisions: pl.DataFrame, *, team_roles: list[str] | tuple[str, ...] = ("team",)) -> Found:
    """Share of decisions on delegated topics that the team took itself (S-3). decisions: topic, role."""
    need(decisions, "decisions", ["topic", "role"])
    found = texts(decisions, "decisions", ["topic", "role"]).drop_nulls(["topic", "role"])
    mine = found.with_columns(mine=pl.col("role").is_in(list(team_roles)))
    each = mine.group_by("topic").agg(n=pl.len(), share=pl.col("mine").mean()).sort("topic")
    return Found(
        {
            "n": found.height,
            "share": ratio(int(mine["mine"].sum()), found.height),
            "per_topic": {row.pop("topic"): row for row in each.iter_rows(named=True)},
        },
        n=found.height,
    )
