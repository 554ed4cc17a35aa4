"""The database itself refuses that what counts of a return changes without a decision that names what it replaced."""

from django.db import migrations

GUARD = """
CREATE FUNCTION reporting_refuse_silent_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM reporting_decision d WHERE d.replaced_id = OLD.counted_id) THEN
        RAISE EXCEPTION 'version % of obligation % counted, and no decision replaced it', OLD.counted_id, OLD.id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER reporting_no_silent_change AFTER UPDATE OF counted_id ON reporting_obligation
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (OLD.counted_id IS NOT NULL AND NEW.counted_id IS DISTINCT FROM OLD.counted_id)
    EXECUTE FUNCTION reporting_refuse_silent_change();
"""

FORGET = """
DROP TRIGGER reporting_no_silent_change ON reporting_obligation;
DROP FUNCTION reporting_refuse_silent_change;
"""


class Migration(migrations.Migration):
    dependencies = (("reporting", "0002_mark_what_changes"),)
    operations = (migrations.RunSQL(GUARD, FORGET),)
