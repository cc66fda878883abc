"""Check a bundle that Enjoin made of a case: `python verify.py BUNDLE.zip`. Python 3.9 or later is all it needs.

Exit code 0: it is whole; 1: the first thing that was touched is named; 2: no bundle. README.txt says what this proves.
"""

from __future__ import annotations

import hashlib
import json
import struct
import sys
import uuid
import zlib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

Files = dict[str, bytes]


class Touched(Exception):
    """Something is not as Enjoin wrote it: what, and why that is known."""


def line(value: Any) -> bytes:
    """JSON in one way only: keys sorted, no spaces."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def document(value: Any) -> bytes:
    """JSON for a file that people look into, in one way only too."""
    return (json.dumps(value, sort_keys=True, indent=1, ensure_ascii=False) + "\n").encode()


def resting(value: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Everything in some JSON that rests on a regime, with its place: receipts, and what else names its digest."""
    if isinstance(value, dict) and "regime_sha256" in value:
        yield path, value
    if isinstance(value, (dict, list)):
        for name, member in value.items() if isinstance(value, dict) else enumerate(value):
            yield from resting(member, f"{path}/{name}")


def parts(files: Mapping[str, bytes]) -> Iterator[tuple[str, str, bytes]]:
    """The files as a zip, part by part, the same on every machine: stored as they are, dated 1 January 1980."""
    directory, at = [], 0
    for name, data in files.items():
        size, raw = len(data), name.encode("latin-1")
        about = struct.pack("<5H3L2H", 20, 0, 0, 0, 33, zlib.crc32(data), size, size, len(raw), 0)
        yield name, "header in the zip", b"PK\3\4" + about + raw
        yield name, "contents", data
        more = struct.pack("<3H2L", 0, 0, 0, 0o100644 << 16, at)
        directory.append((name, "entry in the zip's directory", b"PK\1\2\x14\3" + about + more + raw))
        at += 30 + len(raw) + size
    yield from directory
    length = sum(len(part) for _, _, part in directory)
    yield "the zip", "end", struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, len(files), len(files), length, at, 0)


def receipts(events: dict[int, Any]) -> list[dict[str, Any]]:
    """Every receipt in these events, by their numbers, with its place."""
    found = [(seq, path, each) for seq, said in events.items() for path, each in resting(said) if "result" in each]
    return [{"event": seq, "path": path, "receipt": each} for seq, path, each in found]


def check(raw: bytes) -> Iterator[str]:
    """Check everything, a line for each kind; raises Touched for the first thing that was."""
    left = "the zip, manifest.json, journal.jsonl, case.json, texts.jsonl, receipts.json, regimes/, deliveries.json"
    left += ", attachments/"
    try:
        for said in _all(raw):
            left = left.partition(", ")[2]
            yield said
    except (AttributeError, LookupError, RecursionError, TypeError, ValueError, struct.error) as why:
        raise Touched(left.partition(", ")[0], f"it is not what it should be ({type(why).__name__}: {why})") from None


def _all(raw: bytes) -> Iterator[str]:
    files, at, name, place = Files(), 0, "its beginning", 0
    while raw[at : at + 4] == b"PK\3\4" and len(raw) >= at + 30:
        size, length = struct.unpack_from("<LH", raw, at + 22)
        name, at = raw[at + 30 : at + 30 + length].decode("latin-1"), at + 30 + length
        files[name], at = raw[at : at + size], at + size
    _must(raw[at : at + 2] == b"PK", f"the zip, byte {at}", f"a file or the directory should begin here, after {name}")
    for name, what, part in parts(files):
        if what == "header in the zip" and raw[place + 14 : place + 18] != part[14:18]:
            raise _nearest(files, name, "its contents are not those its checksum was made of")
        _must(raw[place : place + len(part)] == part, name, f"its {what} is not as Enjoin writes it")
        place += len(part)
    _must(place == len(raw) and list(files) == sorted(files), "the zip", "more than its files, or not in their order")
    yield f"container: {len(files)} files, byte for byte as Enjoin packs them"
    listed = _json(files.get("manifest.json", b""), "manifest.json", document)
    for name in sorted((files.keys() | listed.keys()) - {"manifest.json"}):
        if name not in files or listed.get(name) != [len(files[name]), _sha256(files[name])]:
            raise _nearest(files, name, "it is missing, or not what the manifest has the length and digest of")
    yield f"manifest: length and digest of {len(listed)} files agree"
    yield from _contents(files)


