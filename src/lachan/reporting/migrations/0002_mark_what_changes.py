"""The database marks assignments whose figures have changed, whichever way the change came (`Unsettled`)."""

from django.db import migrations

MARK = """
CREATE FUNCTION reporting_mark_obligations() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO reporting_unsettled (campaign_id, assignment)
        SELECT a.campaign_id, a.id FROM now_rows n JOIN campaigns_assignment a ON a.id = n.assignment_id;
    ELSIF TG_OP = 'DELETE' THEN
        INSERT INTO reporting_unsettled (campaign_id, assignment)
        SELECT a.campaign_id, a.id FROM was_rows w JOIN campaigns_assignment a ON a.id = w.assignment_id;
    ELSE
        INSERT INTO reporting_unsettled (campaign_id, assignment)
        SELECT a.campaign_id, a.id FROM now_rows n JOIN was_rows w ON w.id = n.id
        JOIN campaigns_assignment a ON a.id IN (n.assignment_id, w.assignment_id)
        WHERE (n.assignment_id, n.counted_id, n.excused_at IS NULL, n.received_at > n.due_at)
            IS DISTINCT FROM (w.assignment_id, w.counted_id, w.excused_at IS NULL, w.received_at > w.due_at);
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION reporting_mark_asked() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO reporting_unsettled (campaign_id, assignment)
    SELECT DISTINCT a.campaign_id, a.id FROM rows_of_change c
    JOIN reporting_obligation o ON o.id = c.obligation_id JOIN campaigns_assignment a ON a.id = o.assignment_id;
    RETURN NULL;
END $$;

CREATE FUNCTION reporting_mark_assignments() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'DELETE' THEN
        INSERT INTO reporting_unsettled (campaign_id, assignment) SELECT DISTINCT campaign_id, parent_id FROM now_rows;
    END IF;
    IF TG_OP <> 'INSERT' THEN
        INSERT INTO reporting_unsettled (campaign_id, assignment) SELECT DISTINCT campaign_id, parent_id FROM was_rows;
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION reporting_mark_moved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO reporting_unsettled (campaign_id, assignment)
    VALUES (OLD.campaign_id, OLD.parent_id), (NEW.campaign_id, NEW.parent_id);
    RETURN NULL;
END $$;

CREATE TRIGGER reporting_mark_new AFTER INSERT ON reporting_obligation
    REFERENCING NEW TABLE AS now_rows FOR EACH STATEMENT EXECUTE FUNCTION reporting_mark_obligations();
CREATE TRIGGER reporting_mark_changed AFTER UPDATE ON reporting_obligation
    REFERENCING NEW TABLE AS now_rows OLD TABLE AS was_rows FOR EACH STATEMENT EXECUTE FUNCTION reporting_mark_obligations();
CREATE TRIGGER reporting_mark_gone AFTER DELETE ON reporting_obligation
    REFERENCING OLD TABLE AS was_rows FOR EACH STATEMENT EXECUTE FUNCTION reporting_mark_obligations();

CREATE TRIGGER reporting_mark_new AFTER INSERT ON reporting_obligation_questions
    REFERENCING NEW TABLE AS rows_of_change FOR EACH STATEMENT EXECUTE FUNCTION reporting_mark_asked();
CREATE TRIGGER reporting_mark_gone AFTER DELETE ON reporting_obligation_questions
    REFERENCING OLD TABLE AS rows_of_change FOR EACH STATEMENT EXECUTE FUNCTION reporting_mark_asked();

CREATE TRIGGER reporting_mark_new AFTER INSERT ON campaigns_assignment
    REFERENCING NEW TABLE AS now_rows FOR EACH STATEMENT EXECUTE FUNCTION reporting_mark_assignments();
CREATE TRIGGER reporting_mark_moved AFTER UPDATE OF parent_id ON campaigns_assignment
    FOR EACH ROW WHEN (OLD.parent_id IS DISTINCT FROM NEW.parent_id) EXECUTE FUNCTION reporting_mark_moved();
CREATE TRIGGER reporting_mark_gone AFTER DELETE ON campaigns_assignment
    REFERENCING OLD TABLE AS was_rows FOR EACH STATEMENT EXECUTE FUNCTION reporting_mark_assignments();
"""

FORGET = """
DROP TRIGGER reporting_mark_new ON reporting_obligation;
DROP TRIGGER reporting_mark_changed ON reporting_obligation;
DROP TRIGGER reporting_mark_gone ON reporting_obligation;
DROP TRIGGER reporting_mark_new ON reporting_obligation_questions;
DROP TRIGGER reporting_mark_gone ON reporting_obligation_questions;
DROP TRIGGER reporting_mark_new ON campaigns_assignment;
DROP TRIGGER reporting_mark_moved ON campaigns_assignment;
DROP TRIGGER reporting_mark_gone ON campaigns_assignment;
DROP FUNCTION reporting_mark_obligations, reporting_mark_asked, reporting_mark_assignments, reporting_mark_moved;
"""


class Migration(migrations.Migration):
    dependencies = (("reporting", "0001_initial"), ("campaigns", "0001_initial"))
    operations = (migrations.RunSQL(MARK, FORGET),)
