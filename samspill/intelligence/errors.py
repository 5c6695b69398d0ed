"""What can go wrong in here, said in words an admin can act on."""


class ModelUnavailable(RuntimeError):
    """The text model cannot be used now; the message says what to do. Callers fall back to keywords."""
