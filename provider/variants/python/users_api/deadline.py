"""Slow clients: uvicorn itself waits for ever for the rest of a request head, and for a client that reads nothing."""

import asyncio

from uvicorn.protocols.http.h11_impl import H11Protocol

EXCHANGE_SECONDS = 15
FAREWELL_SECONDS = 5


class DeadlineProtocol(H11Protocol):
    """Ends a connection whose request is not sent and answered in time. Idle ones are the keep-alive time-out's."""

    _deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:
        super().connection_made(transport)
        self._start()

    def data_received(self, data: bytes) -> None:
        if self._deadline is None:
            self._start()
        super().data_received(data)

    def on_response_complete(self) -> None:
        self._stop()
        super().on_response_complete()
        if self.transport.is_closing():
            self._part()
        elif not self.cycle.response_complete:  # the next request was here already
            self._start()

    def timeout_keep_alive_handler(self) -> None:
        super().timeout_keep_alive_handler()
        self._part()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop()
        super().connection_lost(exc)

    def _start(self) -> None:
        self._deadline = self.loop.call_later(EXCHANGE_SECONDS, self.transport.abort)

    def _stop(self) -> None:
        if self._deadline:
            self._deadline.cancel()
            self._deadline = None

    def _part(self) -> None:
        """A closed transport still waits until the client has read what is left: not for ever."""
        self.loop.call_later(FAREWELL_SECONDS, self.transport.abort)
