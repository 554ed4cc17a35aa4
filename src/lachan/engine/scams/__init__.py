"""Is this a scam? Messages, links, numbers and told calls, judged offline, with reasons."""
