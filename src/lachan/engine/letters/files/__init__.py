"""Files become text: DOCX, PDF, scans, plain text; the kind is told by the content, and what cannot be read says why."""
