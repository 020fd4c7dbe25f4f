"""What may be told of whom: figures kept to their purpose, small cells hidden, no total told anew for one firm."""
