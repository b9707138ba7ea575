"""What an employee's file holds, table by table (innsyn for ansatte, personvernforordningen art. 15), and what not.

Her own acts are there by time and kind: never whom they were about. What she wrote about citizens is the citizens'.
"""

from collections.abc import Mapping

from tillit.exchange.person.parts import TECHNICAL, Part

CITIZENS = "Kan vise hvem du har gitt hjelp. Det er taushetsbelagt (hpl. § 21)."
MISUSED = "Hemmelig nøkkel eller kode. Den kan misbrukes hvis den kommer på avveie."
_SIGNATURE = {"key_id": TECHNICAL, "mac": TECHNICAL}
_WITH_EDITION = {**_SIGNATURE, "edition": TECHNICAL}

EMPLOYEE_PARTS: Mapping[str, Part] = {
    "workforce.Employee": Part("Hvem du er", "pk", {"sort_name": TECHNICAL}),
    "workforce.EmployeeChange": Part("Endringer i opplysningene", "employee"),
    "workforce.Position": Part("Stillinger", "employee"),
    "workforce.PositionShare": Part("Hvor du arbeider", "position__employee"),
    "workforce.HeldCompetence": Part("Kompetanse", "employee"),
    "workforce.RoleHolding": Part("Roller", "employee"),
    "workforce.Shift": Part("Vakter", "employee"),
    "workforce.Absence": Part("Fravær", "employee"),
    "authority.Authority": Part("Myndighet du har", "employee"),
    "authority.ActingLeader": Part("Når du har vært fungerende leder", "employee"),
    "responsibility.DutyMember": Part("Ansvar du deler på", "employee"),
    "responsibility.DutyHolding": Part("Ansvar du har hatt", "employee"),
    "changeover.ShiftLine": Part("Linjer du har skrevet til vaktskifter", "written_by", {"press_key": TECHNICAL}),
    "changeover.ShiftRead": Part("Vaktskifter du har lest", "employee"),
    "access.User": Part("Kontoen din", "employee", {"password": MISUSED}),
    "access.Invitation": Part("Invitasjoner til kontoen", "user__employee", {"code_hash": MISUSED}),
    "login.Identity": Part("Innloggingstjenester", "user__employee"),
    "login.Passkey": Part("Passnøkler", "user__employee", {"credential": MISUSED, "credential_id": MISUSED}),
    "login.CodeApp": Part("Kodeapp", "user__employee", {"sealed_secret": MISUSED, "last_step": TECHNICAL}),
    "login.RecoveryCode": Part("Reservekoder", "user__employee", {"code_hash": MISUSED}),
    "login.DeviceUser": Part("Enheter du har brukt", "user__employee"),
    "login.LoginSession": Part(
        "Innlogginger", "user__employee", {"mark": MISUSED, "pin_hash": MISUSED, "sealed_id_token": MISUSED}
    ),
    "delivery.Phone": Part(
        "Telefoner som har hatt dagens liste",
        "user__employee",
        {"code": MISUSED, "sign_x": TECHNICAL, "sign_y": TECHNICAL, "seal_key_id": TECHNICAL},
    ),
    "deviations.Deviation": Part(
        "Avvik du har meldt",
        "reported_by",
        {"citizen": CITIZENS, "words": CITIZENS, "press_key": TECHNICAL},
    ),
    "improvement.LogEntry": Part("Linjer du har skrevet i loggen til piloter", "written_by"),
    "surveys.NextStep": Part("Det du har skrevet at teamet gjør videre", "written_by"),
    "surveys.Gathering": Part("Samlinger du har holdt", "held_by"),
    "insight.BroughtIn": Part("Tall du har hentet inn i Innsikt", "brought_by"),
    "insight.OwnVersion": Part("Tall i Innsikt du eier", "owner"),
    "insight.TimeMark": Part("Merker du har satt på tidslinja", "added_by", {"press_key": TECHNICAL}),
    "person.Handout": Part(
        "Når opplysninger om deg ble hentet ut", "employee", {"counts": TECHNICAL, "job": TECHNICAL}
    ),
    "access.LookupReview": Part("Gjennomgang av oppslagene dine", "about__employee", {"finding": CITIZENS}),
    "access.AuditEntry": Part(
        "Hva du har gjort",
        "user__employee",
        {"subject": CITIZENS, "citizen_id": CITIZENS, "change": CITIZENS, **_SIGNATURE},
    ),
    "access.AccessEntry": Part(
        "Hva du har sett på", "user__employee", {"citizen_id": CITIZENS, "ground_subject": CITIZENS, **_WITH_EDITION}
    ),
    "access.RefusedEntry": Part("Hva du ikke fikk se", "user__employee", {"asked_for": CITIZENS, **_WITH_EDITION}),
}

_IN_THE_RECORD = (
    "Det du har skrevet og gjort i journaler og saker, er brukernes. At du gjorde det, står i «Hva du har gjort»."
)
_ON_LISTS = "Arbeidslister sier hvem du besøkte. Vaktene dine er med."

#: Whole apps whose tables are the citizens'; then single tables that name an employee, and why they are not with her.
EMPLOYEE_LEFT_OUT: Mapping[str, str] = {
    **dict.fromkeys(
        (
            "citizens",
            "consents",
            "needs",
            "decisions",
            "careplans",
            "visits",
            "evaluations",
            "courses",
            "therapy",
            "journal",
            "letters",
            "observations",
            "photos",
        ),
        _IN_THE_RECORD,
    ),
    "notices": "Beskjeder om brukere er brukernes, de andre slettes. At du skrev og svarte, står i «Hva du har gjort».",
    "delivery.Envelope": "Kvitteringer for det telefonen leverte. At du gjorde det, står i «Hva du har gjort».",
    "delivery.Press": "Kvitteringer for det telefonen leverte. At du gjorde det, står i «Hva du har gjort».",
    "delivery.Undelivered": _IN_THE_RECORD,
    "planning": _ON_LISTS,
    "person.HandoutFile": "Denne fila selv.",
    "person.HeldBack": "Står i fila som antall og hjemmel.",
    "login.IdentityKey": "Nummeret ditt hos en innloggingstjeneste, lagret så ingen kan lese det.",
    "jobs.Job": "Arbeid systemet gjorde da du ba om det. Slettes etter kort tid.",
    "access.LogKeeping": "Vedtak du fattet for kommunen. Står i «Hva du har gjort».",
    "keeping.RetentionRule": "Vedtak du fattet for kommunen. Står i «Hva du har gjort».",
    "keeping.HandedOver": "Arkivarbeid for kommunen. Står i «Hva du har gjort».",
    "keeping.Hold": "Vedtak du fattet for kommunen. Står i «Hva du har gjort».",
    "responsibility.ModelVersion": "Kommunens modeller. Står i «Hva du har gjort».",
    "responsibility.RowChange": "Kommunens modeller. Står i «Hva du har gjort».",
    "responsibility.Principles": "Kommunens modeller. Står i «Hva du har gjort».",
    "responsibility.Enactment": "Kommunens modeller. Står i «Hva du har gjort».",
    "surveys.Screening": "Hvem som leser det folk har skrevet. At du ble valgt og leste, står i «Hva du har gjort».",
    "surveys.Campaign": "Undersøkelser handler om team. At du åpnet dem, står i «Hva du har gjort».",
    "improvement.Pilot": "Piloter handler om team. At du laget dem, står i «Hva du har gjort».",
    "improvement.Baseline": "Tall om team. At du signerte, står i «Hva du har gjort».",
    "files.ImportRun": "Innlesinger du gjorde. Står i «Hva du har gjort».",
}
