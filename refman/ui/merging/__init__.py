"""Making papers one in the window."""
