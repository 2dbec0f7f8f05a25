"""The questions of permission, and the world that they are asked in."""
