"""Requests that are not let in."""

import json
import socket

import pytest

AUTHENTICATE = "/users/authenticate/from_token"


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost@evil.example", "localhost:x"])
def test_a_foreign_host_is_refused(provider, host):
    assert provider.client.get("/users", headers={"Host": host}).status_code == 421


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:1", "[::1]:80"])
def test_a_loopback_name_is_served(provider, host):
    assert provider.client.get("/users", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://localhost:1"])
def test_a_foreign_origin_changes_nothing(provider, issuer, origin):
    user = provider.sign_in(issuer.token()).json()
    answer = provider.client.post(f"/users/{user['id']}/disconnect", headers={"Origin": origin})

    assert answer.status_code == 403
    assert not [name for name in answer.headers if name.startswith("access-control-")]
    assert provider.users() == [user]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"{", 400),
        (b'{"access_token": NaN}', 400),
        (b"\xff", 400),
        ('{"access_token":"x"}'.encode("utf-16"), 400),
        (b"[" * 100_000, 400),
        (b"[]", 422),
        (b'{"access_token":1,"token_type":"Bearer","expires_in":1}', 422),
        (b'{"access_token":"x","token_type":"Basic","expires_in":1}', 422),
        (b'{"access_token":"x","token_type":"Bearer","expires_in":"1"}', 422),
        (b'{"access_token":"x","token_type":"Bearer","expires_in":true}', 422),
        (b'{"access_token":"\\ud800","token_type":"Bearer","expires_in":1}', 401),
        (b" " * 300_000, 413),
    ],
)
def test_a_body_that_is_no_token_is_refused(provider, body, status):
    answer = provider.client.post(AUTHENTICATE, content=body, headers={"Content-Type": "application/json"})

    assert answer.status_code == status
    assert provider.users() == []


def test_a_form_is_refused(provider):
    assert provider.client.post(AUTHENTICATE, data={"access_token": "x"}).status_code == 415


def test_a_head_that_is_too_long_is_refused(provider):
    assert provider.client.get("/users", headers={"X-Long": "x" * 400_000}).status_code == 400


def test_a_client_that_never_finishes_is_cut_off(provider):
    with socket.create_connection(("127.0.0.1", provider.port)) as slow:
        slow.settimeout(20)
        slow.sendall(b"GET /users HTTP/1.1\r\nHost: localhost\r\n")
        assert slow.recv(1024) == b""


def test_a_body_of_two_lengths_ends_the_connection(provider):
    head = b"POST /users/authenticate/from_token HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
    lengths = b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
    with socket.create_connection(("127.0.0.1", provider.port)) as smuggler:
        smuggler.settimeout(5)
        smuggler.sendall(head + lengths + b"GET /users HTTP/1.1\r\nHost: localhost\r\n\r\n")
        answer = b"".join(iter(lambda: smuggler.recv(65536), b""))

    assert answer.startswith(b"HTTP/1.1 400 ")
    assert answer.count(b"HTTP/1.1") == 1


def test_a_body_that_does_not_come_whole_signs_nobody_in(provider, issuer):
    head = "POST /users/authenticate/from_token HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
    body = json.dumps({"access_token": issuer.token(), "token_type": "Bearer", "expires_in": 600})
    with socket.create_connection(("127.0.0.1", provider.port)) as leaver:
        leaver.sendall(f"{head}Content-Length: {len(body) + 100}\r\n\r\n{body}".encode())
        leaver.shutdown(socket.SHUT_WR)
        leaver.settimeout(5)
        leaver.recv(65536)

    assert provider.users() == []
