"""What is remembered: SQL, sealing and search behind the ports of the rules."""
