"""A real SMTP server for the tests: it takes mail, refuses it, or is away, as the test says."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.e2e.site import free_port


class Post:
    """The mail that arrived, and how the server answers: ``recipients`` and ``data`` hold answers of its own."""

    def __init__(self) -> None:
        self.port = free_port()
        self.arrived: list[tuple[str, EmailMessage]] = []
        self.recipients: dict[str, str] = {}
        self.data = ""
        self._controller: Controller | None = None

    async def handle_RCPT(  # noqa: N802 - the library's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Know the recipient, or answer as the test says."""
        if address in self.recipients:
            return self.recipients[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Take the mail, or answer as the test says."""
        if self.data:
            return self.data
        message = message_from_bytes(envelope.content, policy=policy.default)
        self.arrived.append((envelope.rcpt_tos[0], message))
        return "250 OK"

    def open(self) -> None:
        """Listen."""
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self._controller.start()

    def leave(self) -> None:
        """Be away."""
        if self._controller is not None:
            self._controller.stop()
            self._controller = None

    def subjects(self, address: str = "") -> list[str]:
        """The subjects of what arrived, of all or at one address."""
        return [message["Subject"] for to, message in self.arrived if address in ("", to)]


@contextmanager
def post_office() -> Iterator[Post]:
    """A mail server that is open while the block runs."""
    post = Post()
    post.open()
    try:
        yield post
    finally:
        post.leave()
