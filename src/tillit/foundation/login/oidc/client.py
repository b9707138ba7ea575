"""The steps of a log in with a login service: send her there, take the answer back, ask who she is.

Authorization code with PKCE always; pushed requests, private_key_jwt and DPoP where the service is set up so. Of what
the service gives us only the ID token is kept.
"""

import base64
import hashlib
import json
import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote, urlencode

from joserfc import jwk

from tillit.foundation.login.oidc import tokens, transport
from tillit.foundation.login.oidc.providers import Provider
from tillit.foundation.login.oidc.tokens import TokenRefused
from tillit.foundation.login.oidc.transport import Answer, Call, CallFailed, CallRefused

#: How long a service's own description and keys are kept; unknown keys are asked for sooner, but not in a storm.
KEPT_SECONDS = 3600.0
ASK_AGAIN_SECONDS = 15.0


class ServiceAway(Exception):
    """The service does not answer, or not as agreed. `why` is a code for the log."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class ServiceRefused(Exception):
    """The service said no: she pressed cancel, the code was used before. `why` is the service's error code."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Begun:
    """What must be remembered while she is away. `dpop` is a private key: it lives in the session on our side."""

    state: str
    nonce: str
    verifier: str
    dpop: Mapping[str, Any] | None
    shown_after: float = 0.0  # she must have shown who she is to the service after this moment; 0: whenever


@dataclass(frozen=True, slots=True)
class Known:
    """Whom the service says she is."""

    issuer: str
    subject: str
    claims: Mapping[str, Any]
    id_token: str


@dataclass(slots=True)
class _Kept:
    value: Any
    at: float


