"""The casebook: statements of people, and deliveries set aside by them."""
