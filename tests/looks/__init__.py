"""Both kinds from every fixture, seen on paper."""
