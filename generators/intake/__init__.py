"""What people and systems send in, read into raw values with their places."""
