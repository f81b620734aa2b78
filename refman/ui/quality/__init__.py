"""The quality of the library in the window."""
