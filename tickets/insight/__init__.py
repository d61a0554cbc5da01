"""What the desk says of its own work: definitions of its figures, and the lists that somebody has to work off."""
