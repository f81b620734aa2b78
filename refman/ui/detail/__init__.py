"""The detail pane: fields, abstract, tags, notes, attachments, preview."""
