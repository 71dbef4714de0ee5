"""What the texts of sources say of facts: words looked up, figures and states weighed."""
