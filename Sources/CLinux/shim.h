// What Linux has beyond POSIX, and the C library's own module leaves out.
#ifndef STSWATCH_CLINUX_SHIM_H
#define STSWATCH_CLINUX_SHIM_H

#define _GNU_SOURCE 1
#include <malloc.h>
#include <sys/mman.h>

/// A nameless file in memory that no child inherits; -1 with errno.
static inline int shim_memory_file(const char *name) {
    return memfd_create(name, 1U /* MFD_CLOEXEC */);
}

#endif
