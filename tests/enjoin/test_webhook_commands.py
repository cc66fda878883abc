"""The commands for counsel and receivers: on record, sealed, listening, asking for a ping."""

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from standardwebhooks import Webhook

from enjoin.clocks import RealClock
from enjoin.secret_keys import vault_of
from enjoin.serve import check_secrets
from enjoin.wiring import CannotServe, register, serving
from scheduler.client import connect
from scheduler.deliver import deliver
from tests.enjoin.console import complaint, enjoin
from tests.support.processes import PATIENCE, ROOT, SECRET_KEYS, environment
from tests.support.register import CASE, OFFICER
from workflow.lifecycle.vocabulary import Role
from workflow.store.clock import machine_now
from workflow.store.sealed import KeysRefused, new_key
from workflow.use_cases.accounts.keys import CONSOLE, NewKey, create_key
from workflow.use_cases.acting.bodies import CaseBody
from workflow.use_cases.acting.open_case import open_case
from workflow.use_cases.webhooks.endpoints import NewEndpoint, register_endpoint

LOOPBACK = frozenset({"127.0.0.1"})
PARTY = f"{CASE['reference']}/1"


@pytest.fixture
def case_url(tmp_path: Path) -> str:
    """A database with a case."""
    case_url = f"sqlite:///{tmp_path / 'enjoin.db'}"
    with register(case_url, RealClock(), frozenset(), secret_keys=SECRET_KEYS) as parts:
        parts.writer.run(open_case, CaseBody.model_validate(CASE), OFFICER)
    return case_url


def test_counsel_is_put_on_record_listed_and_taken_off(case_url: str) -> None:
    setting = {"ENJOIN_DATABASE_URL": case_url, "ENJOIN_SECRET_KEYS": SECRET_KEYS}
    made = enjoin("key", "create", "--name", "Firm", "--role", "counsel", "--represents", PARTY, **setting)
    assert made.exit_code == 0
    assert made.stdout.startswith("enjoin_")
    assert enjoin("counsel", "list", **setting).stdout == f"{PARTY}  Firm\n"
    assert enjoin("counsel", "end", "Firm", PARTY, **setting).stdout == f"Firm is off the record for {PARTY}\n"
    assert enjoin("counsel", "list", **setting).stdout == ""
    assert enjoin("counsel", "add", "Firm", PARTY, **setting).exit_code == 0
    said = complaint(enjoin("counsel", "add", "Nobody", PARTY, **setting), 2)
    assert "there is no account 'Nobody' with the role counsel" in said
    said = complaint(enjoin("key", "create", "--name", "X", "--role", "auditor", "--represents", PARTY, **setting), 2)
    assert said == "--represents is for --role counsel"
    case = PARTY.rpartition("/")[0]
    for wrong, why in (
        ("no/1", "'no/1' names no party: there is no case 'no'"),
        (case, f"{case!r} names no party: give CASE_REFERENCE/PARTY, such as SAN-2022-019/1"),
        (f"{case}/9", f"{case} has no party 9; they are numbered 1 to 1"),
    ):
        new = ("key", "create", "--name", "New", "--role", "counsel", "--represents", PARTY, "--represents", wrong)
        assert complaint(enjoin(*new, **setting), 2) == why
    assert "New" not in enjoin("key", "list", **setting).stdout


def test_keys_of_secrets_are_made_beside_the_database_for_its_owner_alone(tmp_path: Path) -> None:
    case_url = f"sqlite:///{tmp_path / 'enjoin.db'}"
    sealed = vault_of(case_url, None).seal("x", "a")
    file = tmp_path / "enjoin.db.key"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert os.listdir(tmp_path) == [file.name]
    assert vault_of(case_url, None).open(sealed, "a") == "x"
    assert vault_of("postgresql://localhost/x", None).is_empty
    file.write_text("not a key\n")
    with pytest.raises(KeysRefused, match=r"enjoin\.db\.key: "):
        vault_of(case_url, None)


