"""The rules of the game, one file a subject: what an order needs, what it does, and what happens by itself."""
