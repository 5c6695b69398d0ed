"""Two brains, one body: each turns what a customer wrote into the same seven commands."""
