"""What must be in place before the site is served: the tables, as the models say."""

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from lachan.foundation.refused import Refused
from lachan.orgs.models import Person, Unit

_MIGRATION_LOCK = 0x1AC4A3  # pg_advisory_lock key: of several machines that start at once, one changes the tables


def pending_migrations() -> list[str]:
    """The migrations not yet applied, as `app.name`, in order."""
    executor = MigrationExecutor(connection)
    return [
        f"{step.app_label}.{step.name}" for step, _undo in executor.migration_plan(executor.loader.graph.leaf_nodes())
    ]


def migrate() -> int:
    """Applies what is pending and says how many that was."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [_MIGRATION_LOCK])
        try:
            pending = len(pending_migrations())
            if pending:
                call_command("migrate", verbosity=0, interactive=False)
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_MIGRATION_LOCK])
    return pending


def start_afresh(*, mark: str) -> None:
    """Empty tables for made-up data. Refused where the database holds anything but such data, known by an account named `mark`."""
    if Unit._meta.db_table in connection.introspection.table_names():
        if Unit.objects.exists() and not Person.objects.filter(email=mark).exists():
            raise Refused(
                _("Cơ sở dữ liệu này có dữ liệu thật nên không chạy tỉnh mẫu trên đó. Dùng một cơ sở dữ liệu trống.")
            )
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    migrate()
