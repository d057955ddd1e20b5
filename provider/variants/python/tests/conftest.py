import os
import pathlib
import socket
import subprocess
import sys
import time

import httpx
import pytest
from issuer import AUDIENCE, Issuer


class Provider:
    """A provider in a process of its own."""

    def __init__(self, data_dir: pathlib.Path, issuer_url: str, module: str = "users_api") -> None:
        self._module = module
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        told = {"PORT": str(self.port), "DATA_DIR": str(data_dir), "OIDC_ISSUER": issuer_url, "OIDC_AUDIENCE": AUDIENCE}
        self._environment = os.environ | {"HOST": "127.0.0.1"} | told
        # httpx may close a surplus idle connection just as another thread takes it: let there be no surplus.
        limits = httpx.Limits(max_connections=None, max_keepalive_connections=None, keepalive_expiry=None)
        self.client = httpx.Client(base_url=self.url, trust_env=False, limits=limits, timeout=20)

    def start(self) -> None:
        self.process = subprocess.Popen([sys.executable, "-m", self._module], env=self._environment)
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                if self.client.get("/users").status_code == 200:
                    return
            except httpx.TransportError:
                time.sleep(0.02)
        raise AssertionError("the provider was never ready")

    def sign_in(self, access_token: str, **rest) -> httpx.Response:
        body = {"access_token": access_token, "token_type": "Bearer", "expires_in": 600} | rest
        return self.client.post("/users/authenticate/from_token", json=body)

    def users(self) -> list[dict]:
        return self.client.get("/users").json().get("iterable", [])

    def close(self) -> None:
        self.client.close()
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()


@pytest.fixture
def issuer():
    issuer = Issuer()
    yield issuer
    issuer.close()


@pytest.fixture
def provider(tmp_path, issuer):
    provider = Provider(tmp_path, issuer.url)
    provider.start()
    yield provider
    provider.close()


@pytest.fixture
def own_server(tmp_path, issuer):
    provider = Provider(tmp_path, issuer.url, "users_api.own_server")
    provider.start()
    yield provider
    provider.close()
