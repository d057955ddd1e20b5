"""What the provider is told by its environment."""

import os
import pathlib
from dataclasses import dataclass


@dataclass(frozen=True)
class Settings:
    host: str
    port: int
    data_dir: pathlib.Path
    issuer: str
    audience: str

    @classmethod
    def from_environment(cls) -> "Settings":
        """Raises SystemExit with one line where a variable is missing or no port."""
        try:
            return cls(
                host=os.environ.get("HOST", "127.0.0.1"),
                port=int(os.environ.get("PORT", "1000")),
                data_dir=pathlib.Path(os.environ["DATA_DIR"]),
                issuer=os.environ["OIDC_ISSUER"],
                audience=os.environ["OIDC_AUDIENCE"],
            )
        except KeyError as missing:
            raise SystemExit(f"users-api: {missing.args[0]} is not set") from None
        except ValueError:
            raise SystemExit("users-api: PORT is no number") from None
