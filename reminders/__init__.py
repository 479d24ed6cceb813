"""What leaves the house: whether we may contact somebody now, and the durable delivery of messages.

may_contact   the one rule: consent, opt-out, hours
carrier       the port to whatever sends texts, and how a sending can come out
delivery      the outbox on the durable engine: intention first, look before repeating
receipts      what the carrier later says about a message
texts_in      what a text that comes in asks for
"""