class Client:
    """Talks with one login service. Keeps its description and keys for an hour; otherwise without memory."""

    def __init__(
        self, provider: Provider, *, call: Call | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.provider = provider
        self._call = call or transport.caller(provider.hosts, insecure_loopback=provider.insecure_loopback)
        self._clock = clock
        self._kept: dict[str, _Kept] = {}
        self._nonce = ""

    def begin(self, *, redirect_uri: str, at: datetime, anew: bool = False) -> tuple[str, Begun]:
        """Return where to send her, and what to remember. Raises ServiceAway, ServiceRefused.

        anew: she must show the service who she is now, also when it knows her from before.
        """
        key = tokens.dpop_key() if self.provider.dpop else None
        begun = Begun(
            state=secrets.token_urlsafe(32),
            nonce=secrets.token_urlsafe(32),
            verifier=secrets.token_urlsafe(48),
            dpop=key.as_dict(private=True) if key else None,
            shown_after=at.timestamp() if anew else 0.0,
        )
        asked = {
            "client_id": self.provider.client_id,
            "response_type": "code",
            "redirect_uri": redirect_uri,
            "scope": " ".join(self.provider.scopes),
            "state": begun.state,
            "nonce": begun.nonce,
            "code_challenge": _challenge(begun.verifier),
            "code_challenge_method": "S256",
        }
        if self.provider.acr_values:
            asked["acr_values"] = self.provider.acr_values
        if anew:
            asked |= {"prompt": "login", "max_age": "0"}
        there = self._endpoint("authorization_endpoint")
        if self.provider.pushed:
            pushed = self._ask("pushed_authorization_request_endpoint", asked, dpop=begun.dpop, at=at)
            request_uri = pushed.get("request_uri")
            if not isinstance(request_uri, str):
                raise ServiceAway("pushed_without_request_uri")
            asked = {"client_id": self.provider.client_id, "request_uri": request_uri}
        return f"{there}{'&' if '?' in there else '?'}{urlencode(asked)}", begun

    def finish(self, answer: Mapping[str, str], begun: Begun, *, redirect_uri: str, at: datetime) -> Known:
        """Return whom the service says she is, from what it sent her back with.

        Raises TokenRefused when the answer is not to our question or the token is not genuine, ServiceRefused when the
        service says no, ServiceAway when it does not answer.
        """
        if not secrets.compare_digest(answer.get("state", ""), begun.state):
            raise TokenRefused("state")
        promised = self._description().get("authorization_response_iss_parameter_supported") is True
        if answer.get("iss", self.provider.issuer if not promised else "") != self.provider.issuer:
            raise TokenRefused("response_issuer")
        if "error" in answer:
            raise ServiceRefused(answer["error"][:60])
        if not answer.get("code"):
            raise TokenRefused("no_code")
        given = self._ask(
            "token_endpoint",
            {
                "grant_type": "authorization_code",
                "code": answer["code"],
                "redirect_uri": redirect_uri,
                "code_verifier": begun.verifier,
            },
            dpop=begun.dpop,
            at=at,
        )
        id_token, access_token = given.get("id_token"), given.get("access_token")
        if not isinstance(id_token, str) or not isinstance(access_token, str):
            raise TokenRefused("no_id_token")
        if begun.dpop is not None and str(given.get("token_type", "")).lower() != "dpop":
            raise TokenRefused("not_bound")
        expected = tokens.Expected(
            issuer=self.provider.issuer,
            client_id=self.provider.client_id,
            nonce=begun.nonce,
            algorithms=self.provider.id_token_algorithms,
            required_claims=self.provider.required_claims,
        )
        claims = tokens.read_id_token(id_token, expected=expected, keys=self._keys, access_token=access_token, at=at)
        if begun.shown_after:
            tokens.require_shown_after(claims, begun.shown_after)
        return Known(self.provider.issuer, str(claims["sub"]), claims, id_token)

    def logout_address(self, *, id_token: str, back_to: str) -> str:
        """Return where to send her to log out there too; empty when the service has no such place, or is away."""
        if not self.provider.logout:
            return ""
        try:
            there = self._endpoint("end_session_endpoint")
        except ServiceAway:
            return ""
        asked = {"client_id": self.provider.client_id, "post_logout_redirect_uri": back_to}
        if id_token:
            asked["id_token_hint"] = id_token
        return f"{there}{'&' if '?' in there else '?'}{urlencode(asked)}"

    def _description(self) -> Mapping[str, Any]:
        kept = self._kept.get("description")
        if kept is None or self._clock() - kept.at > KEPT_SECONDS:
            found = self._get(f"{self.provider.issuer.rstrip('/')}/.well-known/openid-configuration")
            if found.get("issuer") != self.provider.issuer:
                raise ServiceAway("description_of_another_issuer")
            kept = self._kept["description"] = _Kept(found, self._clock())
        return kept.value  # type: ignore[no-any-return]

    def _endpoint(self, name: str) -> str:
        address = self._description().get(name)
        if not isinstance(address, str):
            raise ServiceAway(f"no_{name}")
        try:
            transport.check(address, self.provider.hosts, insecure_loopback=self.provider.insecure_loopback)
        except CallRefused:
            raise ServiceAway(f"{name}_elsewhere") from None
        return address

    def _keys(self, fresh: bool) -> list[dict[str, Any]]:
        kept = self._kept.get("keys")
        age = self._clock() - kept.at if kept else KEPT_SECONDS + 1
        if kept is None or age > KEPT_SECONDS or (fresh and age > ASK_AGAIN_SECONDS):
            found = self._get(self._endpoint("jwks_uri")).get("keys")
            if not isinstance(found, list):
                raise ServiceAway("no_keys")
            kept = self._kept["keys"] = _Kept([key for key in found if isinstance(key, dict)], self._clock())
        return kept.value  # type: ignore[no-any-return]

    def _get(self, address: str) -> Mapping[str, Any]:
        answer = self._send("GET", address, {}, b"")
        if answer.status != 200:
            raise ServiceAway(f"status_{answer.status}")
        return _json(answer)

    def _ask(
        self, endpoint: str, asked: Mapping[str, str], *, dpop: Mapping[str, Any] | None, at: datetime
    ) -> Mapping[str, Any]:
        """Post to an endpoint as the client we are. When the service wants its nonce in the proof, ask once more."""
        address = self._endpoint(endpoint)
        for last in (False, True):
            headers, form = self._signed(asked, at=at)
            if dpop is not None:
                key = jwk.import_key(dict(dpop))
                headers["DPoP"] = tokens.dpop_proof(key, method="POST", address=address, nonce=self._nonce, at=at)
            answer = self._send("POST", address, headers, urlencode(form).encode())
            self._nonce = answer.headers.get("dpop-nonce", self._nonce)[:500]
            said = _json(answer) if answer.status < 500 else {}
            if answer.status in {200, 201}:
                return said
            if said.get("error") == "use_dpop_nonce" and dpop is not None and self._nonce and not last:
                continue
            if 400 <= answer.status < 500 and isinstance(said.get("error"), str):
                raise ServiceRefused(said["error"][:60])
            raise ServiceAway(f"status_{answer.status}")
        raise AssertionError("the second try returns or raises")

    def _signed(self, asked: Mapping[str, str], *, at: datetime) -> tuple[dict[str, str], dict[str, str]]:
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        form = dict(asked)
        if self.provider.client_auth == "secret":
            pair = f"{quote(self.provider.client_id, safe='')}:{quote(self.provider.secret, safe='')}"
            headers["Authorization"] = f"Basic {base64.b64encode(pair.encode()).decode()}"
        else:
            form["client_id"] = self.provider.client_id
            form["client_assertion_type"] = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
            form["client_assertion"] = tokens.client_assertion(
                self.provider, token_endpoint=self._endpoint("token_endpoint"), at=at
            )
        return headers, form

    def _send(self, method: str, address: str, headers: Mapping[str, str], body: bytes) -> Answer:
        try:
            return self._call(method, address, headers, body)
        except CallRefused:
            raise ServiceAway("elsewhere") from None
        except CallFailed:
            raise ServiceAway("no_answer") from None


def _json(answer: Answer) -> Mapping[str, Any]:
    try:
        found = json.loads(answer.body)
    except (ValueError, RecursionError):
        raise ServiceAway("not_json") from None
    if not isinstance(found, dict):
        raise ServiceAway("not_json")
    return found


def _challenge(verifier: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
