// UnboundDNS
