"""The kit for receivers: the page is in step, every message has an example that fits, the vectors are true."""

import base64
import hashlib
import hmac
import json
from datetime import datetime
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
import standardwebhooks.webhooks
import svix.webhooks

from enjoin.webhook_docs import FOLDER, VECTORS, files, main, vectors
from workflow.lifecycle.door.events import EVENTS, SERVED
from workflow.use_cases.webhooks.examples import example
from workflow.use_cases.webhooks.models import SERVED_TYPES, message_models, schema_of

TYPES = list(message_models())


def test_the_page_and_the_vectors_are_in_step(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--check"]) == 0
    assert capsys.readouterr().err == ""


def test_what_is_out_of_step_is_named_and_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--check"], tmp_path) == 1
    assert capsys.readouterr().err.count("is out of step") == 2
    assert main([], tmp_path) == 0
    assert main(["--check"], tmp_path) == 0


def test_every_served_event_has_its_place_on_the_page() -> None:
    page = files()["webhooks.md"]
    assert set(TYPES) == {"endpoint.ping", *SERVED}
    for type_ in TYPES:
        assert page.count(f"\n### `{type_}`\n") == 1
    assert not any(f"`{type_}`" in page for type_ in EVENTS if type_ not in SERVED)


@pytest.mark.parametrize("type_", TYPES)
def test_an_example_is_what_its_model_and_its_schema_say(type_: str) -> None:
    body = example(type_)
    message_models()[type_].model_validate_json(json.dumps(body))
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema_of(type_)}
    jsonschema_rs.validator_for(schema).validate(body)
    grown = {**body, "data": {**body["data"], "one_day": 1}}
    jsonschema_rs.validator_for(schema).validate(grown)
    with pytest.raises(jsonschema_rs.ValidationError):
        jsonschema_rs.validator_for(schema).validate({**body, "type": "other"})


def test_no_message_tells_of_a_person() -> None:
    assert len(SERVED_TYPES) > 20
    for type_ in SERVED_TYPES:
        schema = json.dumps(schema_of(type_))
        assert not any(f'"{word}"' in schema for word in ("name", "email", "reason", "findings", "actor"))


@pytest.mark.parametrize("vector", vectors(), ids=lambda each: each["name"])
@pytest.mark.parametrize("library", [standardwebhooks.webhooks, svix.webhooks])
def test_a_vector_becomes_what_it_says(vector: dict[str, Any], library: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    class Then(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> "Then":
            return cls.fromtimestamp(vector["now"], tz)

    monkeypatch.setattr(standardwebhooks.webhooks, "datetime", Then)  # svix verifies with it
    headers = {name: vector[name] for name in ("webhook-id", "webhook-timestamp", "webhook-signature")}
    webhook = library.Webhook(vector["secret"])
    if vector["verifies"]:
        webhook.verify(vector["body"], headers)
    else:
        with pytest.raises(library.WebhookVerificationError):
            webhook.verify(vector["body"], headers)


def test_the_vectors_are_what_the_page_says_a_signature_is() -> None:
    for vector in json.loads((FOLDER / VECTORS).read_text(encoding="utf-8")):
        key = base64.b64decode(vector["secret"].removeprefix("whsec_"))
        signed = f"{vector['webhook-id']}.{vector['webhook-timestamp']}.{vector['body']}".encode()
        made = base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()
        found = f"v1,{made}" in vector["webhook-signature"].split()
        late = abs(int(vector["webhook-timestamp"]) - vector["now"]) > 300
        assert (found and not late) is vector["verifies"], vector["name"]
