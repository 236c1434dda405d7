"""E-mail: handouts as drafts or as sent messages. Imported only by the command that needs it."""
