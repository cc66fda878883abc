"""docs/webhooks.md and docs/webhooks/vectors.json, written from the models and the code that makes the messages.

    python -m enjoin.webhook_docs            write them
    python -m enjoin.webhook_docs --check    say which is out of step, and exit 1

Only `main` touches files.
"""

import json
import sys
from base64 import b64encode
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from standardwebhooks import Webhook

from workflow.use_cases.webhooks.examples import example
from workflow.use_cases.webhooks.models import message_models, schema_of
from workflow.use_cases.webhooks.retry_plan import RETRY_SECONDS

FOLDER = Path(__file__).parents[1] / "docs"
PAGE, VECTORS = "webhooks.md", "webhooks/vectors.json"

_SECRET = "whsec_" + b64encode(bytes(range(32))).decode()
_NEW_SECRET = "whsec_" + b64encode(bytes(range(32, 64))).decode()
_ID = "msg_000000000000000000000000000e0001"
_AT = datetime(2023, 2, 10, 8, 0, tzinfo=UTC)

_INTRO = """\
# Webhooks

Written by `python -m enjoin.webhook_docs` from the code; CI fails when it is out of step.

A webhook tells the counsel of a party that something was served or recorded. It is a courtesy copy: it has no legal
effect, and no date runs from it. The scheme is [Standard Webhooks](https://www.standardwebhooks.com/), so its libraries
and those of Svix verify what is sent.

## Begin

The authority makes your key, and puts you on record: `enjoin key create --role counsel --represents CASE/PARTY`. The
case with its id is in `GET /v1/cases`.

1. Register an address for a party you are on record for: `POST /v1/webhook-endpoints` with `case` (its id), `party`,
   `url` (https) and, if you do not want everything, `types`. The answer holds `secret`, this once.
2. A signed message of type `endpoint.ping` comes at once. Answer it with 2xx, and the endpoint is active. What
   happens meanwhile waits. `POST /v1/webhook-endpoints/{id}/ping` sends another one; `enjoin webhook test ID` does that
   and says what became of it.
3. To look at messages: `enjoin webhook listen --port 9000 --secret whsec_…` verifies each and prints it.

## Verify

Each request has three headers. `webhook-id` is the same in every attempt, so drop what you have seen.
`webhook-timestamp` is when this attempt was signed, in seconds: refuse what is more than five minutes off.
`webhook-signature` holds one or more signatures, separated by spaces; one that verifies is enough. A signature is
`v1,` and the base64 of the HMAC-SHA256 of `{webhook-id}.{webhook-timestamp}.{body}`, keyed with the base64-decoded
part of the secret after `whsec_`. Verify the bytes of the body as they came, before parsing them.

`webhooks/vectors.json` beside this page has messages with their secrets and what must become of each.

## Answer

Answer 2xx within 15 seconds, and do the work afterwards. Anything else is tried again, each wait a little spread:
RETRIES.
`Retry-After` is honoured; a redirect is a failure. 410 says that the address is gone for good and disables the
endpoint. What was given up is known to the registrar, and can be sent again.

## Miss nothing

`data.sequence` is 1, 2, 3 … for your endpoint, without a gap; messages may come in another order. When one is missing:

- `POST /v1/webhook-endpoints/{id}/replay` with `first` and `last` sends those again, under the ids they had;
  without `last` all since the first;
- `GET /v1/events?after=` has everything you were ever told, endpoint or not, in one order. Keep the `position` of each
  answer and ask after it; with `wait=30` the answer comes with the next event. `data.event` is the same there and here;
- `GET /v1/deliveries?endpoint=` says what was tried, when, with which status, and how long it took.

## Read what it names

`data.links` says where the thing is: `GET` it with the key you registered with, or list what is yours, such as
`GET /v1/orders?case=`. You read a thing once your party was told of it, and of it what was served:

- no draft, no proposal, nothing that waits for a second person, no assessment, not who drafted, sat or adopted; of a
  decision on several parties your own part; of a penalty decision, until it is served, the days and the sum notified;
- nothing of what is only computed inside: `next_steps`, `exposure`, accrued interest and limitation are empty or null;
- the files of your own filings: `GET /v1/filings/{id}/attachments/{sha256}`;
- a thing as your party knew it: `?as_known_at=` with an instant that is over.

Anything else answers 404, as if it had never been; so does every access request, which is its person's business. The
journal, tasks, review, bundle, due list, forecast and simulation are for the authority's staff and answer 403: what you
have of the journal is `GET /v1/events`. `version` is what a write takes in `If-Match`, and 0 where you write nothing.

## Keep the secret

`POST /v1/webhook-endpoints/{id}/rotate` with `keep_old_hours` makes a new secret, shown once. Until those hours are
over each message is signed with both, so that you can change over when you like; a rotation during another one keeps
the newer two. `pause`, `resume` and `DELETE` do what they say; each takes the version you read in `If-Match`. You move
the endpoints you registered; those of a colleague you see, and an officer can move them.

## Deadlines in a calendar

`POST /v1/feeds` with `{}` makes the address of a calendar (iCalendar) of all your matters, with `case` (its id) of one.
Its `path` is shown once, and whoever has it reads the calendar without a key. Each last day is an entry with alarms a
week and a day before; it moves with the day, and is cancelled when the duty ends. `GET /v1/feeds` lists yours,
`DELETE /v1/feeds/{id}` ends one. How reports, observations and requests for time are filed is in
[filings and access requests](filings-and-access-requests.md).

## Messages

Ignore members you do not know: some may be added. Dates are days of the authority; amounts are decimal strings. No
message names a natural person.
"""


