"""An installation of many zones: which there are, their marts on shared storage, and the marts over all of them."""
