"""What Alembic runs. The connection comes from `migrations.run`, inside its transaction and under its lock."""

from alembic import context

from migrations.schema import METADATA, compare_options

connection = context.config.attributes.get("connection")
if connection is None:
    raise SystemExit("migrations are run by `enjoin migrate` (migrations.run.upgrade), which holds the lock")

context.configure(connection=connection, target_metadata=METADATA, **compare_options())
with context.begin_transaction():
    context.run_migrations()
