"""One interaction, one mock server, one client."""

import contextlib
import pathlib
from collections.abc import Iterator

from pact import Pact
from pieces_os_client.api.users_api import UsersApi
from pieces_os_client.api_client import ApiClient
from pieces_os_client.configuration import Configuration

from consumer.states import STATES

CONSUMER = "pieces-os-client-python"
PROVIDER = "users-api"

# Where the pact is written; set once, before the tests run.
pact_folder = pathlib.Path()


class Interaction:
    """A pact of one interaction, which names the state it needs and the requirements that it decides."""

    def __init__(self, description: str, state: str, *requirements: str) -> None:
        self.pact = Pact(CONSUMER, PROVIDER).with_specification("V4")
        self.http = self.pact.upon_receiving(description)
        self.http.given(STATES[state]["name"], STATES[state]["params"])
        for requirement in requirements:
            self.http.add_external_reference("requirement", requirement, "decides")

    @contextlib.contextmanager
    def client(self, access_token: str | None = None) -> Iterator[UsersApi]:
        """The official client of a mock server. The interaction is added to the pact when the client has done as it says."""
        with self.pact.serve() as server:
            yield UsersApi(ApiClient(Configuration(host=str(server.url).rstrip("/"), access_token=access_token)))
        self.pact.write_file(pact_folder)
