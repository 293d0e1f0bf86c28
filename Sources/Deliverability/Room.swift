// Deliverability
