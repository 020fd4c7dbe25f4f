"""Files for others: lists of tenants for incubators and report cards for suppliers."""
