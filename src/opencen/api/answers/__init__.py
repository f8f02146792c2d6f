"""The shapes of answers: what the API's description says of them, and nothing is answered that is not in them."""
