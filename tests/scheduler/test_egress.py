from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.egress import Blocked, check_url, system_resolve

NAMES = {
    "counsel.example": ["93.184.215.14", "2606:2800:21f::1"],
    "xn--bro-hoa.example": ["93.184.215.14"],
    "inside.example": ["10.0.0.7"],
    "rebinding.example": ["93.184.215.14", "127.0.0.1"],
    "two-here.example": ["::1", "127.0.0.1"],
    "2130706433": ["127.0.0.1"],
    "nothing.example": [],
}
LOOPBACK = frozenset({"127.0.0.1"})


def resolve(host: str, port: int) -> Sequence[str]:
    if host not in NAMES:
        raise OSError(f"no {host}:{port}")
    return NAMES[host]


@pytest.mark.parametrize(
    "url",
    [
        "https://counsel.example/hook?a=b",
        "https://counsel.example:443/hook",
        "https://COUNSEL.example",
        "https://büro.example/",
        "https://93.184.215.14/hook",
        "https://[2606:2800:21f::1]/hook",
    ],
)
def test_https_to_a_public_address_is_permitted(url: str) -> None:
    check_url(url, frozenset(), resolve)


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://counsel.example/", "only https"),
        ("https://counsel.example:8443/", "port 443"),
        ("https://counsel.example:0/", "port 443"),
        ("https://counsel.example:80/", "port 443"),
        ("https://user:word@counsel.example/", "user name"),
        ("https://user@counsel.example/", "user name"),
        ("https://counsel.example\\@inside.example/", "backslash"),
        ("https://counsel.example/\\..", "backslash"),
        ("https://counsel.example/a b", "spaces"),
        ("https://counsel.example/#part", "fragment"),
        ("ftp://counsel.example/", "only https"),
        ("file:///etc/passwd", "only https"),
        ("javascript:alert(1)", "only https"),
        ("//counsel.example/", "only https"),
        ("counsel.example", "only https"),
        ("", "only https"),
        ("https://", "host name"),
        ("https:///hook", "host name"),
        ("https://-x/", "host name"),
        ("https://a%2eb/", "host name"),
        ("https://[fe80::1%25eth0]/", "host name"),
        ("https://counsel.example:99999/", "port 443"),
        ("https://counsel.example/\ud800", "URL"),
        ("https://counsel.example/\n", "URL"),
        ("https://[::1/", "URL"),
        ("https://inside.example/", "10.0.0.7 is not a public address"),
        ("https://rebinding.example/", "127.0.0.1 is this machine"),
        ("https://169.254.169.254/latest/meta-data", "link-local"),
        ("https://[::ffff:10.0.0.1]/", "10.0.0.1"),
        ("https://2130706433/", "this machine"),
        ("https://nothing.example/", "no address"),
        ("https://unknown.example/", "the name unknown.example does not resolve"),
    ],
)
def test_everything_else_is_blocked(url: str, reason: str) -> None:
    with pytest.raises(Blocked) as raised:
        check_url(url, frozenset(), resolve)
    assert reason in raised.value.reason


@pytest.mark.parametrize("url", ["http://127.0.0.1:9999/hook", "https://127.0.0.1/", "http://[::ffff:127.0.0.1]:1/"])
def test_an_allowed_address_is_free_of_scheme_and_port(url: str) -> None:
    check_url(url, LOOPBACK, resolve)


@pytest.mark.parametrize(
    "url",
    [
        "http://counsel.example/",
        "http://127.0.0.2/",
        "http://rebinding.example/",
        "http://two-here.example/",
        "http://user@127.0.0.1/",
        "gopher://127.0.0.1/",
    ],
)
def test_to_allow_one_address_allows_nothing_else(url: str) -> None:
    with pytest.raises(Blocked):
        check_url(url, LOOPBACK, resolve)


def test_an_odd_name_is_blocked_by_the_machines_resolver_too() -> None:
    with pytest.raises(Blocked, match="does not resolve"):
        check_url(f"https://{'a' * 70}..example/", frozenset())
    assert system_resolve("127.0.0.1", 443) == ["127.0.0.1"]


@given(st.text(max_size=60) | st.text("ab.:/@#?%[]\\0123456789xé", max_size=60).map("https://{}".format))
def test_whatever_is_registered_it_is_permitted_or_blocked(url: str) -> None:
    try:
        check_url(url, frozenset(), lambda *_: ["10.0.0.1"])
    except Blocked:
        return
    assert url.lower().startswith("https://")  # a public address by number
