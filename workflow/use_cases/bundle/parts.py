"""Parts of a bundle beside the journal: regimes relied on, messages to counsel, and the words for people."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import Connection, Row, select

from workflow.law.invalid import InvalidRequest
from workflow.law.regime import regime
from workflow.store.canonical import instant_text
from workflow.store.tables.outbox import attempts, endpoints, messages
from workflow.store.tables.regimes import regime_texts

README = """\
Case {reference}: {version} of its journal, made by Enjoin on {made_at}.

To check it, with Python 3.9 or later on any machine and nothing of Enjoin:

    python verify.py BUNDLE.zip

It names the first thing that was touched. Whoever doubts the bundle doubts the verify.py in it as well: take one from
Enjoin's source text, or from a bundle you trust, or read it; it is one file.

journal.jsonl    one line an event, in order. `hash` is the SHA-256 of `previous`, a line feed and `text`; `previous`
                 is the hash of the event before, and for the first event the SHA-256 of the case's id. Events whose
                 text is not for the readers of this version stand with their hashes alone, so that the chain holds.
texts.jsonl      free texts, which are kept outside the chain so that they can be erased; the event has the SHA-256 of
                 salt and text. An erased one is missing, and nothing else is.
receipts.json    every deadline and sum in the events with all it rests on; `enjoin receipt check` computes them again.
regimes/         the rules these were computed by, as they were.
deliveries.json  what counsel was sent of it by webhook, and each attempt. Such a message has no legal effect.
attachments/     files that came with filings, each named by its SHA-256, which the event has that recorded it, with its
                 length. They are as they were sent in: open them with care. The public version holds none.
case.json        which case this is, for whom the bundle was made, and the head of the chain.
manifest.json    length and SHA-256 of every other file.

What it proves: that every event with its text is the one the chain was made with, in its place, that none is missing
in between or at the end, and that texts, receipts, regimes and attachments are those the
events name.

What it does not prove: that the chain itself is the one the authority wrote at the time. A bundle forged as a whole,
every hash made anew, agrees with itself. Compare `head` in case.json with what the authority says today or said
before. Deliveries are not part of the chain: that they tell of events in it is checked, that each took place is not.
"""

_VERSIONS = {
    ("confidential", False): "the confidential version, with everything that is recorded",
    ("confidential", True): "the confidential version for party {addressee}, with what concerns that party",
    ("public", False): "the public version, with what was served and without free text",
    ("public", True): "the public version for party {addressee}, with what was served on it and without free text",
}


def readme(case: Mapping[str, Any]) -> str:
    """What the bundle is, how to check it, and what that proves, in plain words."""
    version = _VERSIONS[case["audience"], case["addressee"] is not None].format_map(case)
    return README.format_map({**case, "version": version})


def regimes_relied_on(connection: Connection, pins: Mapping[str, str]) -> dict[str, bytes]:
    """The files of the regimes with these digests, under the names of their pins."""
    rows = connection.execute(select(regime_texts).where(regime_texts.c.sha256.in_(pins)))
    held = {row.sha256: row.text for row in rows}
    files: dict[str, bytes] = {}
    for sha256, pin in sorted(pins.items()):
        text = held.get(sha256) or _on_the_shelf(pin, sha256)
        name = f"regimes/{pin}.toml"
        if text is not None:
            files[name if name not in files else f"{name}.{sha256[:8]}"] = text.encode()
    return files


def deliveries(
    connection: Connection, case: str, seqs: Mapping[str, int], parties: Collection[int], public: bool
) -> list[dict[str, Any]]:
    """The messages to these parties of these events, with their attempts: never a secret, a lease or a whole address.

    The public version does without the host too, and without the errors, which may name it.
    """
    sent = select(messages, endpoints.c.party, endpoints.c.url).join(endpoints, endpoints.c.id == messages.c.endpoint)
    sent = sent.where(messages.c.case == case, endpoints.c.party.in_(parties))
    rows = connection.execute(sent.order_by(messages.c.endpoint, messages.c.sequence)).all()
    tried = select(attempts).join(messages, messages.c.id == attempts.c.message).where(messages.c.case == case)
    by_message: dict[str, list[dict[str, Any]]] = {}
    for row in connection.execute(tried.order_by(attempts.c.message, attempts.c.n)):
        attempt = _said(row, "n outcome status took_ms started_at reported_at")
        by_message.setdefault(row.message, []).append(attempt if public else attempt | {"error": row.error})
    found = []
    for row in rows:
        if row.event in seqs:
            message = _said(row, "id event endpoint party sequence type body state created_at")
            message |= {"seq": seqs[row.event], "attempts": by_message.get(row.id, [])}
            found.append(message if public else message | {"host": urlsplit(row.url).hostname})
    return found


def _said(row: Row[Any], names: str) -> dict[str, Any]:
    """These columns of a row as JSON has them."""
    said = {name: getattr(row, name) for name in names.split()}
    return {name: instant_text(each) if isinstance(each, datetime) else each for name, each in said.items()}


def _on_the_shelf(pin: str, sha256: str) -> str | None:
    """A text this release has, when it is the very one."""
    try:
        rules = regime(pin)
    except InvalidRequest:
        return None
    return rules.text if rules.sha256 == sha256 else None
