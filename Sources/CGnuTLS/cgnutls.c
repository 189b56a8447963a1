#include "cgnutls.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

static struct cgnutls library;
static char load_error[200];
static pthread_once_t once = PTHREAD_ONCE_INIT;

// The library initialises itself when it is loaded, and stays for the life of the process.
static void load(void) {
    void *handle = dlopen("libgnutls.so.30", RTLD_NOW | RTLD_LOCAL);
    if (!handle) {
        snprintf(load_error, sizeof load_error,
                 "libgnutls.so.30 cannot be loaded: install the Debian package libgnutls30.");
        return;
    }
    const struct { const char *name; void **place; } symbols[] = {
        {"gnutls_check_version", (void **)&library.check_version},
        {"gnutls_strerror", (void **)&library.strerror},
        {"gnutls_rnd", (void **)&library.rnd},
        {"gnutls_hash_fast", (void **)&library.hash_fast},
        {"gnutls_aead_cipher_init", (void **)&library.aead_init},
        {"gnutls_aead_cipher_encrypt", (void **)&library.aead_encrypt},
        {"gnutls_aead_cipher_decrypt", (void **)&library.aead_decrypt},
        {"gnutls_aead_cipher_deinit", (void **)&library.aead_deinit},
        {"gnutls_x509_privkey_init", (void **)&library.privkey_init},
        {"gnutls_x509_privkey_deinit", (void **)&library.privkey_deinit},
        {"gnutls_x509_privkey_generate", (void **)&library.privkey_generate},
        {"gnutls_x509_privkey_export_pkcs8", (void **)&library.privkey_export_pkcs8},
        {"gnutls_x509_crt_init", (void **)&library.crt_init},
        {"gnutls_x509_crt_deinit", (void **)&library.crt_deinit},
        {"gnutls_x509_crt_set_version", (void **)&library.crt_set_version},
        {"gnutls_x509_crt_set_serial", (void **)&library.crt_set_serial},
        {"gnutls_x509_crt_set_activation_time", (void **)&library.crt_set_activation_time},
        {"gnutls_x509_crt_set_expiration_time", (void **)&library.crt_set_expiration_time},
        {"gnutls_x509_crt_set_key", (void **)&library.crt_set_key},
        {"gnutls_x509_crt_set_dn_by_oid", (void **)&library.crt_set_dn_by_oid},
        {"gnutls_x509_crt_set_subject_alt_name", (void **)&library.crt_set_subject_alt_name},
        {"gnutls_x509_crt_set_basic_constraints", (void **)&library.crt_set_basic_constraints},
        {"gnutls_x509_crt_set_key_usage", (void **)&library.crt_set_key_usage},
        {"gnutls_x509_crt_set_key_purpose_oid", (void **)&library.crt_set_key_purpose_oid},
        {"gnutls_x509_crt_get_key_id", (void **)&library.crt_get_key_id},
        {"gnutls_x509_crt_set_subject_key_id", (void **)&library.crt_set_subject_key_id},
        {"gnutls_x509_crt_set_authority_key_id", (void **)&library.crt_set_authority_key_id},
        {"gnutls_x509_crt_sign2", (void **)&library.crt_sign2},
        {"gnutls_x509_crt_export", (void **)&library.crt_export},
        {"gnutls_certificate_allocate_credentials", (void **)&library.credentials_init},
        {"gnutls_certificate_free_credentials", (void **)&library.credentials_deinit},
        {"gnutls_certificate_set_x509_key_mem", (void **)&library.credentials_set_key},
    };
    for (size_t i = 0; i < sizeof symbols / sizeof *symbols; i++) {
        *symbols[i].place = dlsym(handle, symbols[i].name);
        if (!*symbols[i].place) {
            snprintf(load_error, sizeof load_error,
                     "libgnutls.so.30 has no %s: install libgnutls30 3.7 or newer.", symbols[i].name);
            return;
        }
    }
    if (!library.check_version("3.7.0"))
        snprintf(load_error, sizeof load_error, "libgnutls.so.30 is too old: install libgnutls30 3.7 or newer.");
}

const struct cgnutls *cgnutls_load(void) {
    pthread_once(&once, load);
    return load_error[0] ? NULL : &library;
}

const char *cgnutls_load_error(void) { return load_error; }

bool cgnutls_is_equal(const void *left, const void *right, size_t count) {
    const volatile unsigned char *a = left, *b = right;
    unsigned char differences = 0;
    for (size_t i = 0; i < count; i++) differences |= a[i] ^ b[i];
    return differences == 0;
}

