"""What the scan holds pages against: whose own page a citizen and a relative open, by the rows alone (R18)."""

from scan import known, walk
from scan.rows import STORED
from tests import builders_consents
from tests.cast import MONDAY
from tests.policy.world import World
from tillit.care.consents.models import ConsentPart
from tillit.care.consents.rules import Part


def test_it_knows_whose_page_a_citizen_and_a_relative_open_R18(world: World) -> None:
    cast = world.cast
    own = builders_consents.own_login(cast.per)
    daughter, consent = builders_consents.let_in(cast.per, Part.VISITS, name="Dattera til Per")
    builders_consents.let_in(cast.arne, Part.GOALS, name="En annen")

    hers, the_daughters = known.know(own.username), known.know(daughter.username)
    ConsentPart.objects.filter(consent=consent).update(ended_at=MONDAY)
    nobodys = known.know(daughter.username)

    asked = {one.door: one for one in walk.addresses()}
    page, goals, people = asked["minside:page"], asked["minside:goals"], asked["citizens:list"]
    page_of = STORED["own_page"]
    assert hers.reached == the_daughters.reached == {cast.per.pk}
    assert hers.holds(goals) and the_daughters.holds(page) and not the_daughters.holds(goals)
    assert not hers.holds(people) and known.know(cast.ingrid.user.username).holds(people)
    assert the_daughters.reaches(page, page_of, cast.per) is True
    assert the_daughters.reaches(page, page_of, cast.arne) is False
    assert not nobodys.reached and not nobodys.holds(page)
