from samspill.intelligence.sentences import sentences

ENDS = ".!?…:。！？：」）)"


def told(passage: str) -> tuple[str, ...]:
    """Its sentences and list items, without headings, which say what is spoken about and not what is so."""
    found = sentences(passage)
    whole = [one for one in found if one.startswith("•") or one[-1] in ENDS]
    return tuple(whole or found)
