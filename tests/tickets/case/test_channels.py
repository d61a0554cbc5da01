"""Asking for QQ or a private WeChat is noticed in three scripts; a firm's own account, paying and forbidding are not (R114)."""

import pytest

from tickets.case.channels import unsafe_way

pytestmark = pytest.mark.requirement(114)


@pytest.mark.parametrize(
    "text",
    [
        "请客户把身份证照片发到我QQ",
        "加我微信，把发票发过来",
        "加微信详聊",
        "用私人微信联系",
        "請客戶加個人微信傳照片",
        "資料用扣扣傳給我",
        "加 v x：abc123",
        "加vx发图",
        "Ｑ Ｑ 联系吧",
        "weixin 发我",
        "send it by WeChat",
        "please add my wechat",
        "微信号是 abc，资料发那里",
        "加微\u200b信",
        "把照片傳到我的薇信",
    ],
)
def test_what_asks_for_a_private_way_is_found(text: str) -> None:
    assert unsafe_way(text)


@pytest.mark.parametrize(
    "text",
    [
        "客户从微信公众号留言",
        "已通过企业微信通知客户",
        "請至微信公眾號報修",
        "客户用微信支付失败",
        "用QQ登录时提示密码错误",
        "客户邮箱 12345@qq.com，请发邮件",
        "请发到QQ邮箱",
        "不要用QQ发客户资料",
        "请勿加客户私人微信",
        "客户说“加我微信”，已婉拒",
        "Do not send it by QQ",
        "via WeChat Pay",
        "box 加 wxwidgets",
        "空调出风口 27 ℃",
        "",
    ],
)
def test_what_does_not_ask_is_left_alone(text: str) -> None:
    assert unsafe_way(text) is None
