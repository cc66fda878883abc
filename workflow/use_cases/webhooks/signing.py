"""The headers a message is sent with, signed by Standard Webhooks; by two secrets while one replaces the other."""

from datetime import UTC, datetime
from functools import lru_cache

from standardwebhooks import Webhook

from workflow.store.leasing import Leased
from workflow.store.sealed import Vault
from workflow.use_cases.webhooks.pings import secret_of


def signed_headers(message: Leased, vault: Vault, now: datetime) -> dict[str, str]:
    """Sign a message for this moment; CannotOpen when no key opens its secret."""
    # The library takes whole seconds, and calls any time UTC without converting it.
    at = now.astimezone(UTC)
    sealed = [message.secret] if message.old_secret is None else [message.secret, message.old_secret]
    signers = [_signer(vault, each, message.endpoint) for each in sealed]
    return {
        "content-type": "application/json",
        "webhook-id": message.id,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": " ".join(signer.sign(message.id, at, message.body) for signer in signers),
    }


@lru_cache(1024)
def _signer(vault: Vault, sealed: str, endpoint: str) -> Webhook:
    return Webhook(vault.open(sealed, secret_of(endpoint)))
