"""Whose token gets in."""

import base64
import hashlib
import hmac
import json
import time

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from issuer import AUDIENCE, CLIENT, Issuer

PAST, FUTURE = time.time() - 60, time.time() + 3600


def encode(value: dict) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


@pytest.mark.parametrize(
    "claims",
    [
        {"exp": PAST},
        {"exp": None},
        {"exp": str(FUTURE)},
        {"nbf": FUTURE},
        {"iss": "https://elsewhere.example"},
        {"iss": None},
        {"aud": "other"},
        {"aud": None},
        {"aud": ["other"]},
        {"sub": None},
        {"sub": ""},
    ],
    ids=str,
)
def test_a_claim_that_is_wrong_is_refused(provider, issuer, claims):
    assert provider.sign_in(issuer.token(**claims)).status_code == 401
    assert provider.users() == []


def test_one_of_several_audiences_is_enough(provider, issuer):
    assert provider.sign_in(issuer.token(aud=["other", AUDIENCE])).status_code == 200


def test_a_signature_that_is_not_the_issuers_is_refused(provider, issuer):
    stranger = rsa.generate_private_key(65537, 2048)
    good = issuer.token()
    header, payload, signature = good.split(".")
    (_, kid), ours = next(iter(issuer.keys.items()))
    public = ours.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    confused = f"{encode({'alg': 'HS256', 'kid': kid})}.{payload}"
    mac = base64.urlsafe_b64encode(hmac.digest(public, confused.encode(), hashlib.sha256)).rstrip(b"=").decode()

    for forged in (
        issuer.token(key=stranger),
        issuer.token(key=stranger, headers={"jku": f"{issuer.url}/keys", "x5u": issuer.url}),
        f"{encode({'alg': 'none', 'kid': kid})}.{payload}.",
        f"{confused}.{mac}",
        f"{header}.{encode({'sub': 'eve'})}.{signature}",
        f"{good}!",
        issuer.token(headers={"crit": ["exp"], "exp": 1}),
        "not-a-token",
    ):
        assert provider.sign_in(forged).status_code == 401
    assert provider.users() == []


def test_the_id_token_gives_the_profile_and_must_be_good(provider, issuer):
    identity = issuer.token(aud=CLIENT, name="Anna of the id token")

    assert provider.sign_in(issuer.token(), id_token=identity).json()["name"] == "Anna of the id token"
    assert provider.sign_in(issuer.token(), id_token=issuer.token("eve", aud=CLIENT)).status_code == 401
    assert provider.sign_in(issuer.token(), id_token="nonsense").status_code == 401


def test_new_keys_are_found_and_unknown_ones_do_not_pester_the_issuer(provider, issuer):
    assert provider.sign_in(issuer.token()).status_code == 200
    issuer.rotate("2")
    assert provider.sign_in(issuer.token()).status_code == 200

    for number in range(30):
        assert provider.sign_in(issuer.token(headers={"kid": str(number)})).status_code == 401
    assert issuer.key_requests <= 6


def test_an_issuer_that_is_down_stops_sign_ins_and_nothing_else(provider, issuer):
    token = issuer.token()
    issuer.close()
    assert provider.sign_in(token).status_code == 503
    assert provider.client.get("/users").status_code == 200

    again = Issuer(issuer.port)
    assert provider.sign_in(again.token()).status_code == 200
    again.close()


def test_the_header_may_carry_the_token_instead_of_the_body(provider, issuer):
    def post(authorization: str):
        headers = {"Authorization": authorization, "Content-Type": "application/json"}
        return provider.client.post("/users/authenticate/from_token", headers=headers)

    assert post(f"Bearer {issuer.token()}").status_code == 200
    assert post(issuer.token()).status_code == 200
    assert post("Bearer nonsense").status_code == 401
    assert provider.client.post("/users/authenticate/from_token").status_code == 401


def test_no_secret_comes_back_or_is_kept(provider, issuer, tmp_path):
    token = issuer.token(api_key="s3cret-claim")
    provider.sign_in(token, refresh_token="s3cret-refresh")
    kept = b"".join(file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())

    for place in (kept, provider.client.get("/users").content):
        assert b"s3cret" not in place
        assert token.split(".")[2].encode() not in place
