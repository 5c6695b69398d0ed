"""Text sent as `format=flowed` (RFC 3676): soft line ends taken out again."""


def unflowed(text: str, *, delete_space: bool) -> str:
    """Paragraphs on one line each; quote marks stay in front, and flow only with their own depth."""
    lines: list[str] = []
    before, flows = -1, False
    for line in text.split("\n"):
        bare = line.lstrip(">")
        depth = len(line) - len(bare)
        bare = bare[1:] if bare[:1] == " " else bare
        if flows and depth == before and bare != "-- ":
            lines[-1] = (lines[-1][:-1] if delete_space else lines[-1]) + bare
        else:
            lines.append(f"{'>' * depth} {bare}" if depth else bare)
        before, flows = depth, bare.endswith(" ") and bare != "-- "
    return "\n".join(lines)
