"""The words by which people stop text messages, and ask for them again. The whole message must be the word."""

import re

_STOP = (
    "stop", "stopall", "stop all", "unsubscribe", "quit", "revoke", "optout", "opt out",  # en
    "stopp", "stans", "avslutt", "meld av", "avmeld",  # nb, nn, sv
    "afmeld", "avsluta", "avregistrera", "lopeta",  # da, sv, fi
    "abmelden", "abbestellen", "stoppen", "stop alles",  # de, nl
    "arret", "arrêt", "baja", "cancelar", "basta", "rezygnuję",  # fr, es, pt, it, pl
    "停止", "取消", "取消訂閱", "退訂", "退订", "拒收", "停止接收", "配信停止", "수신거부",  # zh, ja, ko
)  # fmt: skip
_START = (
    "start", "unstop", "resume", "subscribe", "begynn", "meld på", "påmeld", "tilmeld", "anmelden",
    "weiter", "alta", "reprendre", "開始", "重新訂閱", "訂閱", "订阅", "恢復", "配信再開",
)  # fmt: skip


def answer(text: str) -> bool | None:
    """False: no more messages; True: again; None: the text is something else."""
    said = re.sub(r"[\s.!。！]+", " ", text).strip().casefold()
    if said in _STOP:
        return False
    return True if said in _START else None
