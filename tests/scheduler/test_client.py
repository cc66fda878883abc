import httpx
import pytest

from scheduler.client import ApiAway, ApiClient, ApiDisagrees, KeyRefused, connect
from scheduler.wire import DueStep
from tests.scheduler.fake_api import FakeApi, step


@pytest.mark.parametrize("status", [429, 500, 502, 503])
def test_an_api_that_is_busy_or_broken_is_away(status: int) -> None:
    problem = {"title": "Busy", "detail": "The database is busy.", "status": status, "code": "busy"}
    api = FakeApi(failures=[httpx.Response(status, json=problem, headers={"retry-after": "7"})])
    with api.client() as client, pytest.raises(ApiAway) as raised:
        client.due(500)
    assert str(raised.value) == f"GET http://api/v1/due: the API is away or busy ({status}: The database is busy.)"
    assert raised.value.retry_after_s == 7


@pytest.mark.parametrize("error", [httpx.ConnectError("refused"), httpx.ReadTimeout(""), httpx.ReadError("")])
def test_an_api_that_is_not_reached_is_away(error: Exception) -> None:
    with (
        FakeApi(failures=[error]).client() as client,
        pytest.raises(ApiAway, match="POST http://api/v1/deliveries/lease"),
    ):
        client.lease(100)


@pytest.mark.parametrize("status", [401, 403])
def test_a_refused_key_is_an_error_of_its_own_and_is_not_shown(status: int) -> None:
    with FakeApi(failures=[httpx.Response(status, text="no")]).client() as client, pytest.raises(KeyRefused) as raised:
        client.lease(1)
    assert "ENJOIN_API_KEY" in str(raised.value)
    assert "key-of" not in str(raised.value)


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(404, text="<html>nginx</html>"),
        httpx.Response(302, headers={"location": "https://elsewhere.example/"}),
        httpx.Response(200, text="<html>"),
        httpx.Response(200, json=[]),
        httpx.Response(200, json={"items": [{"subject": {"kind": "order", "id": 7}}], "next": None}),
        httpx.Response(200, json={"items": []}),
    ],
)
def test_an_answer_that_was_not_agreed_is_said_to_be_so(answer: httpx.Response) -> None:
    with FakeApi(failures=[answer]).client() as client, pytest.raises(ApiDisagrees, match="GET http://api/v1/due"):
        client.due(500)


@pytest.mark.parametrize(
    "results", [[], [{"index": 1, "outcome": "done"}], [{"index": 0, "outcome": "maybe"}], [{"outcome": "done"}]]
)
def test_a_result_that_is_missing_or_unknown_is_not_taken_for_done(results: list[object]) -> None:
    api = FakeApi(failures=[httpx.Response(200, json={"results": results})])
    with api.client() as client, pytest.raises(ApiDisagrees):
        client.transitions([DueStep.read(step(1))])


def test_results_are_matched_by_their_index() -> None:
    results = [{"index": 1, "outcome": "done"}, {"index": 0, "outcome": "already_done"}]
    with FakeApi(failures=[httpx.Response(200, json={"results": results})]).client() as client:
        answers = client.transitions([DueStep.read(step(1)), DueStep.read(step(2))])
    assert [one.outcome for one in answers] == ["already_done", "done"]


def test_the_base_url_may_have_a_path() -> None:
    seen = []

    def handle(request: httpx.Request) -> httpx.Response:
        seen.append(str(request.url))
        return httpx.Response(500)

    http = httpx.Client(base_url="https://host.example/enjoin", transport=httpx.MockTransport(handle))
    with ApiClient(http) as client, pytest.raises(ApiAway, match=r"https://host\.example/enjoin/v1/due"):
        client.due(5, "a b")
    assert seen == ["https://host.example/enjoin/v1/due?limit=5&cursor=a+b"]


def test_connect_brings_the_key() -> None:
    with connect("http://127.0.0.1:1", "abc") as client:
        assert client._http.headers["authorization"] == "Bearer abc"
        assert not client._http.trust_env
