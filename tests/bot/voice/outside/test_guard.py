"""Nothing private is ever reached, in whatever notation it is written and whoever resolves it (X29)."""

import socket
from collections.abc import Iterator
from ipaddress import ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.voice.outside.guard import Forbidden, Guard, is_public, resolve
from bot.voice.outside.reach import Answer, Letter, Loss, Lost, Reach
from tests.bot.voice.outside.receiver import Receiver, a_receiver

pytestmark = pytest.mark.proves("X29")

PUBLIC, PUBLIC6 = "93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"


def saying(*addresses: str, allowed: str = "") -> Guard:
    """A guard whose resolver says this."""
    return Guard(frozenset(allowed.split()), lambda _host, _port: addresses)


@pytest.mark.parametrize(
    "written",
    [
        "127.0.0.1",
        "127.1",
        "2130706433",
        "0x7f000001",
        "0177.0.0.1",
        "0x7f.1",
        "0.0.0.0",
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "100.64.0.1",
        "100.100.100.200",  # Alibaba's metadata
        "169.254.169.254",  # everybody else's
        "2852039166",  # the same in one number
        "192.0.2.1",
        "198.18.0.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1",
        "fc00::1",
        "fec0::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:a9fe:a9fe",
        "::127.0.0.1",
        "64:ff9b::169.254.169.254",
        "2002:7f00:1::",
        "2001:db8::1",
        "fd00:ec2::254",  # AWS's metadata over IPv6
    ],
)
def test_a_private_address_is_refused_in_every_notation(written: str) -> None:
    with pytest.raises(Forbidden):
        Guard().pick(written, 443)


@pytest.mark.parametrize("address", [PUBLIC, PUBLIC6, "2002:5db8:d70e::", "64:ff9b::5db8:d70e"])
def test_the_open_internet_is_admitted(address: str) -> None:
    assert saying(address).pick("hooks.example", 443) == address


def test_one_private_answer_among_public_ones_is_enough_to_refuse() -> None:
    with pytest.raises(Forbidden):
        saying(PUBLIC, "10.0.0.1").pick("hooks.example", 443)


def test_a_named_host_may_be_private_but_never_the_clouds_metadata() -> None:
    assert saying("10.0.0.7", allowed="crm.internal").pick("CRM.internal.", 443) == "10.0.0.7"
    assert saying("127.0.0.1", allowed="localhost").pick("localhost", 80) == "127.0.0.1"
    for address in ("169.254.169.254", "fe80::1", "::ffff:169.254.169.254", "0.0.0.0"):
        with pytest.raises(Forbidden):
            saying(address, allowed="crm.internal").pick("crm.internal", 443)


def test_naming_a_host_names_no_other() -> None:
    with pytest.raises(Forbidden):
        saying("10.0.0.7", allowed="crm.internal").pick("evil.crm.internal", 443)


@pytest.mark.parametrize(
    "url",
    [
        "http://hooks.example/in",
        "ftp://hooks.example/in",
        "file:///etc/passwd",
        "https://user:pass@hooks.example/in",
        "https://hooks.example@10.0.0.1/in",
        "https:///in",
        "//hooks.example",
        "https://[::1",
        "https://hooks.example:99999/",
        "",
    ],
)
def test_only_plain_https_addresses_are_admitted(url: str) -> None:
    with pytest.raises(Forbidden):
        Guard().admit(url)


def test_http_is_admitted_for_named_hosts_alone() -> None:
    Guard(frozenset({"crm.internal"})).admit("http://crm.internal:8080/in")
    Guard().admit("https://hooks.example:8443/in?key=1")


@given(st.ip_addresses(v=4))
def test_wrapping_an_address_never_makes_it_public(inner) -> None:  # type: ignore[no-untyped-def]
    number = int(inner)
    wrapped = [
        ip_address(f"::ffff:{inner}"),
        ip_address((0x0064FF9B << 96) | number),
        ip_address((0x2002 << 112) | (number << 80)),
    ]

    assert {is_public(one) for one in wrapped} <= {is_public(inner), False}


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with a_receiver() as running:
        yield running


def test_a_name_that_changes_its_answer_is_connected_to_as_it_was_checked(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    """DNS rebinding: public when it is checked, loopback when it would be connected to."""
    asked: list[str] = []

    def turning(host: str, _port: int) -> list[str]:
        asked.append(host)
        return [PUBLIC] if len(asked) == 1 else ["127.0.0.1"]

    connected: list[object] = []

    def refusing(address: object, *_more: object, **_how: object) -> socket.socket:
        connected.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "create_connection", refusing)
    reach = Reach(guard=Guard(resolve=turning))

    came = reach.post(Letter(f"https://rebinding.example:{receiver.port}/", b"{}"))

    assert came == Lost(Loss.NEVER_LEFT, "ConnectError")
    assert asked == ["rebinding.example"]
    assert connected == [(PUBLIC, receiver.port)]
    assert receiver.letters == []


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "[::ffff:127.0.0.1]"])
def test_loopback_is_not_reached_over_the_wire(receiver: Receiver, host: str) -> None:
    came = Reach(guard=Guard()).post(Letter(f"https://{host}:{receiver.port}/", b"{}"))

    assert came == Lost(Loss.FORBIDDEN, "a private address")
    assert receiver.letters == []


def test_a_named_host_is_reached(receiver: Receiver) -> None:
    reach = Reach(guard=Guard(frozenset({"127.0.0.1"})))

    came = reach.post(Letter(receiver.url, b"{}"))

    assert isinstance(came, Answer)
    assert came.status == 200


def test_the_resolver_gives_addresses_of_any_notation() -> None:
    assert resolve("0x7f.1", 443) == ["127.0.0.1"]
