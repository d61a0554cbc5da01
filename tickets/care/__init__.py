"""What the customer is told, asked and promised."""
