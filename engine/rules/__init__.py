"""The rules of the game, one file a subject: what an order needs and does, and what happens by itself."""
