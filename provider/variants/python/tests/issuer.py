"""A throw-away issuer: discovery and keys over HTTP, and tokens of any make."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import jwt
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from jwt.algorithms import ECAlgorithm, RSAAlgorithm

AUDIENCE = "https://users.example"
CLIENT = "client"


class Issuer:
    def __init__(self, port: int = 0) -> None:
        self.keys: dict = {}
        self.key_requests = 0
        self.rotate("1")
        self._server = ThreadingHTTPServer(("127.0.0.1", port), self._handler())
        self._server.daemon_threads = True
        self.port = self._server.server_port
        self.url = f"http://127.0.0.1:{self.port}"
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def rotate(self, generation: str) -> None:
        self.keys = {
            ("RS256", f"rsa-{generation}"): rsa.generate_private_key(65537, 2048),
            ("ES256", f"ec-{generation}"): ec.generate_private_key(ec.SECP256R1()),
        }

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def token(self, subject: str = "anna", alg: str = "RS256", key=None, headers=None, **claims) -> str:
        """Claims of None are left out."""
        (_, kid), ours = next(entry for entry in self.keys.items() if entry[0][0] == alg)
        now = int(time.time())
        payload = {
            "iss": self.url, "aud": AUDIENCE, "sub": subject, "exp": now + 600, "nbf": now, "iat": now,
            "azp": CLIENT, "name": "Anna", "email": "anna@example.org", "nickname": "anna",
        } | claims  # fmt: skip
        payload = {name: value for name, value in payload.items() if value is not None}
        return jwt.encode(payload, key or ours, alg, {"kid": kid} | (headers or {}))

    def _key_set(self) -> dict:
        def public(alg: str, key) -> dict:
            return {"RS256": RSAAlgorithm, "ES256": ECAlgorithm}[alg].to_jwk(key.public_key(), as_dict=True)

        return {"keys": [public(alg, key) | {"kid": kid, "alg": alg} for (alg, kid), key in self.keys.items()]}

    def _handler(issuer):
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                if self.path == "/keys":
                    issuer.key_requests += 1
                    answer = issuer._key_set()
                else:
                    answer = {"issuer": issuer.url, "jwks_uri": f"{issuer.url}/keys"}
                body = json.dumps(answer).encode()
                self.send_response(200)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_args) -> None:
                pass

        return Handler
