"""What a text names: order numbers, times, amounts, addresses, names, products."""
