"""The main window, used as a person uses it."""
