import pytest
from click.testing import CliRunner
from django.test import Client

from tests.cast import Cast
from tillit.config.accounts import account
from tillit.foundation.access.models import AuditEntry
from tillit.foundation.organisation.models import Unit
from tillit.foundation.workforce.models import Competence

SAFE = "fjorden-er-blank-i-dag"


def run(*words: str) -> str:
    result = CliRunner().invoke(account, [*words, "--password", SAFE])
    return result.output


class TestAccount:
    def test_opens_an_empty_installation(self, db: None, client: Client) -> None:
        said = run("anna", "--name", "Anna Berg", "--role", "ADMINISTRATOR", "--municipality", "Vik kommune")

        assert said == "anna can log in.\n"
        assert Unit.objects.get().name == "Vik kommune"
        assert Competence.objects.filter(code="LEGEMIDLER").exists()
        assert client.post("/logg-inn/", {"username": "anna", "password": SAFE}).status_code == 302
        assert client.get("/import/").status_code == 200

    def test_gives_somebody_who_is_known_a_password_and_nothing_else(self, cast: Cast, client: Client) -> None:
        before = cast.amir.employee.roles.count()

        run("amir.rahimi")

        assert client.post("/logg-inn/", {"username": "amir.rahimi", "password": SAFE}).status_code == 302
        assert cast.amir.employee.roles.count() == before
        entry = AuditEntry.objects.get(action="workforce.keep_accounts")
        assert SAFE not in str(entry.change)

    @pytest.mark.parametrize(
        ("words", "says"),
        [
            (("ny",), "Skriv også navnet"),
            (("ny", "--name", "Ny Person", "--role", "KEISER"), "No role"),
            (("ny", "--name", "Ny Person", "--role", "NURSE", "--unit", "mangler"), "No unit"),
        ],
    )
    def test_says_what_is_missing(self, cast: Cast, words: tuple[str, ...], says: str) -> None:
        assert says in run(*words)

    def test_refuses_a_weak_password(self, cast: Cast) -> None:
        result = CliRunner().invoke(account, ["amir.rahimi", "--password", "kort"])

        assert result.exit_code == 1
        assert cast.amir.user.check_password("hemmelig-nok-til-test")
