#pragma once

// A function that the system chooses among as many as there are widths of vectors; each gives the same result.
#if defined(__x86_64__) && defined(__linux__)
#define RONDO_CLONES __attribute__((target_clones("arch=x86-64-v4", "avx2", "default")))
#else
#define RONDO_CLONES
#endif
