"""Signing a checkpoint: the heads of all chains as they are, and an event that says so."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from workflow.lifecycle.kernel.authority import CheckpointSigned
from workflow.lifecycle.kernel.rules import Actor
from workflow.lifecycle.vocabulary import SubjectKind
from workflow.store.checkpoints import checkpoint, checkpoint_text, digest
from workflow.store.unit_of_work import UnitOfWork, touches
from workflow.use_cases.authority import say


@dataclass(frozen=True, slots=True)
class Signer:
    """A key that signs: the id of its public half, and the signature it gives some bytes."""

    key: str
    sign: Callable[[bytes], bytes]


@dataclass(frozen=True, slots=True)
class SignedCheckpoint:
    """A checkpoint and the signature of its text."""

    content: dict[str, Any]
    signature: bytes


@touches(authority=True)
def sign_checkpoint(uow: UnitOfWork, signer: Signer, actor: Actor) -> SignedCheckpoint:
    """Sign the heads of all streams. Its own event follows on the head of the authority that the checkpoint has."""
    content = checkpoint(uow.connection, uow.now)
    text = checkpoint_text(content)
    signature = signer.sign(text.encode())
    signed = CheckpointSigned(sha256=digest(text), key=signer.key, streams=len(content["streams"]))
    say(uow, SubjectKind.KEY, signer.key, signed, actor)
    return SignedCheckpoint(content, signature)
