"""Names and codes of synthetic firms: plausible, not taken from real firms."""

import numpy as np

from warehouse.sample.drawn import drawn

PLACE = drawn("place")
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_USCC_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_ORG_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ORG_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)

SIGNS = (
    "安博创辰达鼎恩方丰孚格冠光海翰昊禾恒宏华汇惠极嘉健金锦精景聚凯康科可朗乐力立联"
    "灵龙隆迈明铭诺派普奇启千清锐瑞睿润森尚盛拾世思泰腾天通同途万唯维文沃西希祥欣新信星"
    "讯雅研扬一易益逸盈永优宇元远越云泽展正知智中卓子梓"
)
TRADES = (
    "智能科技", "信息技术", "生物医药", "新材料", "软件", "机器人", "半导体", "光电科技", "医疗器械", "网络科技",
    "环保科技", "新能源科技", "数据科技", "自动化设备", "电子科技", "精密仪器", "航空科技", "化工科技", "食品科技",
    "物联网技术", "芯片科技", "传感技术", "激光科技", "储能科技", "工业设计", "文化传媒", "贸易", "建筑工程",
)  # fmt: skip
INDUSTRIES = (
    "6510", "6520", "2710", "2651", "6513", "3491", "3973", "3976", "3581", "6420",
    "7720", "3841", "6550", "3490", "3990", "4014", "3740", "2661", "1492",
    "6531", "3973", "3983", "3569", "3841", "7484", "8810", "5190", "4800",
)  # fmt: skip
INCUBATORS = (
    ("云栖孵化器", "国家级", "综合"), ("江畔创业园", "国家级", "专业"),
    ("青芒众创空间", "省级", "众创空间"), ("钱塘生物孵化器", "国家级", "专业"),
    ("梦溪加速器", "省级", "加速器"), ("滨江芯谷", "市级", "专业"),
    ("未来里创业中心", "市级", "综合"), ("运河数字工坊", "省级", "众创空间"),
    ("西溪大学科技园", "国家级", "大学科技园"), ("智造之家（一期）", "市级", "综合"),
    ("湘湖医疗孵化器", "省级", "专业"), ("星河创客港", "市级", "众创空间"),
)  # fmt: skip

NAMESAKE = 463
"""Of so many firms the last has the same name as the firm before it."""


def names(index: np.ndarray, seed: int) -> list[str]:
    """A name for each firm number; unique but for a namesake per ``NAMESAKE`` firms."""
    signs, trades = len(SIGNS), len(TRADES)
    room = signs * signs * trades
    index = np.where((index % NAMESAKE == NAMESAKE - 1), index - 1, index)
    place = (index * 1_000_003 + seed * 7_919) % room
    return [
        f"{PLACE['province' if number % 11 == 0 else 'short']}{SIGNS[sign % signs]}{SIGNS[sign // signs % signs]}"
        f"{'（集团）' if number % 97 == 0 else ''}{TRADES[sign // (signs * signs)]}"
        f"{'股份' if number % 23 == 0 else ''}有限公司"
        for number, sign in zip(index.tolist(), place.tolist(), strict=True)
    ]


def trade_of(index: np.ndarray, seed: int) -> np.ndarray:
    """The index of the trade in a firm's name, from which its industry follows."""
    signs = len(SIGNS)
    return ((index * 1_000_003 + seed * 7_919) % (signs * signs * len(TRADES))) // (signs * signs)


def credit_code(index: int, division: str) -> str:
    """A unified social credit code with valid check digits; GB 32100-2015, GB 11714-1997."""
    digits, number = "", index + 31**4
    for _ in range(6):
        number, rest = divmod(number, 31)
        digits = ALPHABET[rest] + digits
    organisation = "MA" + digits
    total = sum(_ORG_ALPHABET.index(sign) * weight for sign, weight in zip(organisation, _ORG_WEIGHTS, strict=True))
    check = (11 - total % 11) % 11
    body = f"91{division}{organisation}{'0123456789X'[check]}"
    total = sum(ALPHABET.index(sign) * weight for sign, weight in zip(body, _USCC_WEIGHTS, strict=True))
    return body + ALPHABET[(31 - total % 31) % 31]


def with_wrong_check(code: str) -> str:
    """The last sign is replaced by the next of the alphabet."""
    return code[:-1] + ALPHABET[(ALPHABET.index(code[-1]) + 1) % 31]
