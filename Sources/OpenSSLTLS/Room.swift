// OpenSSLTLS
