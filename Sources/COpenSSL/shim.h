// What Swift cannot import of OpenSSL 3: function-like macros, the type-safe stack accessors, options made by
// macros, and calls with C variadics. Each function has the name of what it stands for, with `shim_` in front.
#ifndef STSWATCH_COPENSSL_SHIM_H
#define STSWATCH_COPENSSL_SHIM_H
#include <openssl/asn1.h>
#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>

// Contexts

static inline int shim_SSL_CTX_set_proto_versions(SSL_CTX *ctx, int min, int max) {
    return SSL_CTX_set_min_proto_version(ctx, min) == 1 && SSL_CTX_set_max_proto_version(ctx, max) == 1;
}

/// Drops every option that a configuration file may have set and puts ours in their place.
static inline void shim_SSL_CTX_replace_options(SSL_CTX *ctx, int legacy_client, int legacy_server) {
    uint64_t options = SSL_OP_ENABLE_MIDDLEBOX_COMPAT | SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION
        | SSL_OP_CIPHER_SERVER_PREFERENCE;
    if (legacy_client) options |= SSL_OP_LEGACY_SERVER_CONNECT;
    if (legacy_server) options |= SSL_OP_ALLOW_UNSAFE_LEGACY_RENEGOTIATION;
    SSL_CTX_clear_options(ctx, SSL_CTX_get_options(ctx));
    SSL_CTX_set_options(ctx, options);
}

/* For servers of tests: they may ask for what no honest one asks for. */
static inline void shim_SSL_allow_renegotiation(SSL *ssl) { SSL_clear_options(ssl, SSL_OP_NO_RENEGOTIATION); }

static inline void shim_SSL_CTX_set_modes(SSL_CTX *ctx) {
    SSL_CTX_set_mode(ctx, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER | SSL_MODE_AUTO_RETRY);
    SSL_CTX_set_session_cache_mode(ctx, SSL_SESS_CACHE_OFF);
}

static inline void shim_SSL_CTX_set_max_cert_list(SSL_CTX *ctx, long bytes) { SSL_CTX_set_max_cert_list(ctx, bytes); }

static inline int shim_SSL_CTX_set1_groups_list(SSL_CTX *ctx, const char *list) {
    return (int)SSL_CTX_set1_groups_list(ctx, list);
}

static inline int shim_SSL_CTX_set1_sigalgs_list(SSL_CTX *ctx, const char *list) {
    return (int)SSL_CTX_set1_sigalgs_list(ctx, list);
}

static inline int shim_SSL_CTX_add1_chain_cert(SSL_CTX *ctx, X509 *certificate) {
    return (int)SSL_CTX_add1_chain_cert(ctx, certificate);
}

static inline void shim_SSL_CTX_set_servername_callback(
    SSL_CTX *ctx, int (*callback)(SSL *, int *, void *), void *argument) {
    SSL_CTX_set_tlsext_servername_callback(ctx, callback);
    SSL_CTX_set_tlsext_servername_arg(ctx, argument);
}

// Connections

static inline int shim_SSL_set_server_name(SSL *ssl, const char *name) {
    return (int)SSL_set_tlsext_host_name(ssl, name);
}

/* Keeps in the connection's own slot that the peer warned of an unknown name; a fatal alert is an error anyway. */
static inline void shim_note_name_warning(const SSL *ssl, int where, int value) {
    if (where == SSL_CB_READ_ALERT && value == ((SSL3_AL_WARNING << 8) | SSL_AD_UNRECOGNIZED_NAME))
        SSL_set_app_data((SSL *)ssl, (char *)"unrecognized_name");
}

static inline void shim_SSL_watch_name_warning(SSL *ssl) { SSL_set_info_callback(ssl, shim_note_name_warning); }

static inline int shim_SSL_has_name_warning(const SSL *ssl) { return SSL_get_app_data(ssl) != NULL; }

static inline BIO *shim_BIO_new_mem(void) {
    BIO *bio = BIO_new(BIO_s_mem());
    if (bio) BIO_set_mem_eof_return(bio, -1);
    return bio;
}

