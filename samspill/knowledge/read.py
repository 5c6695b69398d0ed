from samspill.knowledge import revision
from samspill.knowledge.models import Chunk
from samspill.knowledge.vectors import encoder, encoder_name, pack

AT_ONCE = 32


def read(translation_id: int) -> int:
    """Give every passage of a published text its vector; returns how many had none from this encoder.

    Raises ModelUnavailable while the text model is away; search then goes by words alone.
    """
    unread = Chunk.objects.filter(translation=translation_id).exclude(encoder=encoder_name())
    chunks = list(unread.order_by("position"))
    for start in range(0, len(chunks), AT_ONCE):
        _embed(chunks[start : start + AT_ONCE])
    if chunks:
        revision.advance()
    return len(chunks)


def _embed(chunks: list[Chunk]) -> None:
    for chunk, vector in zip(chunks, encoder().embed([c.text for c in chunks], "passage"), strict=True):
        chunk.vector, chunk.encoder = pack(vector), encoder_name()
    Chunk.objects.bulk_update(chunks, ["vector", "encoder"])