int cgnutls_check_identity(const struct cgnutls *tls, const char *certificate, const char *key) {
    gnutls_certificate_credentials_t credentials = NULL;
    int code = tls->credentials_init(&credentials);
    if (code < 0) return code;
    const gnutls_datum_t certificate_text = {(unsigned char *)certificate, (unsigned int)strlen(certificate)};
    const gnutls_datum_t key_text = {(unsigned char *)key, (unsigned int)strlen(key)};
    code = tls->credentials_set_key(credentials, &certificate_text, &key_text, GNUTLS_X509_FMT_PEM);
    tls->credentials_deinit(credentials);
    return code < 0 ? code : 0;
}

// Each call returns a negative code where it fails; the first one ends the function.
#define TRY(call) do { int code = (call); if (code < 0) return code; } while (0)

static int fill(const struct cgnutls *tls, gnutls_x509_crt_t crt, gnutls_x509_privkey_t key,
                const struct cgnutls_host *hosts, size_t host_count, const unsigned char *serial,
                long long from, long long until) {
    static const char name[] = "host, self-signed";
    TRY(tls->crt_set_version(crt, 3));
    TRY(tls->crt_set_serial(crt, serial, cgnutls_serial_bytes));
    TRY(tls->crt_set_activation_time(crt, (time_t)from));
    TRY(tls->crt_set_expiration_time(crt, (time_t)until));
    TRY(tls->crt_set_key(crt, key));
    TRY(tls->crt_set_dn_by_oid(crt, GNUTLS_OID_X520_COMMON_NAME, 0, name, sizeof name - 1));
    for (size_t i = 0; i < host_count; i++)
        TRY(tls->crt_set_subject_alt_name(crt, hosts[i].type, hosts[i].bytes, hosts[i].size, GNUTLS_FSAN_APPEND));
    // An authority as well, so that a client can name the certificate itself as the one to trust. Strict clients
    // (Python 3.13's default) then ask for the usage and both key identifiers, too.
    TRY(tls->crt_set_basic_constraints(crt, 1, 0));
    TRY(tls->crt_set_key_usage(crt, GNUTLS_KEY_DIGITAL_SIGNATURE | GNUTLS_KEY_KEY_CERT_SIGN));
    TRY(tls->crt_set_key_purpose_oid(crt, GNUTLS_KP_TLS_WWW_SERVER, 0));
    unsigned char identifier[64];
    size_t size = sizeof identifier;
    TRY(tls->crt_get_key_id(crt, 0, identifier, &size));
    TRY(tls->crt_set_subject_key_id(crt, identifier, size));
    TRY(tls->crt_set_authority_key_id(crt, identifier, size));
    return tls->crt_sign2(crt, crt, key, GNUTLS_DIG_SHA256, 0);
}

static int export(const struct cgnutls *tls, gnutls_x509_crt_t crt, gnutls_x509_privkey_t key,
                  char *certificate_text, char *key_text) {
    size_t size = cgnutls_pem_bytes_max - 1;
    TRY(tls->crt_export(crt, GNUTLS_X509_FMT_PEM, certificate_text, &size));
    certificate_text[size] = 0;
    size = cgnutls_pem_bytes_max - 1;
    TRY(tls->privkey_export_pkcs8(key, GNUTLS_X509_FMT_PEM, NULL, GNUTLS_PKCS_PLAIN, key_text, &size));
    key_text[size] = 0;
    return 0;
}

int cgnutls_self_signed(const struct cgnutls *tls, const struct cgnutls_host *hosts, size_t host_count,
                        const unsigned char serial[cgnutls_serial_bytes], long long from, long long until,
                        char certificate_text[cgnutls_pem_bytes_max], char key_text[cgnutls_pem_bytes_max]) {
    gnutls_x509_privkey_t key = NULL;
    gnutls_x509_crt_t crt = NULL;
    int code = tls->privkey_init(&key);
    if (code >= 0) code = tls->crt_init(&crt);
    if (code >= 0)
        code = tls->privkey_generate(key, GNUTLS_PK_ECDSA, GNUTLS_CURVE_TO_BITS(GNUTLS_ECC_CURVE_SECP256R1), 0);
    if (code >= 0) code = fill(tls, crt, key, hosts, host_count, serial, from, until);
    if (code >= 0) code = export(tls, crt, key, certificate_text, key_text);
    if (crt) tls->crt_deinit(crt);
    if (key) tls->privkey_deinit(key);
    return code < 0 ? code : 0;
}
