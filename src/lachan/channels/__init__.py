"""Ways out of the system: the e-mail outbox."""
