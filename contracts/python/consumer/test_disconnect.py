"""POST /users/{user}/disconnect"""

import unittest

from pact import match

from consumer.interaction import Interaction
from consumer.matchers import profile
from consumer.states import example, given

ACCEPT = {"Accept": "application/json"}


class Disconnect(unittest.TestCase):
    def test_answers_users_when_the_user_is_signed_in(self) -> None:
        interaction = Interaction("a user signs out", "someone", "USR-DISC-001")
        interaction.http.with_request("POST", given("someone", "/users/{id}/disconnect")).with_headers(ACCEPT)
        interaction.http.will_respond_with(200).with_body(match.type({}), "application/json")

        with interaction.client() as client:
            left = client.users_disconnect_user(example("someone", "{id}"))

        self.assertIn(left.iterable, (None, []))

    def test_answers_the_users_that_are_left(self) -> None:
        interaction = Interaction("one of several users signs out", "several", "USR-DISC-006")
        interaction.http.with_request("POST", given("several", "/users/{id}/disconnect")).with_headers(ACCEPT)
        interaction.http.will_respond_with(200).with_body({"iterable": match.each_like(profile)}, "application/json")

        with interaction.client() as client:
            left = client.users_disconnect_user(example("several", "{id}"))

        self.assertEqual([user.aesthetics.font.size for user in left.iterable], [13])
