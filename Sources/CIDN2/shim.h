#ifndef STSWATCH_CIDN2_SHIM_H
#define STSWATCH_CIDN2_SHIM_H
#include <idn2.h>
#endif