def vectors() -> list[dict[str, Any]]:
    """Messages with their secrets and what must become of each; `now` is when the receiver looks at it."""
    body = json.dumps(example("order.suspended"), separators=(",", ":"))
    accented = json.dumps(example("decision.ruling_recorded"), separators=(",", ":"), ensure_ascii=False)
    now = int(_AT.timestamp())

    def vector(name: str, verifies: bool, **changed: Any) -> dict[str, Any]:
        made = {
            "name": name,
            "verifies": verifies,
            "secret": _SECRET,
            "now": now,
            "webhook-id": _ID,
            "webhook-timestamp": str(now),
            "webhook-signature": _signed(_SECRET, body),
            "body": body,
        }
        return made | changed

    both = f"{_signed(_NEW_SECRET, body)} {_signed(_SECRET, body)}"
    return [
        vector("as it is sent", True),
        vector("a body that is not ASCII", True, **{"body": accented, "webhook-signature": _signed(_SECRET, accented)}),
        vector("during a rotation, to who has the secret of before", True, **{"webhook-signature": both}),
        vector("during a rotation, to who has the new one", True, secret=_NEW_SECRET, **{"webhook-signature": both}),
        vector("after it, to who has the secret of before", False, **{"webhook-signature": both.partition(" ")[0]}),
        vector("a signature of a scheme to come beside it", True, **{"webhook-signature": f"v9,AAAA {both}"}),
        vector("one character of the body changed", False, body=body.replace("2022", "2023", 1)),
        vector("under another id", False, **{"webhook-id": _ID.replace("e0001", "e0002")}),
        vector("at another time", False, **{"webhook-timestamp": str(now + 1)}),
        vector("looked at an hour later", False, now=now + 3600),
        vector("without a signature", False, **{"webhook-signature": ""}),
    ]


def page() -> str:
    """docs/webhooks.md."""
    intro = _INTRO.replace("RETRIES", f"after {', '.join(map(_span, RETRY_SECONDS))}")
    return "\n".join([intro, *(line for type_ in message_models() for line in _message(type_))])


def files() -> dict[str, str]:
    """The files under docs/, by their names."""
    return {PAGE: page(), VECTORS: json.dumps(vectors(), indent=2, ensure_ascii=False) + "\n"}


def main(arguments: list[str], folder: Path = FOLDER) -> int:
    """Write the files, or with `--check` name those that are out of step."""
    wrong = [name for name, text in files().items() if not _is(folder / name, text)]
    if arguments == ["--check"]:
        for name in wrong:
            sys.stderr.write(f"docs/{name} is out of step: python -m enjoin.webhook_docs writes it\n")
        return 1 if wrong else 0
    for name in wrong:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(files()[name], encoding="utf-8")
    return 0


def _message(type_: str) -> Iterator[str]:
    yield f"### `{type_}`\n"
    yield f"```json\n{_spread(example(type_), 2)}\n```\n"
    yield f"<details><summary>JSON Schema</summary>\n\n```json\n{_spread(schema_of(type_), 4)}\n```\n\n</details>\n"


def _spread(value: Any, depth: int, indent: str = "") -> str:
    """JSON with a line a member down to a depth, and one line for what lies below."""
    if not depth or not isinstance(value, dict) or not value:
        return json.dumps(value, ensure_ascii=False)
    inner = f"{indent}  "
    lines = [f"{inner}{json.dumps(name)}: {_spread(under, depth - 1, inner)}" for name, under in value.items()]
    return "{\n" + ",\n".join(lines) + f"\n{indent}}}"


def _span(seconds: int) -> str:
    """A wait in words."""
    for unit, size in (("hours", 3600), ("minutes", 60)):
        if seconds >= size:
            return f"{seconds // size} {unit}"
    return f"{seconds} seconds"


def _signed(secret: str, body: str) -> str:
    return Webhook(secret).sign(_ID, _AT, body)


def _is(file: Path, text: str) -> bool:
    return file.exists() and file.read_text(encoding="utf-8") == text


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
