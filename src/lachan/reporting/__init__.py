"""Forms, obligations, returns, figures and the consolidated report."""
