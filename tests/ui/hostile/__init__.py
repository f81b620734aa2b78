"""A library of strangers in the whole window: what they wrote is shown as letters, and fetches nothing."""
