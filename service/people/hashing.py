"""The hash by which a secret is stored: a link, a token, the address of a calendar."""

import hashlib


def hash_of(secret: str) -> str:
    """SHA-256 in hexadecimal digits; a secret is random and long, so that no salt is needed."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
