"""Look up quotes, trade figures and cross-border infrastructure in sourced TOML fact files."""

__version__ = "0.1.0"
