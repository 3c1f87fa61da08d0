"""Where facts come from besides the conversation: registers, electronic licences, earlier cases; asked with consent."""
