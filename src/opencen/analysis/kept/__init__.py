"""What is kept of figures: saved and scheduled ones, frozen ones, and the numbers of other bodies."""
