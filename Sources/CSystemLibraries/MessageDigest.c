#include "CSystemLibraries.h"
#include "LibraryOpening.h"

#include <dlfcn.h>
#include <pthread.h>

// The struct is libcrypto's EVP_MD_CTX under our name.

static struct {
    void *(*context_new)(void);
    void (*context_free)(void *);
    const void *(*sha256)(void);
    int (*init)(void *, const void *, void *);
    int (*update)(void *, const void *, size_t);
    int (*final)(void *, unsigned char *, unsigned int *);
} crypto;

static int crypto_is_open;
static pthread_once_t crypto_once = PTHREAD_ONCE_INIT;

static void open_crypto(void) {
#if defined(__APPLE__)
    static const char *const names[] = {"/opt/homebrew/opt/openssl@3/lib/libcrypto.3.dylib", "libcrypto.3.dylib", NULL};
#else
    static const char *const names[] = {"libcrypto.so.3", "libcrypto.so.1.1", NULL};
#endif
    void *library = rondo_open_first(names);
    if (library == NULL) return;
    *(void **)&crypto.context_new = dlsym(library, "EVP_MD_CTX_new");
    *(void **)&crypto.context_free = dlsym(library, "EVP_MD_CTX_free");
    *(void **)&crypto.sha256 = dlsym(library, "EVP_sha256");
    *(void **)&crypto.init = dlsym(library, "EVP_DigestInit_ex");
    *(void **)&crypto.update = dlsym(library, "EVP_DigestUpdate");
    *(void **)&crypto.final = dlsym(library, "EVP_DigestFinal_ex");
    crypto_is_open = crypto.context_new && crypto.context_free && crypto.sha256 && crypto.init && crypto.update && crypto.final;
}

int32_t rondo_sha256_available(void) {
    pthread_once(&crypto_once, open_crypto);
    return crypto_is_open;
}

rondo_sha256 *rondo_sha256_new(void) {
    if (!rondo_sha256_available()) return NULL;
    void *context = crypto.context_new();
    if (context == NULL) return NULL;
    if (crypto.init(context, crypto.sha256(), NULL) == 1) return context;
    crypto.context_free(context);
    return NULL;
}

int32_t rondo_sha256_update(rondo_sha256 *digest, const void *bytes, size_t count) {
    if (digest == NULL) return RONDO_LIBRARY_MISSING;
    if (count == 0) return 0;
    return crypto.update(digest, bytes, count) == 1 ? 0 : -1;
}

int32_t rondo_sha256_final(rondo_sha256 *digest, uint8_t *result) {
    if (digest == NULL) return RONDO_LIBRARY_MISSING;
    unsigned int written = 0;
    return crypto.final((void *)digest, result, &written) == 1 && written == 32 ? 0 : -1;
}

void rondo_sha256_free(rondo_sha256 *digest) {
    if (digest != NULL) crypto.context_free(digest);
}
