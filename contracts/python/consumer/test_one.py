"""GET /users/{user}"""

import unittest

from pieces_os_client.exceptions import ApiException

from consumer.interaction import Interaction
from consumer.matchers import REFUSED, profile
from consumer.states import example, given

ACCEPT = {"Accept": "application/json"}


class One(unittest.TestCase):
    def test_answers_the_user_that_has_this_id(self) -> None:
        interaction = Interaction("a user by id", "someone", "USR-ONE-008")
        interaction.http.with_request("GET", given("someone", "/users/{id}")).with_headers(ACCEPT)
        interaction.http.will_respond_with(200).with_body(profile | {"id": given("someone", "{id}")}, "application/json")

        with interaction.client() as client:
            user = client.users_specific_user_snapshot(example("someone", "{id}"))

        self.assertEqual(user.id, example("someone", "{id}"))

    def test_raises_when_the_id_is_nobody(self) -> None:
        interaction = Interaction("a user that nobody is", "stranger", "USR-ONE-002")
        interaction.http.with_request("GET", given("stranger", "/users/{id}")).with_headers(ACCEPT)
        interaction.http.will_respond_with(404).with_matching_rules(REFUSED)

        with interaction.client() as client, self.assertRaises(ApiException):
            client.users_specific_user_snapshot(example("stranger", "{id}"))
