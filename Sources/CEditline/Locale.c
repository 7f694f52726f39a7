#include "CEditline.h"

#include <langinfo.h>
#include <locale.h>
#include <strings.h>

static int is_utf8(void) {
    const char *codeset = nl_langinfo(CODESET);
    return codeset && (strcasecmp(codeset, "UTF-8") == 0 || strcasecmp(codeset, "UTF8") == 0);
}

int rondo_locale_prepare(void) {
    setlocale(LC_CTYPE, "");
    if (is_utf8()) return 1;
    if (setlocale(LC_CTYPE, "C.UTF-8") && is_utf8()) return 1;
    if (setlocale(LC_CTYPE, "en_US.UTF-8") && is_utf8()) return 1;
    return 0;
}
