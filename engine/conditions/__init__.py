"""What can be asked of a campaign by name, and conditions over it: read by rules and analysis alike."""
