"""Ed25519 keys in files, and the signatures they make. The only importer of `cryptography`."""

import os
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

_UNREADABLE = (ValueError, TypeError, UnsupportedAlgorithm)


class NotAKey(Exception):
    """The file holds no key of this kind."""


def make_pair(private: Path, public: Path) -> str:
    """Make a new pair, the private half for its owner's eyes alone; the id of the public half.

    FileExistsError, with nothing written, when one of the files is there.
    """
    if public.exists():
        raise FileExistsError(public)
    key = Ed25519PrivateKey.generate()
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    with os.fdopen(os.open(private, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(secret)
    with public.open("xb") as file:
        file.write(key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    return key_id(raw(key.public_key()))


def read_private(file: Path) -> Ed25519PrivateKey:
    """The private key in a file; OSError, or NotAKey."""
    try:
        key = load_pem_private_key(file.read_bytes(), None)
    except _UNREADABLE:
        raise NotAKey(f"{file} holds no private key without a passphrase") from None
    if not isinstance(key, Ed25519PrivateKey):
        raise NotAKey(f"{file} holds a private key, but not one of Ed25519")
    return key


def read_public(file: Path) -> bytes:
    """The public key in a file, its 32 bytes; OSError, or NotAKey."""
    try:
        key = load_pem_public_key(file.read_bytes())
    except _UNREADABLE:
        raise NotAKey(f"{file} holds no public key") from None
    if not isinstance(key, Ed25519PublicKey):
        raise NotAKey(f"{file} holds a public key, but not one of Ed25519")
    return raw(key)


def raw(key: Ed25519PublicKey) -> bytes:
    """The 32 bytes of a public key."""
    return key.public_bytes(Encoding.Raw, PublicFormat.Raw)


def key_id(public: bytes) -> str:
    """By what a key is told from others: a digest of its public half."""
    return f"ed25519:{sha256(public).hexdigest()[:32]}"


def holds(public: bytes, signature: bytes, text: bytes) -> bool:
    """Whether this key made this signature of this text."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, text)
    except (InvalidSignature, ValueError):
        return False
    return True
