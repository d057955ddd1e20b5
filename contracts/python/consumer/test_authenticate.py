"""POST /users/authenticate/from_token"""

import unittest

from pieces_os_client.exceptions import ApiException
from pieces_os_client.models.o_auth_token import OAuthToken

from consumer.interaction import Interaction
from consumer.matchers import REFUSED, profile
from consumer.states import example, given

PATH = "/users/authenticate/from_token"
HEADERS = {"Accept": "application/json", "Content-Type": "application/json"}


class Authenticate(unittest.TestCase):
    def test_signs_in_without_a_scope(self) -> None:
        # Required by the clients up to 4.1, optional since 4.2.
        interaction = Interaction("sign-in without a scope", "goodToken", "USR-AUTH-010")
        wire = {"access_token": given("goodToken", "{accessToken}"), "token_type": "Bearer", "expires_in": 3600}
        interaction.http.with_request("POST", PATH).with_headers(HEADERS).with_body(wire, "application/json")
        interaction.http.will_respond_with(200).with_body(profile, "application/json")
        token = OAuthToken(access_token=example("goodToken", "{accessToken}"), token_type="Bearer", expires_in=3600)

        with interaction.client() as client:
            user = client.authenticate_from_oauth_token(token)

        self.assertEqual(user.aesthetics.font.size, 13)

    def test_signs_in_when_the_access_token_is_the_bearer_too(self) -> None:
        interaction = Interaction("sign-in with a bearer", "goodToken", "USR-AUTH-010")
        headers = HEADERS | {"Authorization": given("goodToken", "Bearer {accessToken}")}
        wire = {"access_token": given("goodToken", "{accessToken}"), "token_type": "Bearer", "expires_in": 3600}
        interaction.http.with_request("POST", PATH).with_headers(headers).with_body(wire, "application/json")
        interaction.http.will_respond_with(200).with_body(profile, "application/json")
        token = OAuthToken(access_token=example("goodToken", "{accessToken}"), token_type="Bearer", expires_in=3600)

        with interaction.client(access_token=token.access_token) as client:
            user = client.authenticate_from_oauth_token(token)

        self.assertTrue(user.aesthetics.theme.dark)

    def test_raises_when_the_request_says_nothing_of_anybody(self) -> None:
        interaction = Interaction("sign-in without a body", "goodToken", "USR-AUTH-004")
        interaction.http.with_request("POST", PATH).with_headers(HEADERS)
        interaction.http.will_respond_with(404).with_matching_rules(REFUSED)

        with interaction.client() as client, self.assertRaises(ApiException):
            client.authenticate_from_oauth_token()

    def test_raises_when_the_token_has_expired(self) -> None:
        interaction = Interaction("sign-in with an expired token", "expiredToken", "USR-AUTH-005")
        wire = {"access_token": given("expiredToken", "{accessToken}"), "token_type": "Bearer", "expires_in": 3600}
        interaction.http.with_request("POST", PATH).with_headers(HEADERS).with_body(wire, "application/json")
        interaction.http.will_respond_with(404).with_matching_rules(REFUSED)
        token = OAuthToken(access_token=example("expiredToken", "{accessToken}"), token_type="Bearer", expires_in=3600)

        with interaction.client() as client, self.assertRaises(ApiException):
            client.authenticate_from_oauth_token(token)
