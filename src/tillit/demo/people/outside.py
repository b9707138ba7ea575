"""Those who are not in one team: leaders, therapists, case workers, the office, the special teams."""

import random
from datetime import date, timedelta
from functools import partial

from tillit.demo.organisation import Town
from tillit.demo.people.hiring import Hiring
from tillit.demo.people.shifts import add_office_shifts
from tillit.demo.store import Store
from tillit.foundation.access.roles import Role

DECADE = 4000
"""Days: whoever decided the oldest cases was there then."""


class Outside:
    """Hires for one copy of the town."""

    def __init__(self, hiring: Hiring, store: Store, town: Town, first: date, after: date) -> None:
        self.hiring = hiring
        self.store = store
        self.town = town
        self.first = first
        self.after = after

    def _hire(
        self,
        draw: random.Random,
        given: str,
        family: str,
        gender: str,
        profession: str,
        units: list[tuple[int, int]],
        roles: list[tuple[Role, int]],
        codes: tuple[str, ...] = (),
        percent: int = 100,
        days: int = 0,
    ) -> int:
        if not given:
            given, family, gender = self.hiring.names_for(draw)
        since = self.hiring.anchor - timedelta(days=days or draw.randrange(500, 4500))
        return self.hiring.hire(
            given=given,
            family=family,
            gender=gender,
            profession=profession,
            percent=percent,
            shares=[(unit, share, 0) for unit, share in units],
            employed_from=since,
            held=self.hiring.held(draw, codes, since),
            roles=roles,
        )

    def hire_all(self, draw: random.Random, copy: int) -> None:
        """Leaders, therapists, the office and the special teams."""
        town, teams = self.town, self.town.teams
        office = partial(add_office_shifts, self.store, first=self.first, after=self.after)

        hire = partial(self._hire, draw)

        if copy == 0:
            top = town.municipality
            hire(
                "Ragnhild",
                "Tveitane",
                "K",
                "LEADER",
                [(town.districts["Sør"], 100)],
                [(Role.DISTRICT_LEADER, town.districts["Sør"])],
            )
            hire(
                "Steinar",
                "Hope",
                "M",
                "LEADER",
                [(town.districts["Nord"], 100)],
                [(Role.DISTRICT_LEADER, town.districts["Nord"])],
            )
            hire("Jørn", "Lillebø", "M", "OTHER", [(top, 100)], [(Role.PROJECT_LEADER, top)])
            hire("Anders", "Fure", "M", "OTHER", [(top, 100)], [(Role.ADMINISTRATOR, top)])
            hire(
                "Gro",
                "Vatne",
                "K",
                "HEALTH_WORKER",
                [(teams["Team Havna"], 100)],
                [(Role.REPRESENTATIVE, top), (Role.CARE_WORKER, teams["Team Havna"])],
                ("LEGEMIDLER",),
                50,
            )
            for name, family, gender in (("Solrun", "Fagerheim", "K"), ("Terje", "Myrmel", "M")):
                office(
                    hire(name, family, gender, "CASE_WORKER", [(town.office, 100)], [(Role.CASE_WORKER, town.office)]),
                    town.office,
                )
            for name, professions in (
                ("Vurderingsteamet", ("NURSE", "OCCUPATIONAL_THERAPIST")),
                ("Innsatsteamet", ("NURSE",)),
                ("Hverdagsrehabiliteringsteamet", ("PHYSIOTHERAPIST",)),
            ):
                unit = town.special[name]
                for profession in professions:
                    role = {"NURSE": Role.NURSE, "HEALTH_WORKER": Role.CARE_WORKER}.get(profession, Role.THERAPIST)
                    office(hire("", "", "", profession, [(unit, 100)], [(role, unit)], ("REHAB",)), unit, office=False)
        lia, vika = teams["Team Lia"], town.new_team
        led = [(lia, 60), (vika, 40)] if vika else [(lia, 100)]
        office(hire("", "", "", "LEADER", led, [(Role.TEAM_LEADER, unit) for unit, _ in led]), lia)
        neset = [(teams["Team Neset omsorg"], 60), (teams["Team Neset helse"], 40)]
        office(hire("", "", "", "LEADER", neset, [(Role.TEAM_LEADER, unit) for unit, _ in neset]), neset[0][0])
        bjork = [(teams["Team Bjørkåsen"], 100)]
        office(hire("", "", "", "LEADER", bjork, [(Role.TEAM_LEADER, unit) for unit, _ in bjork]), bjork[0][0])
        malin = ("Malin", "Aarvik", "K") if copy == 0 else ("", "", "")
        office(hire(*malin, "CASE_WORKER", [(lia, 100)], [(Role.CASE_WORKER, lia)]), lia)
        north = [(neset[0][0], 80), (teams["Team Bjørkåsen"], 20)]
        office(
            hire(
                "", "", "", "OCCUPATIONAL_THERAPIST", north, [(Role.THERAPIST, unit) for unit, _ in north], ("REHAB",)
            ),
            north[0][0],
            office=False,
            on=(0, 1, 2, 3),
        )

    def hire_for_cases(self, draw: random.Random, copy: int) -> int:
        """Hire those whom case work needs, and return the specialist case worker; 0 in copies of the town."""
        town, teams = self.town, self.town.teams
        office = partial(add_office_shifts, self.store, first=self.first, after=self.after)
        hire = partial(self._hire, draw)
        if copy:
            south = [(teams["Team Solvik"], 50), (teams["Team Havna"], 50)]
            office(hire("", "", "", "LEADER", south, [(Role.TEAM_LEADER, unit) for unit, _ in south]), south[0][0])
            office(hire("", "", "", "CASE_WORKER", south, [(Role.CASE_WORKER, unit) for unit, _ in south]), south[0][0])
            return 0
        head = hire(
            "Torunn", "Eikeland", "K", "LEADER", [(town.office, 100)], [(Role.TEAM_LEADER, town.office)],
            days=DECADE,
        )  # fmt: skip
        office(head, town.office)
        assessment = town.special["Vurderingsteamet"]
        hege = hire("Hege", "Stokkeland", "K", "NURSE", [(assessment, 100)], [(Role.NURSE, assessment)], days=2100)
        office(hege, assessment, office=False)
        leads = [(unit, 34) for unit in town.special.values()]
        roles = [(Role.TEAM_LEADER, unit) for unit, _ in leads]
        office(hire("Ivar", "Bratteli", "M", "LEADER", leads, roles, days=1900), assessment)
        specialist = hire(
            "Wenche", "Ravnås", "K", "CASE_WORKER", [(town.office, 100)], [(Role.CASE_WORKER, town.office)], days=3100
        )
        office(specialist, town.office)
        top = town.municipality
        hire("Unni", "Kvamme", "K", "OTHER", [(top, 50)], [(Role.PRIVACY_REVIEWER, top)], days=1500)
        hire("Mathias", "Aakre", "M", "OTHER", [(top, 20)], [(Role.RESEARCHER, top)], days=200)
        return specialist