static inline unsigned long shim_BIO_get_mem_data(BIO *bio, const unsigned char **data) {
    char *start = NULL;
    long length = BIO_get_mem_data(bio, &start);
    *data = (const unsigned char *)start;
    return length > 0 ? (unsigned long)length : 0;
}

// PEM

/// Refuses to give a password: OpenSSL's own callback would ask for one on the terminal.
static inline int shim_no_password(char *buffer, int size, int writing, void *argument) {
    (void)buffer; (void)size; (void)writing; (void)argument;
    return -1;
}

static inline X509 *shim_PEM_read_bio_X509(BIO *bio) { return PEM_read_bio_X509(bio, NULL, shim_no_password, NULL); }

static inline EVP_PKEY *shim_PEM_read_bio_PrivateKey(BIO *bio) {
    return PEM_read_bio_PrivateKey(bio, NULL, shim_no_password, NULL);
}

// Stacks

static inline int shim_sk_X509_num(const STACK_OF(X509) *stack) { return stack ? sk_X509_num(stack) : 0; }
static inline X509 *shim_sk_X509_value(const STACK_OF(X509) *stack, int index) { return sk_X509_value(stack, index); }
static inline STACK_OF(X509) *shim_sk_X509_new(void) { return sk_X509_new_null(); }
static inline void shim_sk_X509_free(STACK_OF(X509) *stack) { sk_X509_free(stack); }

/// Adds the certificate and a reference to it; the stack's free does not give the reference back.
static inline int shim_sk_X509_push(STACK_OF(X509) *stack, X509 *certificate) {
    return sk_X509_push(stack, certificate);
}

/// Frees a stack and gives back one reference of each certificate in it.
static inline void shim_sk_X509_pop_free(STACK_OF(X509) *stack) { sk_X509_pop_free(stack, X509_free); }

// Certificates

/// Seconds since 1970 of a certificate's time; 0 when the time is not well formed.
static inline int shim_ASN1_TIME_seconds(const ASN1_TIME *time, int64_t *seconds) {
    int days = 0, rest = 0;
    ASN1_TIME *epoch = ASN1_TIME_set(NULL, 0);
    int done = epoch && time && ASN1_TIME_check(time) == 1 && ASN1_TIME_diff(&days, &rest, epoch, time) == 1;
    ASN1_TIME_free(epoch);
    *seconds = (int64_t)days * 86400 + rest;
    return done;
}

/// One line by RFC 2253, everything but printable ASCII escaped.
static inline int shim_X509_NAME_print_line(BIO *bio, const X509_NAME *name) {
    return X509_NAME_print_ex(bio, name, 0, XN_FLAG_RFC2253);
}

/// A string's characters in UTF-8, with everything but printable ASCII escaped.
static inline int shim_ASN1_STRING_print_plain(BIO *bio, const ASN1_STRING *text) {
    return ASN1_STRING_print_ex(bio, text, ASN1_STRFLGS_ESC_CTRL | ASN1_STRFLGS_ESC_MSB | ASN1_STRFLGS_UTF8_CONVERT);
}

// Subject alternative names

static inline int shim_GENERAL_NAMES_num(const GENERAL_NAMES *names) { return sk_GENERAL_NAME_num(names); }

/// The dNSName at `index` as the bytes of an IA5String, or NULL for another kind of name.
static inline const unsigned char *shim_GENERAL_NAMES_dns(const GENERAL_NAMES *names, int index, int *length) {
    const GENERAL_NAME *name = sk_GENERAL_NAME_value(names, index);
    if (!name || name->type != GEN_DNS || !name->d.dNSName) return NULL;
    *length = ASN1_STRING_length(name->d.dNSName);
    return ASN1_STRING_get0_data(name->d.dNSName);
}

static inline GENERAL_NAMES *shim_X509_get_subject_alt_names(const X509 *certificate) {
    return (GENERAL_NAMES *)X509_get_ext_d2i(certificate, NID_subject_alt_name, NULL, NULL);
}

#endif
