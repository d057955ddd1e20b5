"""The same application behind Python's own server."""

import signal

from users_api.guard import LONGEST_BODY


def test_a_user_signs_in_is_found_and_leaves(own_server, issuer):
    user = own_server.sign_in(issuer.token()).json()

    assert own_server.client.get(f"/users/{user['id']}").json() == user
    assert own_server.client.post(f"/users/{user['id']}/disconnect").json() == {"total": 0}


def test_a_body_without_a_length_is_refused(own_server):
    answer = own_server.client.post("/users/authenticate/from_token", content=iter([b"{}"]))

    assert answer.status_code == 411


def test_a_body_that_is_too_long_is_refused(own_server):
    answer = own_server.client.post("/users/authenticate/from_token", content=b" " * (LONGEST_BODY + 1))

    assert answer.status_code == 413


def test_it_ends_by_sigterm(own_server):
    own_server.process.send_signal(signal.SIGTERM)

    assert own_server.process.wait(timeout=5) == 0


def test_what_was_answered_outlives_a_crash(own_server, issuer):
    stays, goes = (own_server.sign_in(issuer.token(sub=sub)).json() for sub in ("stays", "goes"))
    own_server.client.post(f"/users/{goes['id']}/disconnect")

    own_server.process.kill()
    own_server.process.wait()
    own_server.start()

    assert own_server.users() == [stays]
