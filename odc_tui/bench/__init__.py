"""What `odc bench` measures, and what it compares with."""
