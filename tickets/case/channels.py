"""Ways on which no customer's data may travel: words that ask for QQ or a private WeChat (R114)."""

import re

from tickets.people.folding import GLUE, folded

_WAY = re.compile(
    r"(?<![0-9a-z@._])(?:q ?q|v ?x|w ?x|wei ?xin|we ?chat|v信)(?![0-9a-z._]*@|[a-z])|扣扣|企鹅号|企鵝號|微信|薇信",
    re.IGNORECASE,
)
# What goes by these names is no private way: a firm's own account, a firm's messenger, paying, signing in.
_OTHERWISE_BEFORE = re.compile(
    r"(?:企业|企業|官方|公司|我司|公众|公眾|official |corporate |company )$", re.I
)
_OTHERWISE_AFTER = re.compile(
    r"^ ?(?:公众|公眾|小程序|小程式|服务号|服務號|订阅号|訂閱號|客服|支付|付款|登录|登錄|登入|授权|授權|绑定|綁定|扫码|掃碼"
    r"|邮箱|郵箱|信箱|mail|音乐|音樂|pay|login|official|mini|work)",
    re.I,
)
_ASKS_BEFORE = re.compile(
    r"(?:[加发發传傳用走到给給上拉留私]|通过|通過|联系|聯繫|聯絡|个人|個人|我的|您的|你的"
    r"|\b(?:send|add|via|by|through|on|over|use|my|your|private|personal)\b)[^。！？!?\n]{0,12}$",
    re.I,
)
_ASKS_AFTER = re.compile(
    r"^[^。！？!?\n]{0,8}?(?:[发發传傳加聊号號群]|联系|聯繫|聯絡|给我|給我|\b(?:me|send|id)\b)",
    re.I,
)
_FORBIDS = re.compile(
    r"(?:不要|不得|不能|不可|不准|不许|不許|请勿|請勿|切勿|禁止|严禁|嚴禁|[别別勿]"
    r"|\b(?:not|never|don't|no)\b)[^。！？!?\n]{0,14}$",
    re.I,
)
_QUOTED = re.compile(r"“[^”]*”|‘[^’]*’|「[^」]*」|『[^』]*』|\"[^\"]*\"|《[^》]*》")
_WINDOW = 24  # characters looked at on either side


def unsafe_way(text: str) -> str | None:
    """Find the way, as written, on which a text asks to send or to talk; the customer's quoted words do not ask."""
    plain = folded(_QUOTED.sub(lambda quoted: " " * len(quoted[0]), text)).replace(GLUE, "")
    return next((found[0] for found in _WAY.finditer(plain) if _asks(plain, *found.span())), None)


def _asks(plain: str, start: int, end: int) -> bool:
    before, after = plain[max(0, start - _WINDOW) : start], plain[end : end + _WINDOW]
    if _OTHERWISE_BEFORE.search(before) or _OTHERWISE_AFTER.search(after):
        return False
    if _FORBIDS.search(before):
        return False
    return bool(_ASKS_BEFORE.search(before) or _ASKS_AFTER.search(after))
