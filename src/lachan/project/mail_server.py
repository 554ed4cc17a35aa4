"""The mail server as LACHAN_SMTP_URL names it."""

from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}


@dataclass(frozen=True)
class MailServer:
    host: str
    port: int
    user: str
    password: str
    starttls: bool
    tls: bool


def mail_server(url: str) -> MailServer | None:
    """The server of "smtps://user:password@host:port"; None without an address. A wrong one stops the start with a sentence.

    `smtps` speaks TLS from the first word (port 465), `smtp+starttls` asks for it (587), `smtp` does without (25). Characters of
    the password that an address cannot hold are written as %XX.
    """
    if not url.strip():
        return None
    try:
        parts = urlsplit(url.strip())
        port = parts.port or PORTS.get(parts.scheme)
    except ValueError:
        raise _wrong() from None
    if parts.scheme not in PORTS or not parts.hostname or not port:
        raise _wrong()
    return MailServer(
        host=parts.hostname,
        port=port,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        starttls=parts.scheme == "smtp+starttls",
        tls=parts.scheme == "smtps",
    )


def _wrong() -> SystemExit:
    sample = "smtps://user:password@host:465, smtp+starttls://…:587, smtp://…:25"
    return SystemExit(f"LACHAN_SMTP_URL phải có dạng / must look like: {sample}")
