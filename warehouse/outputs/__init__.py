"""What leaves the warehouse as files for others: tenants' lists and report cards for suppliers."""
