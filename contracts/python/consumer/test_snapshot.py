"""GET /users"""

import unittest

from pact import match

from consumer.interaction import Interaction
from consumer.matchers import profile, timestamp

ACCEPT = {"Accept": "application/json"}


class Snapshot(unittest.TestCase):
    def test_holds_every_user_when_several_are_signed_in(self) -> None:
        interaction = Interaction("the snapshot of several users", "several", "USR-SNAP-009")
        interaction.http.with_request("GET", "/users").with_headers(ACCEPT)
        interaction.http.will_respond_with(200).with_body({"iterable": match.type([profile, profile], min=2)}, "application/json")

        with interaction.client() as client:
            users = client.users_snapshot().iterable

        self.assertEqual([user.aesthetics.font.size for user in users], [13, 13])

    def test_fills_in_what_a_user_with_the_required_fields_lacks(self) -> None:
        interaction = Interaction("the snapshot of a user with the required fields only", "bareUser", "USR-SNAP-009")
        interaction.http.with_request("GET", "/users").with_headers(ACCEPT)
        interaction.http.will_respond_with(200).with_body({"iterable": match.each_like(profile)}, "application/json")

        with interaction.client() as client:
            [user] = client.users_snapshot().iterable

        self.assertEqual((user.email, user.picture), ("user@pieces.app", "https://picsum.photos/200"))

    def test_holds_nobody_when_nobody_is_signed_in(self) -> None:
        interaction = Interaction("the snapshot of nobody", "nobody", "USR-SNAP-003")
        interaction.http.with_request("GET", "/users").with_headers(ACCEPT)
        interaction.http.will_respond_with(200).with_body(match.type({}), "application/json")

        with interaction.client() as client:
            users = client.users_snapshot().iterable

        self.assertIn(users, (None, []))

    def test_parses_the_timestamps_of_a_user_with_every_optional_field(self) -> None:
        interaction = Interaction("the snapshot of a user with timestamps", "fullUser", "USR-SNAP-009")
        user = {"created": timestamp, "updated": timestamp}
        interaction.http.with_request("GET", "/users").with_headers(ACCEPT)
        interaction.http.will_respond_with(200).with_body({"iterable": match.array_containing([user | profile])}, "application/json")

        with interaction.client() as client:
            [found] = client.users_snapshot().iterable

        self.assertEqual(found.created.value.microsecond, 678901)
