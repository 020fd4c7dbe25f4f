"""Movement of firms as data: what is followed, into which causes a change is split, and which limits hold a release."""
