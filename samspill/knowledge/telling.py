"""What a passage says, and which of its questions lead to it."""

from samspill.intelligence.sentences import sentences

ENDS = ".!…:。！：」）)"
ASKS = ("?", "？")


def told(passage: str) -> tuple[str, ...]:
    """Its sentences and list items, without headings and questions: they say what is spoken about, not what is so."""
    found = sentences(passage)
    return tuple(one for one in found if _tells(one)) or tuple(found)


def leads(passage: str) -> tuple[tuple[str, int], ...]:
    """Its questions, each with the place in `told` of the sentence that follows."""
    found, place, led = sentences(passage), 0, []
    for one in found:
        if _tells(one):
            place += 1
        elif one.endswith(ASKS):
            led.append((one, place))
    return tuple((question, at) for question, at in led if at < place)


def _tells(sentence: str) -> bool:
    return sentence.startswith("•") or sentence[-1] in ENDS
