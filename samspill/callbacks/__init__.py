"""Callbacks: call people when they can be reached."""
