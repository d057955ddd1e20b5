"""What becomes of a user."""

import signal
import uuid
from concurrent.futures import ThreadPoolExecutor

GONE = "/users/0192f0c1-0000-7000-8000-000000000000"


def test_a_user_signs_in_is_found_and_leaves(provider, issuer):
    user = provider.sign_in(issuer.token()).json()

    assert uuid.UUID(user["id"]).version == 7
    assert (user["name"], user["email"], user["username"]) == ("Anna", "anna@example.org", "anna")
    assert provider.users() == [user]
    assert provider.client.get(f"/users/{user['id']}").json() == user

    left = provider.client.post(f"/users/{user['id']}/disconnect")

    assert (left.status_code, left.json()) == (200, {"total": 0})
    assert provider.client.get(f"/users/{user['id']}").status_code == 410
    assert provider.client.post(f"/users/{user['id']}/disconnect").status_code == 200
    assert provider.sign_in(issuer.token()).status_code == 200


def test_the_same_subject_is_the_same_user_brought_up_to_date(provider, issuer):
    first = provider.sign_in(issuer.token(alg="ES256")).json()
    second = provider.sign_in(issuer.token(name="Anna Maria", email=None)).json()

    assert (second["id"], second["created"]) == (first["id"], first["created"])
    assert (second["name"], second["email"]) == ("Anna Maria", "anna@example.org")
    assert second["updated"]["value"] > first["updated"]["value"]
    assert len(provider.users()) == 1


def test_subjects_that_look_alike_are_different_users(provider, issuer):
    for subject in ("anna", "Anna", "anna ", "\u00e4", "a\u0308"):
        assert provider.sign_in(issuer.token(subject)).status_code == 200

    assert len({user["id"] for user in provider.users()}) == 5
    assert len({user["username"] for user in provider.users()}) == 5


def test_many_at_once_lose_nobody(provider, issuer):
    tokens = [issuer.token(f"person-{number}") for number in range(200)]
    with ThreadPoolExecutor(200) as pool:
        answers = list(pool.map(provider.sign_in, tokens))

    assert {answer.status_code for answer in answers} == {200}
    assert {user["id"] for user in provider.users()} == {answer.json()["id"] for answer in answers}


def test_a_kill_right_after_the_answer_and_a_polite_end_keep_users(provider, issuer):
    user = provider.sign_in(issuer.token()).json()
    provider.process.send_signal(signal.SIGKILL)
    provider.process.wait()
    provider.start()
    assert provider.users() == [user]

    provider.process.send_signal(signal.SIGTERM)
    assert provider.process.wait(timeout=10) == 0
    provider.start()
    assert provider.users() == [user]


def test_a_snapshot_that_is_known_is_not_sent_again(provider, issuer):
    provider.sign_in(issuer.token())
    tag = provider.client.get("/users").headers["etag"]

    assert provider.client.get("/users", headers={"If-None-Match": tag}).status_code == 304
    provider.sign_in(issuer.token())
    assert provider.client.get("/users", headers={"If-None-Match": tag}).status_code == 200


def test_an_unknown_user_is_gone_and_a_malformed_id_refused(provider):
    assert provider.client.get(GONE).status_code == 410
    assert provider.client.get("/users/nobody").status_code == 422
    assert provider.client.get("/users/nobody").headers["content-type"] == "application/problem+json"
