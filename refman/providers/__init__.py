"""Web services that know papers; each translates answers to drafts."""
