#ifndef STSWATCH_CUNBOUND_SHIM_H
#define STSWATCH_CUNBOUND_SHIM_H
#include <unbound.h>
#endif
