"""The database going away."""

from django.db import connection


def stop_this_connection() -> None:
    """The server ends our connection, as it does when it is stopped."""
    connection.ensure_connection()
    own = connection.connection.info.backend_pid
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [own])
    other.close()
