"""The tests of Orbital Data Centre; `make test` runs them."""
