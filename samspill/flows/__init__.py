"""Dialogues as data: flow, step, slot, run, and the one engine that carries them out."""
