"""Texts that people and their keyboards have been seen to send (RELIABILITY.md 5), and more like them."""

from hypothesis import strategies as st

FIXED = (
    "<!channel>",
    "<!here> <!everyone> <!subteam^S1> <@U123> <#C1>",
    "<https://evil|登录> <mailto:a@b|x> <!date^0^{date}^https://evil|x>",
    "&lt;!here&gt; &#60;!channel&#62; ＜!channel＞ @channel",
    "```code``` `tick` *bold* _it_ ~gone~ > quoted :fire: ⟦assignee⟧ {number} {0} %s %(x)s",
    "\u202eevil\u202c \u2066isolate\u2069 \u200bzero\ufeff \U000e0041\U000e0042tag",
    "\ud83d lone \udc00 surrogates \x00\x07\x1b[31m",
    "名" * 3000,
    "👩‍👩‍👧‍👦🏴‍☠️👍🏽🇨🇳" * 120,
    "e" + "\u0301" * 2_000,
    "مرحبا بالعالم שלום עולם",
    "",
    "   ",
    "\n\n\n",
    "\u3164\u2800",
    "=HYPERLINK('x')\t'; DROP TABLE x; --",
    "a" * 3_500,
)

texts = st.one_of(
    st.sampled_from(FIXED),
    st.text(max_size=300),
    st.lists(st.sampled_from(FIXED), max_size=2).map("".join),
    st.text(alphabet="<>!@#|&;`*_~:\u200d\u200c\u202e👩👨🏽🇨🇳é名\n ", max_size=400),
)
