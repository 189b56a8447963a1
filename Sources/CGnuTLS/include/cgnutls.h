#pragma once
#include <gnutls/crypto.h>
#include <gnutls/gnutls.h>
#include <gnutls/x509.h>
#include <stdbool.h>

// GnuTLS, loaded on first use (docs/decisions/001). libmicrohttpd brings it along for HTTPS, so it costs no package
// more. The types come from the development headers by __typeof__, so they cannot drift from the declarations the
// compiler checks our calls against.
struct cgnutls {
    __typeof__(&gnutls_check_version) check_version;
    __typeof__(&gnutls_strerror) strerror;
    __typeof__(&gnutls_rnd) rnd;
    __typeof__(&gnutls_hash_fast) hash_fast;
    __typeof__(&gnutls_aead_cipher_init) aead_init;
    __typeof__(&gnutls_aead_cipher_encrypt) aead_encrypt;
    __typeof__(&gnutls_aead_cipher_decrypt) aead_decrypt;
    __typeof__(&gnutls_aead_cipher_deinit) aead_deinit;
    __typeof__(&gnutls_x509_privkey_init) privkey_init;
    __typeof__(&gnutls_x509_privkey_deinit) privkey_deinit;
    __typeof__(&gnutls_x509_privkey_generate) privkey_generate;
    __typeof__(&gnutls_x509_privkey_export_pkcs8) privkey_export_pkcs8;
    __typeof__(&gnutls_x509_crt_init) crt_init;
    __typeof__(&gnutls_x509_crt_deinit) crt_deinit;
    __typeof__(&gnutls_x509_crt_set_version) crt_set_version;
    __typeof__(&gnutls_x509_crt_set_serial) crt_set_serial;
    __typeof__(&gnutls_x509_crt_set_activation_time) crt_set_activation_time;
    __typeof__(&gnutls_x509_crt_set_expiration_time) crt_set_expiration_time;
    __typeof__(&gnutls_x509_crt_set_key) crt_set_key;
    __typeof__(&gnutls_x509_crt_set_dn_by_oid) crt_set_dn_by_oid;
    __typeof__(&gnutls_x509_crt_set_subject_alt_name) crt_set_subject_alt_name;
    __typeof__(&gnutls_x509_crt_set_basic_constraints) crt_set_basic_constraints;
    __typeof__(&gnutls_x509_crt_set_key_usage) crt_set_key_usage;
    __typeof__(&gnutls_x509_crt_set_key_purpose_oid) crt_set_key_purpose_oid;
    __typeof__(&gnutls_x509_crt_get_key_id) crt_get_key_id;
    __typeof__(&gnutls_x509_crt_set_subject_key_id) crt_set_subject_key_id;
    __typeof__(&gnutls_x509_crt_set_authority_key_id) crt_set_authority_key_id;
    __typeof__(&gnutls_x509_crt_sign2) crt_sign2;
    __typeof__(&gnutls_x509_crt_export) crt_export;
    __typeof__(&gnutls_certificate_allocate_credentials) credentials_init;
    __typeof__(&gnutls_certificate_free_credentials) credentials_deinit;
    __typeof__(&gnutls_certificate_set_x509_key_mem) credentials_set_key;
};

/// The library, loaded by the first call from any thread; NULL when it is not installed or too old.
const struct cgnutls *cgnutls_load(void);

/// Why cgnutls_load returned NULL: a static sentence that names the Debian package.
const char *cgnutls_load_error(void);

/// Whether two runs of `count` bytes are the same, in a time that does not depend on where they differ. Needs no
/// library: in C for `volatile`, which no optimiser may shorten.
bool cgnutls_is_equal(const void *left, const void *right, size_t count);

/// A name or an address a certificate is for.
struct cgnutls_host {
    gnutls_x509_subject_alt_name_t type; // GNUTLS_SAN_DNSNAME, or GNUTLS_SAN_IPADDRESS with 4 or 16 bytes
    const void *bytes;
    unsigned int size;
};

enum { cgnutls_pem_bytes_max = 16384, cgnutls_serial_bytes = 16 };

/// Whether a server could show the certificate and prove it with the key, both PEM text.
///
/// @return 0, or a GnuTLS error code, which is negative.
int cgnutls_check_identity(const struct cgnutls *library, const char *certificate, const char *key);

/// Makes a key (ECDSA on P-256) and a certificate signed with it, both as PEM text that ends with a NUL.
///
/// @return 0, or a GnuTLS error code, which is negative.
int cgnutls_self_signed(const struct cgnutls *library, const struct cgnutls_host *hosts, size_t host_count,
                        const unsigned char serial[cgnutls_serial_bytes], long long from, long long until,
                        char certificate[cgnutls_pem_bytes_max], char key[cgnutls_pem_bytes_max]);
