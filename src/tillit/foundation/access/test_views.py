from collections.abc import Callable

from django.conf import settings as django_settings
from django.test import Client

from tests.cast import Cast, Member
from tillit.foundation.access.models import AuditEntry

SignIn = Callable[[Member], Client]


class TestPreferences:
    def test_are_saved_on_the_user(self, cast: Cast, client_of: SignIn) -> None:
        client = client_of(cast.ingrid)

        answer = client.post("/meg/", {"language": "nn", "colour_scheme": "dark"})

        cast.ingrid.user.refresh_from_db()
        assert answer.status_code == 302
        assert (cast.ingrid.user.language, cast.ingrid.user.colour_scheme) == ("nn", "dark")
        assert AuditEntry.objects.get().change == {"act": "PREFERENCES", "language": "nn", "colour_scheme": "dark"}

    def test_say_who_one_is(self, cast: Cast, client_of: SignIn) -> None:
        text = client_of(cast.ingrid).get("/meg/").content.decode()

        assert "Ingrid Solheim" in text and "Sykepleier" in text and "ingrid.solheim" in text

    def test_refuse_what_does_not_exist(self, cast: Cast, client_of: SignIn) -> None:
        answer = client_of(cast.ingrid).post("/meg/", {"language": "xx", "colour_scheme": "dark"})

        cast.ingrid.user.refresh_from_db()
        assert answer.status_code == 422
        assert cast.ingrid.user.language == "nb"

    def test_need_a_login(self, client: Client, db: None) -> None:
        assert client.get("/meg/")["Location"] == "/logg-inn/?next=/meg/"


class TestLanguage:
    def test_before_log_in_is_kept_in_the_browser(self, client: Client, db: None) -> None:
        answer = client.post("/sprak/", {"language": "en", "next": "/logg-inn/"})

        assert answer["Location"] == "/logg-inn/"
        assert client.cookies[django_settings.LANGUAGE_COOKIE_NAME].value == "en"
        assert '<html lang="en"' in client.get("/logg-inn/").content.decode()

    def test_after_log_in_is_kept_on_the_user(self, cast: Cast, client_of: SignIn) -> None:
        client_of(cast.ingrid).post("/sprak/", {"language": "nn", "next": "/meg/"})

        cast.ingrid.user.refresh_from_db()
        assert cast.ingrid.user.language == "nn"

    def test_an_unknown_one_changes_nothing(self, client: Client, db: None) -> None:
        client.post("/sprak/", {"language": "<script>"})

        assert django_settings.LANGUAGE_COOKIE_NAME not in client.cookies
