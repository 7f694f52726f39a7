#include "LibraryOpening.h"

#include <dlfcn.h>

void *rondo_open_first(const char *const *names) {
    for (const char *const *name = names; *name != NULL; name++) {
        void *handle = dlopen(*name, RTLD_NOW | RTLD_LOCAL);
        if (handle != NULL) return handle;
    }
    return NULL;
}
