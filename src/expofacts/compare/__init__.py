"""What facts say of each other: agreement and contradiction, time lines, promises."""
