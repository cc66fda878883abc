"""What Enjoin exists for: the law, the life of an order, what is remembered, and what people do."""
