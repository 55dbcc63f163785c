"""Text to state and back, never a path: campaign files, checkpoints, catalogue text."""
