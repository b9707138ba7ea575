"""What a login service may not get us to believe: every answer that is almost right, refused."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

import pytest
from joserfc import jws, jwt
from joserfc.jwk import ECKey, OctKey, RSAKey

from tillit.foundation.login.oidc import providers, tokens, transport
from tillit.foundation.login.oidc.client import Begun, Client, ServiceAway, ServiceRefused
from tillit.foundation.login.oidc.providers import Provider, UnreadableProviders
from tillit.foundation.login.oidc.tokens import TokenRefused
from tillit.foundation.login.oidc.transport import Answer, CallFailed, CallRefused

AT = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
NOW = int(AT.timestamp())
ISSUER = "https://login.example"
BACK = "https://tillit.example/logg-inn/med/tjeneste/svar/"
KEY = RSAKey.import_key({**RSAKey.generate_key(2048, private=True).as_dict(private=True), "kid": "one", "use": "sig"})
OTHER = RSAKey.import_key({**RSAKey.generate_key(2048, private=True).as_dict(private=True), "kid": "one", "use": "sig"})
OURS = ECKey.generate_key("P-256", private=True)
PROVIDER = Provider(
    slug="tjeneste", name="Tjenesten", issuer=ISSUER, client_id="tillit", client_auth="private_key_jwt", secret="",
    key_text=json.dumps(OURS.as_dict(private=True)), key_id="ours", key_algorithm="", certificate_text="",
    assertion_audience="issuer", scopes=("openid",), hosts=frozenset({"login.example"}), pushed=True, dpop=True,
    strong=True, key_claim="pid", required_claims={"level": "4"}, id_token_algorithms=providers.ALGORITHMS,
    logout=True, insecure_loopback=False,
)  # fmt: skip


class Service:
    """A login service that answers as it is told, and remembers what it was asked."""

    def __init__(self, claims: dict[str, Any], header: dict[str, Any]) -> None:
        self.claims, self.header = claims, header
        self.key: Any = KEY
        self.published: Any = KEY
        self.description: dict[str, Any] | None = None
        self.wants_nonce = self.token = ""
        self.token_type = "DPoP"
        self.status = 200
        self.asked: list[tuple[str, str, Mapping[str, str], dict[str, str]]] = []

    def call(self, method: str, address: str, headers: Mapping[str, str], body: bytes) -> Answer:
        transport.check(address, PROVIDER.hosts)
        form = dict(parse_qsl(body.decode()))
        self.asked.append((method, address, headers, form))
        path = urlsplit(address).path
        if path.endswith("openid-configuration"):
            return self._json({**DESCRIPTION, **(self.description or {})})
        if path == "/jwks":
            return self._json({"keys": [self.published.as_dict(private=False)]})
        proof = jws.extract_compact(headers["DPoP"].encode())
        nonce = json.loads(proof.payload).get("nonce", "") if proof.payload else ""
        if self.wants_nonce and nonce != self.wants_nonce:
            answer = self._json({"error": "use_dpop_nonce"}, 400)
            return replace(answer, headers={"dpop-nonce": self.wants_nonce})
        if path == "/par":
            return self._json({"request_uri": "urn:one", "expires_in": 60}, 201)
        if self.status != 200:
            return self._json({"error": "invalid_grant"}, self.status)
        token = self.token or jwt.encode(self.header, self.claims, self.key, algorithms=[self.header["alg"]])
        return self._json({"id_token": token, "access_token": "opaque", "token_type": self.token_type})

    def _json(self, body: dict[str, Any], status: int = 200) -> Answer:
        return Answer(status, {"content-type": "application/json"}, json.dumps(body).encode())


DESCRIPTION = {
    "issuer": ISSUER,
    "authorization_endpoint": f"{ISSUER}/authorize",
    "token_endpoint": f"{ISSUER}/token",
    "jwks_uri": f"{ISSUER}/jwks",
    "pushed_authorization_request_endpoint": f"{ISSUER}/par",
    "end_session_endpoint": f"{ISSUER}/end",
    "authorization_response_iss_parameter_supported": True,
}


def service(begun: Begun | None = None, **changed: Any) -> Service:
    right = {
        "iss": ISSUER, "aud": "tillit", "sub": "she", "exp": NOW + 300, "iat": NOW, "level": "4", "pid": "1",
        "nonce": begun.nonce if begun else "", "at_hash": tokens.at_hash("opaque", "PS256"),
    }  # fmt: skip
    claims = {name: value for name, value in {**right, **changed}.items() if value is not None}
    return Service(claims=claims, header={"alg": "PS256", "kid": "one"})


def begun_with(there: Service) -> tuple[Client, Begun]:
    client = Client(PROVIDER, call=there.call)
    _address, begun = client.begin(redirect_uri=BACK, at=AT)
    there.claims.setdefault("nonce", begun.nonce)
    if there.claims["nonce"] == "":
        there.claims["nonce"] = begun.nonce
    return client, begun


def answer_to(begun: Begun, **changed: str | None) -> dict[str, str]:
    right = {"state": begun.state, "code": "abc", "iss": ISSUER}
    return {name: value for name, value in {**right, **changed}.items() if value is not None}


def finish(there: Service, **answer: str | None) -> Any:
    client, begun = begun_with(there)
    return client.finish(answer_to(begun, **answer), begun, redirect_uri=BACK, at=AT)


def refused(there: Service, **answer: str | None) -> str:
    with pytest.raises(TokenRefused) as why:
        finish(there, **answer)
    return why.value.why


class TestIdToken:
    def test_the_right_one_is_believed(self) -> None:
        known = finish(service())

        assert (known.issuer, known.subject, known.claims["pid"]) == (ISSUER, "she", "1")

    @pytest.mark.parametrize(
        ("wrong", "why"),
        [
            ({"nonce": "another"}, "nonce"),
            ({"iss": "https://evil.example"}, "issuer"),
            ({"iss": f"{ISSUER}/"}, "issuer"),
            ({"aud": "another"}, "audience"),
            ({"aud": ["tillit", "another"]}, "authorized_party"),
            ({"aud": ["tillit", "another"], "azp": "another"}, "authorized_party"),
            ({"azp": "another"}, "authorized_party"),
            ({"aud": None}, "audience"),
            ({"exp": NOW - 61}, "expired"),
            ({"exp": None}, "exp"),
            ({"exp": "tomorrow"}, "exp"),
            ({"exp": True}, "exp"),
            ({"iat": NOW + 120}, "from_the_future"),
            ({"iat": NOW - 700}, "old"),
            ({"nbf": NOW + 120}, "from_the_future"),
            ({"sub": None}, "subject"),
            ({"sub": ""}, "subject"),
            ({"sub": "x" * 300}, "subject"),
            ({"level": "3"}, "required_claim"),
            ({"level": None}, "required_claim"),
            ({"at_hash": tokens.at_hash("another", "PS256")}, "at_hash"),
        ],
    )
    def test_almost_right_is_refused(self, wrong: dict[str, Any], why: str) -> None:
        assert refused(service(**wrong)) == why

    def test_without_a_signature_is_refused(self) -> None:
        there = service()
        there.header = {"alg": "none"}
        client, _begun = begun_with(there)
        unsigned = jws.serialize_compact({"alg": "HS256"}, b"{}", OctKey.generate_key(256), algorithms=["HS256"])
        there.token = "eyJhbGciOiJub25lIn0." + unsigned.split(".")[1] + "."

        assert refused(there) == "algorithm"
        assert client.provider is PROVIDER

    def test_signed_with_our_own_public_key_as_a_secret_is_refused(self) -> None:
        there = service()
        secret = OctKey.import_key(json.dumps(KEY.as_dict(private=False)))
        there.header, there.key = {"alg": "HS256", "kid": "one"}, secret

        assert refused(there) == "algorithm"

    def test_signed_with_another_key_under_the_same_name_is_refused(self) -> None:
        there = service()
        there.key = OTHER

        assert refused(there) == "signature"

    def test_a_key_that_lies_in_the_token_itself_is_not_used(self) -> None:
        there = service()
        there.key, there.header = OTHER, {"alg": "PS256", "jwk": OTHER.as_dict(private=False)}

        assert refused(there) in {"signature", "unreadable"}

    def test_altered_afterwards_is_refused(self) -> None:
        there = service()
        client, begun = begun_with(there)
        head, _body, seal = jwt.encode(there.header, there.claims, KEY, algorithms=["PS256"]).split(".")
        other = jwt.encode(there.header, {**there.claims, "sub": "another"}, OTHER, algorithms=["PS256"]).split(".")[1]
        there.token = f"{head}.{other}.{seal}"

        with pytest.raises(TokenRefused, match="signature"):
            client.finish(answer_to(begun), begun, redirect_uri=BACK, at=AT)

    @pytest.mark.parametrize("rubbish", ["", "a.b.c", "....", "æøå", "e30.e30.e30"])
    def test_rubbish_is_refused(self, rubbish: str) -> None:
        there = service()
        there.token = rubbish or "x"

        assert refused(there) in {"unreadable", "algorithm"}

    def test_one_that_is_bound_to_nothing_is_refused_where_binding_was_asked_for(self) -> None:
        there = service()
        there.token_type = "Bearer"

        assert refused(there) == "not_bound"


class TestAnswer:
    @pytest.mark.parametrize(
        ("wrong", "why"),
        [
            ({"state": "another"}, "state"),
            ({"state": None}, "state"),
            ({"iss": "https://evil.example"}, "response_issuer"),
            ({"iss": None}, "response_issuer"),
            ({"code": None}, "no_code"),
        ],
    )
    def test_almost_right_is_refused(self, wrong: dict[str, str | None], why: str) -> None:
        there = service()

        assert refused(there, **wrong) == why
        assert not any(address.endswith("/token") for _method, address, *_rest in there.asked)

    def test_a_no_from_the_service_is_a_no(self) -> None:
        with pytest.raises(ServiceRefused, match="access_denied"):
            finish(service(), error="access_denied")

    def test_a_code_that_was_used_before_is_refused_by_the_service(self) -> None:
        there = service()
        there.status = 400

        with pytest.raises(ServiceRefused, match="invalid_grant"):
            finish(there)

    def test_who_was_to_show_herself_anew_must_have(self) -> None:
        there = service()
        client = Client(PROVIDER, call=there.call)
        _address, begun = client.begin(redirect_uri=BACK, at=AT, anew=True)
        there.claims |= {"nonce": begun.nonce, "auth_time": NOW - 3600}

        with pytest.raises(TokenRefused, match="shown_before"):
            client.finish(answer_to(begun), begun, redirect_uri=BACK, at=AT)
        there.claims["auth_time"] = NOW
        assert client.finish(answer_to(begun), begun, redirect_uri=BACK, at=AT).subject == "she"


class TestAsking:
    def test_everything_is_pushed_and_nothing_of_it_stands_in_the_address(self) -> None:
        there = service()
        address, begun = Client(PROVIDER, call=there.call).begin(redirect_uri=BACK, at=AT)

        assert set(parse_qs(urlsplit(address).query)) == {"client_id", "request_uri"}
        pushed = next(form for _method, where, _headers, form in there.asked if where.endswith("/par"))
        assert pushed["state"] == begun.state and pushed["code_challenge_method"] == "S256"
        assert begun.verifier not in str(pushed)

    def test_the_service_s_own_nonce_is_put_in_the_proof_when_it_asks_for_it(self) -> None:
        there = service()
        there.wants_nonce = "fresh"

        assert finish(there).subject == "she"
        proofs = [
            json.loads(jws.extract_compact(headers["DPoP"].encode()).payload or b"")
            for method, _where, headers, _form in there.asked
            if method == "POST"
        ]
        assert [proof.get("nonce") for proof in proofs] == [None, "fresh", "fresh"]
        assert len({proof["jti"] for proof in proofs}) == 3
        assert [proof["htu"] for proof in proofs] == [f"{ISSUER}/par", f"{ISSUER}/par", f"{ISSUER}/token"]

    def test_a_service_that_never_is_content_is_asked_twice_and_no_more(self) -> None:
        there = service()
        client, begun = begun_with(there)
        there.wants_nonce = "never"

        def moody(method: str, address: str, headers: Mapping[str, str], body: bytes) -> Answer:
            there.wants_nonce += "x"
            return there.call(method, address, headers, body)

        client._call = moody
        with pytest.raises(ServiceRefused, match="use_dpop_nonce"):
            client.finish(answer_to(begun), begun, redirect_uri=BACK, at=AT)

    def test_our_assertion_lasts_a_minute_is_for_this_service_and_never_the_same(self) -> None:
        one, two = (tokens.client_assertion(PROVIDER, token_endpoint=f"{ISSUER}/token", at=AT) for _number in range(2))

        claims = jwt.decode(one, OURS, algorithms=["ES256"]).claims
        assert (claims["iss"], claims["sub"], claims["aud"]) == ("tillit", "tillit", ISSUER)
        assert claims["exp"] - claims["iat"] == 60
        assert claims["jti"] != jwt.decode(two, OURS, algorithms=["ES256"]).claims["jti"]
        assert jws.extract_compact(one.encode()).headers()["kid"] == "ours"

    def test_keys_are_fetched_again_when_none_fits_but_not_in_a_storm(self) -> None:
        there, time = service(), [0.0]
        client = Client(PROVIDER, call=there.call, clock=lambda: time[0])

        def log_in() -> None:
            _address, begun = client.begin(redirect_uri=BACK, at=AT)
            there.claims["nonce"] = begun.nonce
            client.finish(answer_to(begun), begun, redirect_uri=BACK, at=AT)

        def fetched() -> int:
            return sum(address.endswith("/jwks") for _method, address, *_rest in there.asked)

        log_in()
        log_in()
        assert fetched() == 1
        there.published = there.key = OTHER
        with pytest.raises(TokenRefused):
            log_in()
        assert fetched() == 1, "too soon to ask again"
        time[0] = 20.0
        log_in()
        assert fetched() == 2

    @pytest.mark.parametrize(
        "description",
        [
            {"issuer": "https://evil.example"},
            {"token_endpoint": "https://evil.example/token"},
            {"token_endpoint": "http://login.example/token"},
            {"token_endpoint": "https://login.example@evil.example/token"},
            {"token_endpoint": "file:///etc/passwd"},
            {"token_endpoint": None},
            {"jwks_uri": "https://169.254.169.254/latest/meta-data"},
            {"pushed_authorization_request_endpoint": "https://evil.example/par"},
            {"authorization_endpoint": "javascript:alert(1)"},
        ],
    )
    def test_an_address_elsewhere_is_never_called(self, description: dict[str, Any]) -> None:
        there = service()
        there.description = description

        with pytest.raises(ServiceAway):
            finish(there)
        assert all(urlsplit(address).hostname == "login.example" for _method, address, *_rest in there.asked)


class TestTransport:
    @pytest.mark.parametrize(
        "address",
        [
            "http://login.example/", "https://evil.example/", "https://login.example.evil.example/", "ftp://login.example/",
            "https://user@login.example/", "https://login.example/#x", "https://login.example/\r\nX: y", "https://[::1",
            "https://login.example:0/", "https://LOGIN.example./", "//login.example/", "https:///x",
        ],
    )  # fmt: skip
    def test_only_https_to_the_named_host(self, address: str) -> None:
        with pytest.raises(CallRefused):
            transport.caller(frozenset({"login.example"}))("GET", address, {}, b"")

    def test_plain_http_only_to_this_machine_and_only_when_told(self) -> None:
        hosts = frozenset({"localhost", "login.example"})
        transport.check("http://localhost:1/", hosts, insecure_loopback=True)
        for address in ("http://localhost:1/", "http://login.example/"):
            with pytest.raises(CallRefused):
                transport.check(address, hosts, insecure_loopback=address.startswith("http://login"))

    def test_nobody_there_is_a_sentence_without_the_address(self) -> None:
        with pytest.raises(CallFailed) as failed:
            transport.caller(frozenset({"localhost"}), insecure_loopback=True)("GET", "http://localhost:9/x?y", {}, b"")
        assert "x?y" not in str(failed.value)


class TestProviders:
    def read(self, tmp_path: Path, text: str, *, production: bool = True) -> tuple[Provider, ...]:
        (tmp_path / "key.pem").write_bytes(OURS.as_pem(private=True))
        (tmp_path / "secret").write_text("hemmelig\n")
        (tmp_path / "login.toml").write_text(text)
        return providers.read(tmp_path / "login.toml", production=production)

    def test_several_at_once_with_secrets_in_files_of_their_own(self, tmp_path: Path) -> None:
        found = self.read(
            tmp_path,
            '[entra]\nname = "Vik kommune"\nissuer = "https://login.microsoftonline.com/x/v2.0"\nclient_id = "1"\n'
            'secret_file = "secret"\nkey_claim = "employee_id"\n'
            '[helseid]\nprofile = "helseid"\nname = "HelseID"\nissuer = "https://helseid-sts.nhn.no"\nclient_id = "2"\n'
            'key_file = "key.pem"\n',
        )

        assert [(one.slug, one.strong, one.dpop, one.pushed) for one in found] == [
            ("entra", False, False, False),
            ("helseid", True, True, True),
        ]
        assert found[0].secret == "hemmelig" and "hemmelig" not in repr(found)
        assert tokens.algorithm_of(tokens.private_key(found[1].key_text)) == "ES256"

    @pytest.mark.parametrize(
        "wrong",
        [
            'issuer = "http://login.example"', 'issuer = "http://localhost:1"', 'issuer = "https://u@login.example"',
            'issuer = "https://login.example"\nsecret_file = "none"', 'issuer = "https://login.example"\nsekret = "x"',
            'issuer = "https://login.example"\nid_token_algorithms = ["none"]',
            'issuer = "https://login.example"\nid_token_algorithms = ["HS256"]',
            'issuer = "https://login.example"\nscopes = ["profile"]', 'issuer = "https://login.example"\nprofile = "x"',
            'issuer = "https://login.example"\nprofile = "helseid"\nkey_file = "key.pem"\ndpop = false',
            'issuer = "https://login.example"\nopens = "everybody"', 'issuer = "https://login.example"\nopens = "citizens"',
        ],
    )  # fmt: skip
    def test_what_cannot_be_right_stops_the_start(self, tmp_path: Path, wrong: str) -> None:
        secret = "" if "secret_file" in wrong else 'secret_file = "secret"\n'
        with pytest.raises(UnreadableProviders):
            self.read(tmp_path, f'[one]\nname = "N"\nclient_id = "c"\n{secret}{wrong}\n')

    def test_a_service_for_citizens_is_asked_for_the_highest_level_and_tells_the_number(self, tmp_path: Path) -> None:
        (found,) = self.read(
            tmp_path,
            '[idporten]\nprofile = "idporten"\nname = "ID-porten"\nissuer = "https://idporten.no"\nclient_id = "3"\n'
            'key_file = "key.pem"\n',
        )

        assert (found.opens, found.strong, found.key_claim) == ("citizens", True, "pid")
        assert found.required_claims == {"acr": found.acr_values} == {"acr": "idporten-loa-high"}

    @pytest.mark.parametrize("text", ["", "not a key", json.dumps(OURS.as_dict(private=False))])
    def test_a_key_that_is_not_private_is_refused(self, text: str) -> None:
        with pytest.raises(TokenRefused):
            tokens.private_key(text)
