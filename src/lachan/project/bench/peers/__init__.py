"""Who is measured beside the recognition engine, each in a process of its own that has learnt from the same messages."""
