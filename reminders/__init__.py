"""What we send and when we may: the rule on contact, and messages delivered on the durable engine."""
