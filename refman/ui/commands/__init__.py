"""Commands of the window: one decorated function each; menu, key and palette follow."""
