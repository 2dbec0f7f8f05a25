"""Pages of archives: for everybody who reads, and for those who keep them."""
