"""Pages: registers, one letter, drafting, signing, patterns."""
