import numpy as np

from samspill.knowledge.index import PUBLIC, UNREAD, library
from samspill.knowledge.library import Text
from samspill.knowledge.models import Translation

MOST = 4


def related(text: Translation) -> list[Text]:
    """What else a reader of this text may want, nearest in meaning first."""
    texts = library(PUBLIC).texts
    own = texts.get(text.pk)
    if own is None or own.passages[0].vector is UNREAD:
        return []
    others = [one for one in texts.values() if one.language == own.language and one is not own]
    titles = np.array([one.passages[0].vector for one in others], np.float32).reshape(len(others), -1)
    if not others:
        return []
    nearest = np.argsort(-(titles @ own.passages[0].vector.astype(np.float32)))
    return [others[at] for at in nearest[:MOST]]
