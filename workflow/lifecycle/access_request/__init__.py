"""An access request of one person under an order to answer them."""
