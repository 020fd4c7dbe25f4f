"""What the machine refuses, the imports that wait, and the time that people live by."""
