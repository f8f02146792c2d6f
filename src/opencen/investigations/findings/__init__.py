"""What the door refuses of an investigation's document, and what it doubts."""
