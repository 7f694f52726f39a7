#pragma once

#include <stddef.h>

/// Opens the first library of a list that ends with NULL; NULL when none is there.
void *rondo_open_first(const char *const *names);
