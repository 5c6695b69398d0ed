"""When people answer and who is called next: learned, planned and explained, without a database."""
