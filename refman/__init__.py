"""refman: a desktop reference manager for people who write LaTeX."""

__version__ = "0.1.0"
