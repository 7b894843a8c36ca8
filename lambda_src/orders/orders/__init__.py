"""Orders: the rules and the storage. Knows nothing of API Gateway but the event's body."""
