"""The format: its model, reading it, and finding what is wrong with it."""
