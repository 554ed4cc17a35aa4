"""Signing in and out: passwords, second factor, single sign-on, sessions; inviting people and letting them go."""
