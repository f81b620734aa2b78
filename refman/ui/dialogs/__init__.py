"""Dialogs and pages that ask the person something."""
