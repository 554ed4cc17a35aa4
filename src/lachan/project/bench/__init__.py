"""`lachan bench NAME`: figures beside their limits or peers, measured in one run on this machine (`command.py`)."""
