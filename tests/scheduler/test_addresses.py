import pytest

from scheduler.addresses import addresses, allowed, canonical, not_public

PUBLIC = ["8.8.8.8", "192.31.196.1", "2a00:1450::1", "2606:4700::1111"]
NOT_PUBLIC = """
0.0.0.0 0.1.2.3 10.0.0.1 100.64.0.1 127.0.0.1 127.255.255.254 169.254.169.254 172.16.0.1 172.31.255.255
192.0.0.9 192.0.0.192 192.0.2.1 192.88.99.1 192.168.1.1 198.18.0.1 198.51.100.1 203.0.113.1 224.0.0.1 239.255.255.250
240.0.0.1 255.255.255.255 168.63.129.16
:: ::1 ::7f00:1 ::8.8.8.8 ::ffff:127.0.0.1 ::ffff:8.8.8.8 64:ff9b::808:808
64:ff9b:1:2::808:808 ::ffff:10.0.0.1 ::ffff:169.254.169.254 64:ff9b::7f00:1 64:ff9b::a00:1 64:ff9b:1::1
100::1 2001::1 2001:0:1::1 2001:1::1 2001:2::1 2001:10::1 2001:20::1 2001:db8::1 2002:7f00:1:: 2002:808:808::1 3fff::1
4000::1 5f00::1 fc00::1 fd00:ec2::254 fe80::1 fe80::1%eth0 fec0::1 ff02::1 ff0e::1
""".split()  # noqa: SIM905


@pytest.mark.parametrize("address", PUBLIC)
def test_public(address: str) -> None:
    assert not_public(address) is None


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_not_public(address: str) -> None:
    reason = not_public(address)
    assert reason is not None
    assert reason.startswith(address)


@pytest.mark.parametrize("text", ["localhost", "127.1", "2130706433", "0x7f000001", "", "1.2.3.4/8", "010.0.0.1"])
def test_only_an_address_is_an_address(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        canonical(text)


def test_one_form() -> None:
    assert canonical("::FFFF:127.0.0.1") == "127.0.0.1"
    assert canonical("0:0:0:0:0:0:0:1") == "::1"


def test_an_address_may_be_allowed_on_one_port_alone() -> None:
    allow = addresses("10.0.0.7:8443, [fd00::7]:443, [::ffff:10.0.0.8]:1, ::1, 10.0.0.9")
    assert allow == {"10.0.0.7:8443", "[fd00::7]:443", "10.0.0.8:1", "::1", "10.0.0.9"}
    assert allowed("10.0.0.7", 8443, allow)
    assert not allowed("10.0.0.7", 443, allow)
    assert allowed("fd00:0::7", 443, allow)
    assert not allowed("fd00::7", 8443, allow)
    assert allowed("::1", 5, allow)
    assert allowed("10.0.0.9", 5, allow)
    assert not allowed("10.0.0.9", 5, frozenset())


@pytest.mark.parametrize("entry", ["10.0.0.7:0", "10.0.0.7:99999", "10.0.0.7:", "fd00::7]:1", "[x]:1", "[]:1", ":80"])
def test_what_is_no_address_with_a_port(entry: str) -> None:
    with pytest.raises(ValueError, match="is not an IP address"):
        addresses(entry)


def test_a_list() -> None:
    assert addresses(" 127.0.0.1, 0:0::1,, ") == {"127.0.0.1", "::1"}
    assert addresses("") == frozenset()
    with pytest.raises(ValueError, match="'localhost' is not an IP address"):
        addresses("127.0.0.1,localhost")
