"""Questions of users as functions: what changed and why, what survives, what hangs on one unit, indicator or gap."""
