"""The leak test: networks made at random, and every page as everybody."""
