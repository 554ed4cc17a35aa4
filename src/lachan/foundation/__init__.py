"""What every part stands on: typed request, Refused, audit entries, design system, languages."""
