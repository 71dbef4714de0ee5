"""What facts rest on, and what they say of each other: verify, agreement, citation."""