def test_serving_needs_keys_that_open_every_secret(database_url: str, tmp_path: Path) -> None:
    with register(database_url, RealClock(), frozenset()) as parts:
        if database_url.startswith("sqlite"):
            check_secrets(parts)  # with the file beside the database
        else:
            with pytest.raises(CannotServe, match="ENJOIN_SECRET_KEYS is missing"):
                check_secrets(parts)
    with register(database_url, RealClock(), frozenset(), secret_keys=SECRET_KEYS) as parts:
        made = parts.writer.run(open_case, CaseBody.model_validate(CASE), OFFICER)
        wanted = NewEndpoint(made.subject.id, 1, "https://counsel.example/", parts.vault)
        endpoint = parts.writer.run(register_endpoint, wanted, OFFICER)
        check_secrets(parts)
    with (
        register(database_url, RealClock(), frozenset(), secret_keys=new_key()) as parts,
        pytest.raises(CannotServe, match=f"1 endpoints open with none of the keys at hand.*{endpoint.id}"),
    ):
        check_secrets(parts)


def test_secrets_are_sealed_again_with_a_new_key(case_url: str) -> None:
    made = enjoin("secrets", "new").stdout.strip()
    setting = {"ENJOIN_DATABASE_URL": case_url, "ENJOIN_SECRET_KEYS": f"{made},{SECRET_KEYS}"}
    done = enjoin("secrets", "rotate", **setting)
    assert done.stdout == "the secrets of 0 endpoints were sealed again with the first key\n"
    said = complaint(enjoin("secrets", "rotate", ENJOIN_DATABASE_URL=case_url, ENJOIN_SECRET_KEYS="short"), 2)
    assert said.startswith("ENJOIN_SECRET_KEYS: ")
    assert "short" not in said


def test_a_listener_verifies_and_prints_what_comes(tmp_path: Path) -> None:
    secret = "whsec_" + "A" * 44
    command = [sys.executable, "-m", "enjoin", "webhook", "listen", "--port", "0", "--secret", secret, "--count", "2"]
    with subprocess.Popen(
        command, cwd=ROOT, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stderr is not None
        address = process.stderr.readline().split()[-1]
        body, now = '{"type": "endpoint.ping"}', machine_now()
        headers = {
            "webhook-id": "msg_1",
            "webhook-timestamp": str(int(now.timestamp())),
            "webhook-signature": Webhook(secret).sign("msg_1", now, body),
        }
        assert httpx.post(address, content=body, headers=headers, trust_env=False).status_code == 204
        assert httpx.post(address, content=body + " ", headers=headers, trust_env=False).status_code == 400
        printed, _ = process.communicate(timeout=PATIENCE)
    lines = [json.loads(line) for line in printed.splitlines()]
    assert [line["verified"] for line in lines] == [True, False]
    assert lines[0]["body"] == {"type": "endpoint.ping"}
    assert process.returncode == 0


def test_a_listener_needs_a_secret() -> None:
    assert "--secret is missing" in complaint(enjoin("webhook", "listen", "--port", "0"), 2)
    assert "is no secret" in complaint(enjoin("webhook", "listen", "--port", "0", "--secret", "x"), 2)


def test_a_ping_is_asked_for_and_what_became_of_it_is_said(case_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from enjoin.receiver import receiving

    with (
        receiving() as inbox,
        register(case_url, RealClock(), LOOPBACK, secret_keys=SECRET_KEYS) as parts,
        serving(parts.app, "127.0.0.1", 0) as server,
    ):
        officer = parts.writer.run(create_key, NewKey("o", frozenset({Role.CASE_OFFICER})), CONSOLE).key
        scheduler = connect(
            server.url, parts.writer.run(create_key, NewKey("s", frozenset({Role.SCHEDULER})), CONSOLE).key
        )
        with httpx.Client(base_url=server.url, headers={"Authorization": f"Bearer {officer}"}, trust_env=False) as http:
            case = http.get("/v1/cases").json()["items"][0]["id"]
            body = {"case": case, "party": 1, "url": inbox.address(1)}
            made = http.post("/v1/webhook-endpoints", json=body).json()
        inbox.secrets[inbox.address(1)] = made["secret"]
        monkeypatch.setattr("time.sleep", lambda _: deliver(scheduler, LOOPBACK))
        asked = ("webhook", "test", made["id"], "--api", server.url, "--key", officer)
        assert enjoin(*asked).stdout.startswith("the endpoint took the ping: status 204")
        inbox.secrets.clear()
        said = complaint(enjoin(*asked), 1)
        assert said.startswith("the endpoint did not take the ping: answered 400")
        said = complaint(enjoin("webhook", "test", "x", "--api", server.url, "--key", officer), 1)
        assert said == "the API refused: There is no endpoint 'x'; GET /v1/webhook-endpoints lists those of a case."
        scheduler.close()
    assert "is missing" in complaint(enjoin("webhook", "test", "x"), 2)
