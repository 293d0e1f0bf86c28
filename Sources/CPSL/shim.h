#ifndef STSWATCH_CPSL_SHIM_H
#define STSWATCH_CPSL_SHIM_H
#include <libpsl.h>
#endif
