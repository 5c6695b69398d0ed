"""The assistant: reads a customer's turn, decides the next commands, answers or hands over."""
