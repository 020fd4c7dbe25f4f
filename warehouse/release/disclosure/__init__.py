"""Statistical disclosure control: figures used for their purpose only, small cells hidden, totals frozen."""
