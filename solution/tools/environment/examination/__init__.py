"""What `doctor` looks at, one area a module: each returns findings, and changes nothing."""
