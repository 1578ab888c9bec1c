"""The domain: time accounting as pure functions over values."""
