"""Secrets that must be read again, sealed for the database: AES-256-GCM, bound to the thing they belong to.

The first key seals, every key opens; a sealed text names its key, so that a rotation knows what is left to do. A text
moved to another row does not open there.
"""

import os
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from collections.abc import Sequence
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_VERSION = "s1"
_KEY_BYTES = 32
_NONCE_BYTES = 12


class CannotOpen(Exception):
    """No key at hand opens this: it was sealed with another, or for another thing, or was changed."""


class KeysRefused(ValueError):
    """What was given as keys are none; the text says why and never repeats them."""


class Vault:
    """The keys of a process for what is sealed. Without any it neither seals nor opens."""

    def __init__(self, keys: Sequence[bytes]) -> None:
        if any(len(key) != _KEY_BYTES for key in keys):
            raise KeysRefused(f"a key is {_KEY_BYTES} random bytes in base64, as `enjoin secrets new` prints it")
        self._keys = {_name(key): AESGCM(key) for key in keys}

    @property
    def is_empty(self) -> bool:
        """Whether there is no key at all."""
        return not self._keys

    def seal(self, secret: str, owner: str) -> str:
        """Seal a secret for its owner (a thing's kind and id); CannotOpen when there is no key."""
        name = next(iter(self._keys), None)
        if name is None:
            raise CannotOpen("there is no key to seal secrets with")
        nonce = os.urandom(_NONCE_BYTES)
        sealed = self._keys[name].encrypt(nonce, secret.encode(), owner.encode())
        return f"{_VERSION}.{name}.{urlsafe_b64encode(nonce + sealed).decode()}"

    def open(self, sealed: str, owner: str) -> str:
        """Read a sealed secret again; CannotOpen."""
        version, _, rest = sealed.partition(".")
        name, _, text = rest.partition(".")
        key = self._keys.get(name)
        if version != _VERSION or key is None:
            raise CannotOpen(f"the secret of {owner} was sealed with a key that is not at hand")
        try:
            held = urlsafe_b64decode(text)
            return key.decrypt(held[:_NONCE_BYTES], held[_NONCE_BYTES:], owner.encode()).decode()
        except (InvalidTag, Error, ValueError):
            raise CannotOpen(f"the secret of {owner} is not as it was sealed") from None

    def is_newest(self, sealed: str) -> bool:
        """Whether this was sealed with the first key."""
        return sealed.split(".")[1:2] == list(self._keys)[:1]


def new_key() -> str:
    """A fresh key as text."""
    return urlsafe_b64encode(secrets.token_bytes(_KEY_BYTES)).decode()


def read_vault(text: str) -> Vault:
    """Keys from text, separated by commas, newest first; KeysRefused."""
    try:
        keys = [urlsafe_b64decode(each.strip().encode()) for each in text.split(",") if each.strip()]
    except ValueError:
        raise KeysRefused("a key is not base64; `enjoin secrets new` prints one") from None
    if not keys:
        raise KeysRefused("there is no key in it; `enjoin secrets new` prints one")
    return Vault(keys)


def _name(key: bytes) -> str:
    return sha256(b"enjoin key name" + key).hexdigest()[:8]
