"""The ledger of causes: every change of position since the release before and since the earlier day, split by cause."""
