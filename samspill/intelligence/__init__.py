"""Understanding of text: local models behind small ports, without Django."""