def _contents(files: Files) -> Iterator[str]:
    case, events = _json(files.get("case.json", b""), "case.json", document), dict[int, Any]()
    _must(isinstance(case, dict), "case.json", "it does not describe a case")
    n, previous = 0, _sha256(case["case"].encode())
    for n, entry in enumerate(_lines(files, "journal.jsonl"), 1):
        where, before = f"journal.jsonl, event {n}", f"event {n - 1}" if n > 1 else "the id in case.json"
        _must(entry["seq"] == n, where, f"event {entry['seq']} stands in its place")
        _must(entry["previous"] == previous, where, f"it does not follow upon {before}: one of the two was changed")
        if "text" in entry:
            _must(entry["hash"] == _sha256(f"{previous}\n{entry['text']}".encode()), where, "its hash is another")
            events[n] = said = json.loads(entry["text"])
            place = [case["case"], n, str(uuid.uuid5(uuid.UUID(case["case"]), str(n)))]
            _must([said["case"], said["seq"], said["id"]] == place, where, "it is an event of another place or case")
        previous = entry["hash"]
    where, known = f"journal.jsonl, event {n + 1}", [case["events"], case["head"]]
    _must(known == [n, previous], where, f"event {n} is the last; case.json knows {known[0]} up to {known[1]}")
    yield f"journal: {n} events chained, {len(events)} of them with their text; the head is {previous}"
    named = uuid.uuid5(uuid.NAMESPACE_URL, f"urn:enjoin:case:{case['reference']}")
    _must(case["case"] == str(named), "case.json", "its id is not that of its reference")
    whole = [case["audience"], case["addressee"]] == ["confidential", None]
    for seq, said in events.items():
        _must(whole or said["audience"] == "served", "case.json", f"event {seq} is internal, and the bundle for others")
        same = said["type"] != "case.opened" or said["data"]["parties"] == case["parties"]
        _must(same, "case.json", f"its parties are not those of event {seq}, which opened the case")
    yield f"case: {case['reference']}, {case['audience']}, made at {case['made_at']} by Enjoin {case['enjoin']}"
    texts = _lines(files, "texts.jsonl") if "texts.jsonl" in files else []
    for n, each in enumerate(texts, 1):
        digest = "sha256:" + _sha256(f"{each['salt']}{each['text']}".encode())
        same = events[each["event"]]["text"][each["field"]] == digest
        _must(same, f"texts.jsonl, line {n} (event {each['event']})", "its event has the digest of another text")
    yield f"texts: {len(texts)} agree with the digests in their events"
    found, held = receipts(events), _json(files.get("receipts.json", b""), "receipts.json", document)
    for n, each in enumerate(found):
        where, receipt = f"receipts.json, receipt {n + 1} (event {each['event']})", dict(each["receipt"])
        _must(held[n : n + 1] == [each], where, "it is not the one that stands in the journal")
        _must(receipt.pop("sha256") == _sha256(line(receipt)), where, "its digest is not that of its contents")
    _must(len(held) == len(found), "receipts.json", "it holds receipts that stand in no event")
    yield f"receipts: {len(found)} agree with their digests and with the journal"
    texts_held = {(name[8:].partition(".toml")[0], _sha256(files[name])) for name in files if name[:8] == "regimes/"}
    for pin, _ in sorted(texts_held ^ {(each["regime"], each["regime_sha256"]) for _, each in resting(events)}):
        raise Touched(f"regimes/{pin}.toml", "it is not the text, and the only one, that the events rest on")
    yield f"regimes: {len(texts_held)} are the texts that the events and their receipts rest on"
    messages = _json(files.get("deliveries.json", b""), "deliveries.json", document)
    for n, each in enumerate(messages, 1):
        where, event, body = f"deliveries.json, message {n}", events.get(each["seq"], {}), json.loads(each["body"])
        _must(event.get("id") == each["event"], where, "the event it tells of is not in the journal")
        told = [each["type"], body["type"], *(body["data"][key] for key in ("case", "effective_on", "sequence"))]
        true = [event["type"], event["type"], case["reference"], event["effective_on"], each["sequence"]]
        _must(told == true, where, "it tells of something else than its event")
    yield f"deliveries: {len(messages)} messages tell of events of the journal"
    yield from _attachments(files, events if case["audience"] == "confidential" else {})


def _attachments(files: Files, events: dict[int, Any]) -> Iterator[str]:
    left = {name for name in files if name.startswith("attachments/")}
    for seq, said in events.items():
        if said["type"] == "filing.attached":
            name = f"attachments/{said['data']['sha256']}"
            where, held = f"{name}, which event {seq} names", files.get(name)
            _must(held is not None, where, "it is missing")
            same = held is not None and [len(held), _sha256(held)] == [said["data"]["size"], said["data"]["sha256"]]
            _must(same, where, "it is not what the event has the length and digest of")
            left.discard(name)
    _must(not left, min(left, default=""), "no event in this version names it")
    found = sum(name.startswith("attachments/") for name in files)
    yield f"attachments: {found} are those that the events name"


def _nearest(files: Files, name: str, why: str) -> Touched:
    try:
        list(_contents(files))
    except Exception as near:  # with the event or the line, where that can be told
        if isinstance(near, Touched) and near.args[0].startswith(f"{name}, "):
            return near
    return Touched(name, why)


def _must(so: bool, what: str, why: str) -> None:
    if not so:
        raise Touched(what, why)


def _lines(files: Files, name: str) -> list[Any]:
    where = name + (", event" if name == "journal.jsonl" else ", line")
    return [_json(each, f"{where} {n}", line) for n, each in enumerate(files[name].splitlines(), 1)]


def _json(raw: bytes, where: str, written: Any) -> Any:
    with suppress(ValueError, RecursionError):
        if written(value := json.loads(raw)) == raw:
            return value
    raise Touched(where, "it is not JSON as Enjoin writes it")


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def main(words: list[str]) -> int:
    """Check the file these words name, print what is found, and answer with the exit code."""
    said, code = f"{words[0]} is no bundle of Enjoin" if len(words) == 1 else "usage: python verify.py BUNDLE.zip", 2
    try:
        raw = Path(words[0]).read_bytes() if len(words) == 1 else b""
        if b"journal.jsonl" in raw and (raw[:4] == b"PK\3\4" or raw[-22:-18] == b"PK\5\6"):
            for said in check(raw):
                sys.stdout.write(ascii(said)[1:-1] + "\n")
            said, code = "whole: nothing in it was touched since it was made", 0
    except Touched as found:
        said, code = f"TOUCHED: {': '.join(found.args)}", 1
    except OSError as why:
        said = f"{words[0]} cannot be read: {why.strerror}"
    (sys.stderr if code == 2 else sys.stdout).write(ascii(said)[1:-1] + "\n")
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
