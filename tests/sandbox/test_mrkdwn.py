"""What is live in a text, and that nothing a person types becomes live by itself."""

from hypothesis import given
from hypothesis import strategies as st

from sandbox.blueprint import build
from sandbox.mrkdwn import Live, Token, live_in_blocks, live_in_message, live_tokens, pings
from sandbox.typed import command_text, message_text

WORKSPACE = build(
    {
        "users": [{"id": "U0EVE", "name": "eve"}],
        "groups": [{"id": "S0TECH", "handle": "techies", "users": ["U0EVE"]}],
        "channels": [{"id": "C0TECH", "name": "tech"}],
    }
)


def test_each_kind_of_markup_is_found():
    text = (
        "<!channel> <!here|here> <@U1|eve> <#C1|tech> <!subteam^S1|@x> "
        "<https://evil|登录> <mailto:a@b|x> <!date^0^{date}^https://evil|then>"
    )

    assert [(t.kind, t.target) for t in live_tokens(text)] == [
        (Live.BROADCAST, "channel"),
        (Live.BROADCAST, "here"),
        (Live.USER, "U1"),
        (Live.CHANNEL, "C1"),
        (Live.USERGROUP, "S1"),
        (Live.LINK, "https://evil"),
        (Live.LINK, "mailto:a@b"),
        (Live.DATE, "0^{date}^https://evil"),
    ]


def test_escaped_and_full_width_signs_are_inert():
    assert live_tokens("&lt;!here&gt; ＜!channel＞ &#60;!channel&#62;") == []


def test_bare_addresses_and_broadcasts_are_noticed_unless_verbatim():
    assert [t.kind for t in live_tokens("see https://x.cn @channel")] == [
        Live.BARE_LINK,
        Live.BARE_MENTION,
    ]
    assert live_tokens("see https://x.cn @channel", verbatim=True) == []


def test_plain_text_and_rich_text_words_are_inert_and_mrkdwn_is_not():
    hostile = "<!channel> <@U1>"
    inert = [
        {"type": "section", "text": {"type": "plain_text", "text": hostile}},
        {
            "type": "rich_text",
            "elements": [
                {"type": "rich_text_section", "elements": [{"type": "text", "text": hostile}]}
            ],
        },
    ]

    assert live_in_blocks(inert) == []
    assert live_in_blocks([{"type": "section", "text": {"type": "mrkdwn", "text": hostile}}])


def test_rich_text_mentions_are_live():
    elements = [{"type": "user", "user_id": "U1"}, {"type": "broadcast", "range": "here"}]
    section = {"type": "rich_text_section", "elements": elements}

    assert live_in_blocks([{"type": "rich_text", "elements": [section]}]) == [
        Token(Live.USER, "U1"),
        Token(Live.BROADCAST, "here"),
    ]


def test_a_ping_is_by_name_by_group_or_by_broadcast():
    assert pings({"text": "<@U1> hi"}, "U1")
    assert not pings({"text": "<@U1> hi"}, "U2")
    assert pings({"text": "<!subteam^S1>"}, "U2", frozenset({"S1"}))
    assert pings({"text": "<!here>"}, "U2")
    assert not live_in_message({"text": "<!here>", "mrkdwn": False})


def test_typed_names_become_mentions_in_messages_and_commands():
    typed = "@eve #tech @techies @here https://x.cn/a。 a@eve.cn <@U0EVE>"

    assert message_text(WORKSPACE, typed) == (
        "<@U0EVE> <#C0TECH|tech> <!subteam^S0TECH|@techies> <!here> <https://x.cn/a>。"
        " a@eve.cn &lt;@U0EVE&gt;"
    )
    assert command_text(WORKSPACE, "assign 1 @eve") == "assign 1 <@U0EVE|eve>"


@given(st.text(alphabet="<>&!|^@#:/channelhereU0EVEhttps.cn \n{}", max_size=60))
def test_what_is_typed_becomes_live_only_by_the_clients_own_forms(typed: str):
    text = message_text(WORKSPACE, typed)

    for token in live_tokens(text, verbatim=True):
        assert token.target in {"U0EVE", "C0TECH", "S0TECH", "here", "channel", "everyone"} or (
            token.kind is Live.LINK and token.target.startswith(("http://", "https://"))
        )
