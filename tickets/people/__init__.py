"""Who may do what, customers, and what stays private."""
