"""Triggers: parse, run one use case, present."""
