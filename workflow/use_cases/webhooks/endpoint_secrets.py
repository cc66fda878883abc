"""The sealed secrets of all endpoints: whether the keys at hand open them, and sealing them with the newest."""

from sqlalchemy import Connection, select, update

from workflow.lifecycle.kernel.rules import Actor
from workflow.store.sealed import CannotOpen, Vault
from workflow.store.tables.outbox import endpoints
from workflow.store.unit_of_work import UnitOfWork, touches
from workflow.use_cases.webhooks.pings import secret_of

_SECRETS = select(endpoints.c.id, endpoints.c.secret, endpoints.c.old_secret).order_by(endpoints.c.id)


def unopened(connection: Connection, vault: Vault) -> list[str]:
    """The endpoints with a secret that no key opens."""
    shut = []
    for row in connection.execute(_SECRETS):
        try:
            for sealed in filter(None, (row.secret, row.old_secret)):
                vault.open(sealed, secret_of(row.id))
        except CannotOpen:
            shut.append(row.id)
    return shut


@touches()
def seal_again(uow: UnitOfWork, vault: Vault, _actor: Actor) -> int:
    """Seal every secret with the first key that is not yet; how many endpoints. CannotOpen leaves all as they were."""
    changed = 0
    for row in uow.connection.execute(_SECRETS.with_for_update()).all():
        held = {"secret": row.secret, "old_secret": row.old_secret}
        older = {name: sealed for name, sealed in held.items() if sealed is not None and not vault.is_newest(sealed)}
        if older:
            owner = secret_of(row.id)
            fresh = {name: vault.seal(vault.open(sealed, owner), owner) for name, sealed in older.items()}
            uow.execute(update(endpoints).where(endpoints.c.id == row.id).values(**fresh))
            changed += 1
    return changed
