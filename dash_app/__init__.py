"""What people see: the movers and the firm, in Chinese first."""
