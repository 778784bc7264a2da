"""Triggers that refuse anything but the next entry of the ledger. They deter; the tree detects.

On SQLite `INSERT OR REPLACE` does not fire delete triggers, so inserts are held to index = last + 1.
"""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

REFUSED = "the ledger is append-only"


def _sqlite(name: str, moment: str, condition: str = "") -> str:
    refuse = f"SELECT RAISE(ABORT, '{REFUSED}')"
    return f"CREATE TRIGGER {name} BEFORE {moment} {condition} BEGIN {refuse}; END"


SQLITE = (
    _sqlite("ledger_row_no_update", "UPDATE ON ledger_row"),
    _sqlite("ledger_row_no_delete", "DELETE ON ledger_row"),
    _sqlite(
        "ledger_row_next",
        "INSERT ON ledger_row",
        'WHEN NEW."index" IS NOT (SELECT COALESCE(MAX("index") + 1, 0) FROM ledger_row)',
    ),
    _sqlite("ledger_checkpoint_no_update", "UPDATE ON ledger_checkpoint"),
    _sqlite("ledger_checkpoint_no_delete", "DELETE ON ledger_checkpoint"),
    _sqlite(
        "ledger_checkpoint_next",
        "INSERT ON ledger_checkpoint",
        "WHEN NEW.size <= (SELECT MAX(size) FROM ledger_checkpoint)",
    ),
)

POSTGRESQL = f"""
CREATE FUNCTION refuse_ledger_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{REFUSED}'; END $$;
CREATE FUNCTION next_ledger_row() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
  IF NEW.index <> (SELECT COALESCE(MAX(index) + 1, 0) FROM ledger_row) THEN RAISE EXCEPTION '{REFUSED}'; END IF;
  RETURN NEW;
END $$;
CREATE FUNCTION next_ledger_checkpoint() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
  IF NEW.size <= (SELECT MAX(size) FROM ledger_checkpoint) THEN RAISE EXCEPTION '{REFUSED}'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER ledger_row_no_change BEFORE UPDATE OR DELETE ON ledger_row
  FOR EACH ROW EXECUTE FUNCTION refuse_ledger_change();
CREATE TRIGGER ledger_row_no_truncate BEFORE TRUNCATE ON ledger_row
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_ledger_change();
CREATE TRIGGER ledger_row_next BEFORE INSERT ON ledger_row FOR EACH ROW EXECUTE FUNCTION next_ledger_row();
CREATE TRIGGER ledger_checkpoint_no_change BEFORE UPDATE OR DELETE ON ledger_checkpoint
  FOR EACH ROW EXECUTE FUNCTION refuse_ledger_change();
CREATE TRIGGER ledger_checkpoint_no_truncate BEFORE TRUNCATE ON ledger_checkpoint
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_ledger_change();
CREATE TRIGGER ledger_checkpoint_next BEFORE INSERT ON ledger_checkpoint
  FOR EACH ROW EXECUTE FUNCTION next_ledger_checkpoint();
"""


def make_triggers(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Create the triggers of the database at hand."""
    statements = (POSTGRESQL,) if editor.connection.vendor == "postgresql" else SQLITE
    for statement in statements:
        editor.execute(statement)


class Migration(migrations.Migration):
    """Makes ledger_row and ledger_checkpoint append-only."""

    dependencies = [("records", "0001_initial")]
    operations = [migrations.RunPython(make_triggers)]
