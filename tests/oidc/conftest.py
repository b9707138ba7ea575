"""The provider is started once for each set-up, and only where node is."""

import json
import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from joserfc.jwk import ECKey, RSAKey

from tests.oidc import service
from tillit.foundation.login.oidc import providers
from tillit.foundation.login.oidc.providers import Provider
from tillit.foundation.login.views import services as views

PEOPLE = {
    "ingrid-there": {"pid": "13097248022", "number": "4711", "level": "4"},
    "weak-there": {"pid": "15021951940", "number": "4712", "level": "3"},
}


@cache
def signing_key(name: str) -> dict[str, Any]:
    """Return a private key for the provider, as JWK."""
    return {**RSAKey.generate_key(2048, private=True).as_dict(private=True), "kid": name, "alg": "PS256", "use": "sig"}


Start = Callable[..., Any]


@pytest.fixture
def start(tmp_path: Path, settings: Any) -> Iterator[Start]:
    """Return a function that starts the provider in a profile, and sets the product up for it: (provider, issuer)."""
    try:
        service.installed()
    except service.NoNode as missing:
        if os.environ.get("TILLIT_MUST_HAVE_NODE"):
            raise
        pytest.skip(str(missing))
    except subprocess.SubprocessError as failed:
        if os.environ.get("TILLIT_MUST_HAVE_NODE"):
            raise
        pytest.skip(f"the provider could not be installed: {type(failed).__name__}")

    with ExitStack() as open_ones:

        def go(profile: str, *, keys: list[dict[str, Any]] | None = None, port: int = 0, **more: str) -> Any:
            found = port or service.free_port()
            key = ECKey.generate_key("P-256", private=True)
            asked = {
                "profile": profile,
                "port": found,
                "keys": keys or [signing_key("first")],
                "people": PEOPLE,
                "secret": "hemmelig-mellom-oss-to",
                "client_keys": [{**key.as_dict(private=False), "kid": "ours", "alg": "ES256"}],
                "redirect_uris": ["http://testserver/logg-inn/med/tjeneste/svar/"],
                "post_logout_redirect_uris": ["http://testserver/logg-inn/"],
            }
            (tmp_path / "key.json").write_text(json.dumps(key.as_dict(private=True)))
            (tmp_path / "secret").write_text("hemmelig-mellom-oss-to\n")
            lines = [
                "[tjeneste]", 'name = "Innloggingstjenesten"', 'client_id = "tillit"', f'profile = "{profile}"',
                f'issuer = "http://localhost:{found}"',
                'key_file = "key.json"\nkey_id = "ours"' if profile == "helseid" else 'secret_file = "secret"',
                *(f"{name} = {value}" for name, value in more.items()),
            ]  # fmt: skip
            (tmp_path / "login.toml").write_text("\n".join(lines))
            settings.LOGIN_PROVIDERS = providers.read(tmp_path / "login.toml", production=False)
            views._client.cache_clear()
            running = service.running(**asked)
            issuer = open_ones.enter_context(running)
            provider: Provider = settings.LOGIN_PROVIDERS[0]
            return Started(issuer, found, provider, running, asked, open_ones)

        yield go
    views._client.cache_clear()


class Started:
    """A provider that runs, and what it takes to stop it and start it with other keys."""

    def __init__(
        self, issuer: str, port: int, provider: Provider, running: Any, asked: dict[str, Any], open_ones: ExitStack
    ) -> None:
        self.issuer, self.port, self.provider = issuer, port, provider
        self._running, self._asked, self._open = running, asked, open_ones

    def change_keys(self, keys: list[dict[str, Any]]) -> None:
        """Stop, and start again with other signing keys."""
        self._running.__exit__(None, None, None)
        again = service.running(**{**self._asked, "keys": keys})
        self._open.enter_context(again)
