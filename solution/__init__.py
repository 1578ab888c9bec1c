"""The Power Platform solution and its tools."""
