"""Programs that build and install what the repository describes."""
