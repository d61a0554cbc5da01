"""Texts of about 62 characters, Chinese with English words, as BASELINES.md 5 has them; a seed fixes each."""

from random import Random

_SUBJECTS = (
    "客户来电说",
    "客户在线反映",
    "老客户再次反映",
    "客户发邮件说",
    "客户微信留言说",
    "门店转来",
)
_MATTERS = (
    "空调制冷效果差",
    "打印机卡纸无法打印",
    "发票抬头开错需要重开",
    "申请退款一直没有到账",
    "订单物流三天没有更新",
    "洗衣机脱水时噪音很大",
    "账号登录提示密码错误",
    "会员积分没有到账",
    "安装师傅没有按时上门",
    "冰箱冷藏室结冰严重",
    "系统页面打开缓慢",
    "合同地址需要修改",
    "屏幕出现一道竖线",
)
_ENGLISH = (
    "license expired",
    "server 响应缓慢",
    "error code E4",
    "login timeout",
    "invoice pending",
    "router offline",
    "App crash",
    "firmware update",
    "order delayed",
    "battery low",
    "VPN disconnect",
    "screen flicker",
)
_DETAILS = (
    "重启之后仍然没有恢复",
    "昨天晚上开始出现",
    "上周维修过一次",
    "已经尝试按照说明书操作",
    "希望今天之内有人联系",
    "换了一台设备也是一样",
    "客户表示会向平台反映",
    "购买不到三个月",
    "同一小区还有两户",
    "客户愿意配合远程检查",
)
_RARE = "彗星牌净水器"
_RARITY = 9_000  # one text in so many
_WISHES = ("希望48小时内上门检修", "希望尽快退款", "希望今天回电", "希望更换新机", "希望重开发票")
_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
_GIVEN = "伟芳娜秀敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂英华玉萍红建文"


def description(choose: Random) -> str:
    """Write what is wrong."""
    detail, further = choose.sample(_DETAILS, 2)
    rare = f"，型号是{_RARE}" if choose.randrange(_RARITY) == 0 else ""
    return (
        f"{choose.choice(_SUBJECTS)}{choose.choice(_MATTERS)}，{choose.choice(_ENGLISH)}，{detail}，"
        f"{further}，另外{choose.choice(_MATTERS)}{rare}。"
    )


def wish(choose: Random) -> str:
    """Write what the customer expects."""
    return choose.choice(_WISHES)


def name(choose: Random) -> str:
    """Name a customer."""
    return choose.choice(_SURNAMES) + "".join(choose.choices(_GIVEN, k=2))


def phone(choose: Random) -> str:
    """Make a mainland mobile number."""
    return f"13{choose.randrange(10**9):09d}"
