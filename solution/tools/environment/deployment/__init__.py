"""What `deploy` does, stage by stage: each says what would change before it changes anything."""
