"""Uploads as Django hands them over."""

from django.core.files.uploadedfile import SimpleUploadedFile

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00\x00\x00\rIHDR" + b"\x00" * 64


def upload(
    content: bytes, name: str = "file.bin", kind: str = "application/octet-stream"
) -> SimpleUploadedFile:
    """A file whose sender says that it is `kind`; nobody believes him."""
    return SimpleUploadedFile(name, content, kind)
