"""Where each thing an address names is stored, whom it is about and where it lies: for walking numbers.

The scan reads the database beside the product, by the models, so that a fault in the product's own queries is seen.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Stored:
    """One kind of thing. label: its model. citizen: the field that leads to whom it is about.

    within: by name in an address, the field it must agree with. units: fields that lead to the paths of the units it
    lies in, or lies between. owner: the field that leads to the user whose own it is. parties: fields that lead to
    users who have a part in it, wherever they work. key: the field an address names it by.
    worked_below: fields that lead to a unit whose things are worked by those with the role in units under it.
    """

    label: str
    citizen: str = ""
    units: tuple[str, ...] = ()
    within: dict[str, str] = field(default_factory=dict)
    owner: str = ""
    parties: tuple[str, ...] = ()
    key: str = "pk"
    worked_below: tuple[str, ...] = ()


_CITIZEN = {"citizen_id": "citizen_id"}
_PLAN = {"citizen_id": "plan__citizen_id"}
_DAY = {"on": "on", "shift_kind": "shift_kind"}
_LISTS = {"unit_id": "lists__unit_id", "on": "lists__on", "shift_kind": "lists__shift_kind"}
_CASE_UNITS = ("unit__path", "holdings__unit__path")

STORED: dict[str, Stored] = {
    "citizen": Stored("citizens.Citizen", "pk"),
    "other_citizen": Stored("citizens.Citizen", "pk"),
    "visit": Stored("visits.Visit", "citizen_id"),
    "listed_visit": Stored("visits.Visit", "citizen_id", ("unit__path",), {"unit_id": "unit_id", **_DAY}),
    "follow_up": Stored("visits.FollowUp", "citizen_id"),
    "conversation": Stored("needs.Conversation", "citizen_id", within=_CITIZEN),
    "plan": Stored("careplans.CarePlan", "citizen_id", within=_CITIZEN),
    "goal": Stored("careplans.Goal", "plan__citizen_id", within=_PLAN),
    "need": Stored("careplans.Need", "plan__citizen_id", within=_PLAN),
    "drafted_goal": Stored("careplans.Goal", "plan__citizen_id", within=_PLAN),
    "intervention": Stored("careplans.Intervention", "plan__citizen_id", within=_PLAN),
    "entry": Stored("journal.Entry", "citizen_id"),
    "journal_request": Stored("journal.Request", "entry__citizen_id"),
    "consent": Stored("consents.Consent", "citizen_id", within=_CITIZEN),
    "photo": Stored("photos.Photo", "citizen_id"),
    "watch": Stored("observations.Watch", "citizen_id"),
    "course": Stored("courses.Course", "citizen_id"),
    "joint_visit": Stored("therapy.JointVisit", "case__citizen_id"),
    "own_page": Stored("citizens.Citizen", "pk"),
    "own_visit": Stored("visits.Visit", "citizen_id", within=_CITIZEN),
    "own_letter": Stored("letters.SentLetter", "citizen_id", within=_CITIZEN),
    "own_consent": Stored("consents.Consent", "citizen_id", within=_CITIZEN),
    "asked": Stored(
        "evaluations.Asked",
        "evaluation__goal__plan__citizen_id",
        within={"citizen_id": "evaluation__goal__plan__citizen_id"},
    ),
    "whereabouts": Stored("citizens.Whereabouts", "citizen_id"),
    "letter": Stored("letters.SentLetter", "citizen_id"),
    "case": Stored("decisions.Case", "citizen_id", _CASE_UNITS),
    "assessment": Stored("decisions.Assessment", "case__citizen_id", tuple(f"case__{one}" for one in _CASE_UNITS)),
    "fact": Stored(
        "decisions.OutsideFact",
        "case__citizen_id",
        tuple(f"case__{one}" for one in _CASE_UNITS),
        {"case_id": "case_id"},
    ),
    "holding": Stored(
        "decisions.Holding", "case__citizen_id", tuple(f"case__{one}" for one in _CASE_UNITS), {"case_id": "case_id"}
    ),
    "decision": Stored(
        "decisions.Decision", "case__citizen_id", tuple(f"case__{one}" for one in _CASE_UNITS), {"case_id": "case_id"}
    ),
    "appeal": Stored(
        "decisions.Appeal", "decision__case__citizen_id", tuple(f"decision__case__{one}" for one in _CASE_UNITS)
    ),
    "handover": Stored("citizens.Handover", "citizen_id", ("from_unit__path", "to_unit__path")),
    "move": Stored("citizens.Move", "citizen_id", ("from_unit__path", "to_unit__path")),
    "question": Stored("citizens.CompetenceQuestion", "citizen_id", ("asked_for__path", "to_unit__path")),
    "therapy_case": Stored(
        "therapy.TherapyCase",
        "citizen_id",
        ("group__unit__path", "referred_unit__path"),
        worked_below=("group__unit__path",),
    ),
    "therapy_group": Stored("therapy.TherapyGroup", units=("unit__path",), worked_below=("unit__path",)),
    "notice": Stored(
        "notices.Notice", "citizen_id", ("unit__path",), parties=("owner__user_id", "written_by__user_id")
    ),
    "deviation": Stored("deviations.Deviation", units=("unit__path",), parties=("reported_by__user_id",)),
    "pilot": Stored("improvement.Pilot", units=("unit__path", "teams__unit__path")),
    "pilot_team": Stored(
        "improvement.PilotTeam",
        units=("pilot__unit__path", "pilot__teams__unit__path"),
        within={"pilot_id": "pilot_id"},
    ),
    "pilot_benefit": Stored(
        "improvement.Benefit",
        units=("pilot__unit__path", "pilot__teams__unit__path"),
        within={"pilot_id": "pilot_id"},
    ),
    "pilot_entry": Stored(
        "improvement.LogEntry",
        units=("pilot__unit__path", "pilot__teams__unit__path"),
        within={"pilot_id": "pilot_id"},
        parties=("written_by__user_id",),
    ),
    "own_figure": Stored("insight.OwnIndicator"),
    "time_mark": Stored("insight.TimeMark", units=("unit__path",), within={"unit_id": "unit_id"}),
    "emergency": Stored("citizens.EmergencyAccess", "citizen_id", ("unit__path",)),
    "unit": Stored("organisation.Unit", units=("path",)),
    "shown_unit": Stored("organisation.Unit"),
    "own_instrument": Stored("surveys.OwnInstrument", units=("unit__path",)),
    "campaign": Stored("surveys.Campaign", units=("groups__unit__path",)),
    "gathering": Stored("surveys.Gathering", units=("unit__path",), parties=("held_by__user_id",)),
    "proposal": Stored("planning.Proposal", units=("lists__unit__path",), within=_LISTS),
    "proposed": Stored(
        "planning.ProposedChange",
        units=("proposal__lists__unit__path",),
        within={"proposal_id": "proposal_id", **{name: f"proposal__{place}" for name, place in _LISTS.items()}},
    ),
    "weeks": Stored("planning.WeeksProposal", units=("unit__path",), within={"unit_id": "unit_id"}),
    "what_if": Stored("planning.WhatIf", units=("unit__path",), within={"unit_id": "unit_id", **_DAY}),
    "shift": Stored("workforce.Shift", units=("unit__path",), within={"unit_id": "unit_id"}),
    "absence": Stored("workforce.Absence", units=("employee__positions__shares__unit__path",)),
    "duty": Stored("responsibility.Duty", units=("unit__path",)),
    "employee": Stored("workforce.Employee", units=("positions__shares__unit__path",)),
    "role_held": Stored("workforce.RoleHolding", units=("unit__path",)),
    "import": Stored("files.ImportRun", owner="by__user_id"),
    "phone": Stored("delivery.Phone", owner="user_id"),
    "phone_code": Stored("delivery.Phone", owner="user_id", key="code"),
    "undelivered": Stored("delivery.Undelivered", owner="envelope__phone__user_id"),
    "handout": Stored("person.Handout", owner="made_by_id"),
    "note": Stored("journal.Note", owner="author__user_id"),
    "passkey": Stored("login.Passkey", owner="user_id"),
    "session": Stored("login.LoginSession", owner="user_id"),
    "identity": Stored("login.Identity", owner="user_id"),
    "area": Stored("organisation.Area"),
    "meeting": Stored("organisation.TeamMeeting"),
    "acting": Stored("authority.ActingLeader"),
    "delegation": Stored("authority.Delegation"),
    "authority": Stored("authority.Authority"),
    "basis": Stored("authority.LegalReference"),
    "service": Stored("authority.ServiceType"),
    "model": Stored("responsibility.ModelVersion"),
    "model_change": Stored("responsibility.RowChange"),
    "enactment": Stored("responsibility.Enactment"),
}
"""By the thing's code (`access.naming`)."""

WORDS: dict[str, str] = {
    "slug": "avslag",
    "language": "nb",
    "sheet": "brukere",
    "code": "OSLO_DESCRIBED",
    "indicator_code": "K-1-28",
    "file_form": "csv",
    "tool": "COPM",
}
"""What names no row."""
