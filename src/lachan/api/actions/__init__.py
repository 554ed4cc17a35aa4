"""What is done to tokens and webhooks."""
