"""Figures said in Vietnamese: numbers in words, and words back to numbers."""
