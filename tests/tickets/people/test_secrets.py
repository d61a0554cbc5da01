"""Passwords of machines are found wherever a pattern finds them, though most texts are not looked through."""

from hypothesis import given
from hypothesis import strategies as st

from tickets.people import secrets

PIECES = (
    "xoxb-1-Ab xoxe.xoxp-1 xapp-1-A Bearer bEARER abcdefgh1 https:// http:// hooks. hooks.slack.com/services/T1"
    " whsec_ab== SEC SEC0123456789abcdef0 token= secret= key=值 sign 甲 ： :// u:p@ 用户:密@ host /bot/v2/hook/ x1 空调"
).split()


@given(st.lists(st.sampled_from((" ", "\n", *PIECES)), max_size=7).map("".join))
def test_a_text_without_the_signs_of_a_secret_holds_none(text: str) -> None:
    found = [one.span() for one in secrets._SECRET.finditer(text)]

    assert list(secrets.secrets_in(text)) == found
