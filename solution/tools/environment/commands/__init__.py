"""The commands themselves: arguments in, lines out, and nothing decided here."""
