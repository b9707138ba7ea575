"""A hidden address is in no byte of any page, map, sheet or paper for whoever is not going there (R18)."""

from collections.abc import Iterator
from io import BytesIO
from zipfile import ZipFile, is_zipfile

import pytest

from tests.cast import MONDAY_DATE
from tests.policy.expected import Answer, Asked
from tests.policy.matrix import PEOPLE
from tests.policy.test_bytes import gathering
from tests.policy.world import HIDDEN_LATITUDE, HIDDEN_LONGITUDE, HIDDEN_STREET, Stands, World, marker
from tillit.care.citizens.models import Responsible
from tillit.foundation.access.addresses import every_address
from tillit.foundation.access.naming import ABOUT_A_CITIZEN, reach_of

#: What gives the place away: the street, and the coordinates as far as they say which house.
TRACES = (HIDDEN_STREET.split()[0].encode(), str(HIDDEN_LATITUDE)[:6].encode(), str(HIDDEN_LONGITUDE)[:5].encode())


def about_her(world: World, who: str) -> Iterator[tuple[str, str]]:
    """Every page about the citizen herself that is in reach."""
    person = world.people[who]
    actor = person.actor()
    for address in every_address():
        if "GET" not in address.methods or reach_of(address.door, address.names) not in ABOUT_A_CITIZEN:
            continue
        kwargs = world.kwargs(address, Stands.HIDDEN)
        if kwargs is None:
            continue
        asked = Asked(world, person, actor, address, Stands.HIDDEN)
        if asked.answer() in (Answer.IN_REACH, Answer.MAYBE):
            yield address.door, asked.path(kwargs)


def opened(content: bytes) -> bytes:
    """The bytes of a file, and of what lies in it."""
    if not is_zipfile(BytesIO(content)):
        return content
    with ZipFile(BytesIO(content)) as archive:
        return b"".join(archive.read(name) for name in archive.namelist())


@pytest.mark.parametrize("who", PEOPLE)
def test_no_page_in_reach_tells_where_she_lives_R18(world: World, who: str) -> None:
    client = world.people[who].client()
    wrong = []
    for door, path in (*gathering(world, who), *about_her(world, who)):
        body = client.get(path).getvalue()
        found = [trace.decode() for trace in TRACES if trace in opened(body)]
        if found:
            wrong.append(f"{door}: {found}")

    assert wrong == []


@pytest.mark.parametrize("who", ["TEAM_LEADER", "DISTRICT_LEADER", "ADMINISTRATOR"])
def test_no_sheet_tells_where_she_lives_or_of_those_out_of_reach_R18(world: World, who: str) -> None:
    answer = world.people[who].client().post("/import/uttrekk/")

    assert answer.status_code == 200
    content = opened(answer.content)
    assert len(content) > 5_000
    assert [trace for trace in TRACES if trace in content] == []
    reached = {stands for stands in Stands if world.ground(who, stands)}
    told = {stands for stands in Stands if marker(stands).encode() in content}
    assert told <= reached
    assert (Stands.OWN in told) is (who != "ADMINISTRATOR")


def test_whoever_answers_for_her_is_told(world: World) -> None:
    nurse, citizen = world.people["NURSE"], world.citizens[Stands.HIDDEN]
    Responsible.objects.create(
        citizen=citizen, employee=nurse.employee, kind="SERVICE_RESPONSIBLE", valid_from=MONDAY_DATE
    )

    assert HIDDEN_STREET in nurse.client().get(f"/brukere/{citizen.pk}/").content.decode()
