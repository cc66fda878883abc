"""`enjoin webhook`: what a receiver of webhooks needs to try its side."""

import json
import time
from typing import TYPE_CHECKING, Annotated, Any

import typer

from enjoin.stop import stop

if TYPE_CHECKING:
    import httpx

    from enjoin.receiver import Message

webhook_app = typer.Typer(no_args_is_help=True, help="For receivers of webhooks: listen, and ask for a ping.")

FAILED, REFUSED = 1, 2
PATIENCE_S = 30.0


@webhook_app.command("listen")
def listen(
    port: Annotated[int, typer.Option(min=0, max=65535, help="The loopback port to listen on; 0 for a free one.")],
    secret: Annotated[
        list[str] | None, typer.Option(help="The secret, whsec_…; two during a rotation.", envvar="WEBHOOK_SECRET")
    ] = None,
    count: Annotated[int, typer.Option(min=0, help="Stop after so many messages; 0 for never.")] = 0,
) -> None:
    """Receive webhooks on this machine, verify each and print it as a line of JSON."""
    import queue

    from enjoin.receiver import listening, read_message

    secrets = secret or []
    if not secrets:
        stop("--secret is missing: it was shown once, when the endpoint was registered", REFUSED)
    for each in secrets:
        _refuse_no_secret(each)
    came: queue.Queue[tuple[Message, dict[str, str]]] = queue.Queue()

    def take(address: str, headers: dict[str, str], content: bytes) -> bool:
        message = read_message(address, secrets, headers, content)
        came.put((message, headers))
        return message.verified

    try:
        with listening(port, take) as root:
            typer.echo(f"listening on {root}/", err=True)
            seen = 0
            while not count or seen < count:
                typer.echo(_line(*came.get()))
                seen += 1
            time.sleep(0.2)  # the last answer is still on its way
    except OSError as error:
        stop(f"no listening on port {port}: {error.strerror}", FAILED)
    except KeyboardInterrupt:
        return


@webhook_app.command("test")
def send_ping(
    endpoint: Annotated[str, typer.Argument(help="The id of the endpoint.")],
    api: Annotated[str, typer.Option(envvar="ENJOIN_API_URL", help="Where the API is.")] = "http://127.0.0.1:8000",
    key: Annotated[str, typer.Option(envvar="ENJOIN_API_KEY", help="The key of counsel or of an officer.")] = "",
) -> None:
    """Have the endpoint sent a ping, and say what became of it; exits 1 when it was not taken."""
    import httpx

    if not key.strip():
        stop("--key or ENJOIN_API_KEY is missing: the key of counsel or of an officer", REFUSED)
    headers = {"Authorization": f"Bearer {key.strip()}"}
    try:
        with httpx.Client(base_url=api, headers=headers, trust_env=False, timeout=30) as client:
            message = _answer(client.post(f"/v1/webhook-endpoints/{endpoint}/ping"))["message"]
            attempt = _first_attempt(client, endpoint, message)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        stop(f"{api} cannot be reached: {error}", FAILED)
    if attempt is None:
        stop(f"nothing was sent within {PATIENCE_S:.0f} s: does the scheduler run?", FAILED)
    said = attempt["error"] or (f"status {attempt['status']}" if attempt["status"] else attempt["outcome"])
    if attempt["outcome"] != "delivered":
        stop(f"the endpoint did not take the ping: {said}, after {attempt['took_ms']} ms", FAILED)
    typer.echo(f"the endpoint took the ping: {said}, after {attempt['took_ms']} ms")


def _first_attempt(client: "httpx.Client", endpoint: str, message: str) -> dict[str, Any] | None:
    """The first attempt to deliver a message; None when there was none in time."""
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        items = _answer(client.get("/v1/deliveries", params={"endpoint": endpoint}))["items"]
        found = next((each for each in items if each["id"] == message), None)
        if found is not None and found["log"]:
            return dict(found["log"][0])
        time.sleep(0.5)
    return None


def _answer(answer: "httpx.Response") -> dict[str, Any]:
    if answer.is_success:
        return dict(answer.json())
    try:
        said = answer.json()["detail"]
    except (ValueError, KeyError):
        said = f"status {answer.status_code}"
    stop(f"the API refused: {said}", FAILED)


def _line(message: "Message", headers: dict[str, str]) -> str:
    """A message as a line of JSON."""
    sent_at = headers.get("webhook-timestamp")
    line = {"verified": message.verified, "id": message.id, "sent_at": sent_at, "body": message.body}
    return json.dumps(line, ensure_ascii=False)


def _refuse_no_secret(secret: str) -> None:
    from standardwebhooks import Webhook

    try:
        Webhook(secret)
    except ValueError:
        stop("--secret is no secret of a webhook: whsec_ and base64, as the API showed it", REFUSED)
