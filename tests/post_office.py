"""A real mail server on this machine for tests, which can be told to behave badly."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any, cast

from aiosmtpd.controller import Controller
from django.test import override_settings


@dataclass
class PostOffice:
    """What arrived, and how the server behaves: `says` answers the recipient, `after_data` the message; "drop" hangs up."""

    port: int
    arrived: list[EmailMessage] = field(default_factory=list)
    says: str = "250 OK"
    after_data: str = "250 OK"

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        if self.says.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.says

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        if self.after_data != "drop before":
            self.arrived.append(cast("EmailMessage", message_from_bytes(envelope.content, policy=policy.default)))
        if self.after_data.startswith("drop"):
            server.transport.abort()
        return self.after_data if self.after_data[0].isdigit() else "250 OK"

    def close(self) -> None:
        """The server is down."""
        self._controller.stop()

    def open(self) -> None:
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self._controller.start()


@contextmanager
def post_office() -> Iterator[PostOffice]:
    """The site sends its mail there, inside the block."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        office = PostOffice(port=probe.getsockname()[1])
    office.open()
    with override_settings(
        EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend",
        EMAIL_HOST="127.0.0.1",
        EMAIL_PORT=office.port,
        EMAIL_USE_TLS=False,
        EMAIL_USE_SSL=False,
    ):
        yield office
    office.close()
