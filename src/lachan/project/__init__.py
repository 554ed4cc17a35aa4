"""Settings, addresses, command line and the embedded database."""
