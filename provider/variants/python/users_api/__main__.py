"""Listens until SIGTERM, then finishes what it has begun."""

import signal
import sys

import uvicorn

from users_api.app import create_app
from users_api.deadline import DeadlineProtocol
from users_api.settings import Settings
from users_api.store import Store


def main() -> None:
    settings = Settings.from_environment()
    # After its graceful end uvicorn raises the signal once more, for the handler that was there before.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    uvicorn.run(
        create_app(settings, Store(settings.data_dir)),
        host=settings.host,
        port=settings.port,
        http=DeadlineProtocol,
        ws="none",
        h11_max_incomplete_event_size=16 * 1024,
        timeout_keep_alive=75,
        timeout_graceful_shutdown=10,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        log_level="error",
    )


if __name__ == "__main__":
    main()
