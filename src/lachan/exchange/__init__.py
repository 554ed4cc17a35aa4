"""Reports and letters that go from one installation to another: signed packages (decision 0026)."""
